"""Recounts the books, for ``mingtian audit verify``: every entry's fingerprint, every balance."""

from collections.abc import Iterator
from typing import Any

from mingtian.ledger.models import Book
from mingtian.ledger.statements import rows

SUBJECT = "books"

PORTION = 20_000
"""So many entries are recounted in one statement."""


def verify() -> Iterator[str]:
    """Yield a sentence for everything in the books that is not as it was posted.

    A changed entry is named by its public id, whichever of its fields or lines was changed. Where
    one was taken out, its number is named and the entry that should follow it.
    """
    for book in Book.objects.order_by("id"):
        yield from (f"book {book.public_id}: {found}" for found in _verify_entries(book))
        yield from (f"book {book.public_id}: {found}" for found in _verify_accounts(book))
    for book_id, number, lines in rows("stray_lines", {}):
        yield f"book {book_id}: {lines} lines of entry number {number}, which is not there."


def _verify_entries(book: Book) -> Iterator[str]:
    ((opening,),) = rows("opening", {"book": book.pk})
    seen: dict[str, Any] = {"last": 0, "last_entry": "", "digest": opening, "changed": False}
    while True:
        ((first, newest),) = rows(
            "portion", {"book": book.pk, "after": seen["last"], "most": PORTION}
        )
        if newest is None:
            break
        found = rows("recounted", {"book": book.pk, "first": first, "newest": newest} | seen)
        for row in found:
            yield from _findings(row)
        number, entry, digest, changed = found[-1][:4]
        seen = {"last": number, "last_entry": entry, "digest": digest, "changed": changed}
    if seen["last"] < book.entries:
        yield (
            f"{book.entries} entries were posted, and the last that is there is "
            f"{seen['last_entry'] or 'none'}, number {seen['last']}."
        )
    elif not seen["changed"] and bytes(seen["digest"]) != bytes(book.head):
        yield f"does not end with what is there last: entry {seen['last_entry'] or 'none'}."


def _findings(row: tuple[Any, ...]) -> Iterator[str]:
    number, entry, _, changed, bad, before_number, before_entry, before_changed, unlinked = row
    if before_number < number - 1:
        yield f"entries {before_number + 1} to {number - 1} are missing before entry {entry}."
    elif unlinked and not changed and not before_changed:
        yield (
            f"entry {before_entry}, number {before_number}, is not the one that {entry} follows."
            if before_number
            else f"was opened otherwise than entry {entry} says."
        )
    if changed:
        yield f"entry {entry}, number {number}, is not as it was posted."
    elif bad:
        yield f"entry {entry}, number {number}, does not balance."


def _verify_accounts(book: Book) -> Iterator[str]:
    for account, changed, unlike, kept, counted in rows("changed_accounts", {"book": book.pk}):
        if changed:
            yield f"account {account} is not as it was opened."
        if unlike:
            yield f"account {account} and its balance do not belong together."
        if kept != counted:
            yield f"account {account} keeps {kept}, its lines sum to {counted}."
