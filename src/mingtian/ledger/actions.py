"""Changes of the books: open and close accounts, post, reverse (AID-4, AID-9).

A book's row is locked from the first entry until the transaction's end, so that entries take turns.
Whoever posts inside a larger transaction posts late in it, and takes no lock of another module
afterwards.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.ledger.models import Account
from mingtian.ledger.queries import (
    BookRow,
    EntryRow,
    account_in,
    accounts_by_id,
    entries_of,
    find_book,
    find_entry,
)
from mingtian.ledger.rules import (
    AccountRow,
    AccountSpec,
    EntrySpec,
    Refusal,
    check_account,
    check_against,
    check_entries,
    check_reason,
    turned,
)
from mingtian.ledger.statements import refusals, rows

REVERSAL = "reversal"
"""The kind of entries that undo another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Undoing:
    """What a reversal says beside its lines."""

    entry_id: int
    entry: str
    reason: str


def open_book(unit_id: int, *, now: datetime, actor: Actor) -> BookRow:
    """Return the book of a unit; it is opened when there is none yet."""
    found = find_book(unit_id)
    if found is not None:
        return found
    with transaction.atomic():
        new = rows("open_book", {"public_id": public_id(), "unit": unit_id, "now": now})
        found = find_book(unit_id)
        assert found is not None, "the statement opened it, or somebody else has"
        if new:
            audit.record(
                actor=actor.username, action="ledger.book_opened",
                subject=f"book:{found.public_id}", now=now, unit=unit_id,
            )  # fmt: skip
    return found


def open_account(spec: AccountSpec, *, now: datetime, actor: Actor) -> AccountRow:
    """Return the open account that is so; it is opened when there is none, and its book as well.

    Two who open the same account together have one. Raises RuleBroken for a purpose or a measure
    that is no code.
    """
    check_account(spec)
    with transaction.atomic():
        book = open_book(spec.book_unit_id, now=now, actor=actor)
        found = account_in(book, spec)
        if found is not None:
            return found
        values = {
            "public_id": public_id(), "book": book.id, "owner": spec.owner_id,
            "kind": spec.kind.value, "measure": spec.measure, "purpose": spec.purpose, "now": now,
        }  # fmt: skip
        new = rows("open_account", values)
        found = account_in(book, spec)
        assert found is not None, "the statement opened it, or somebody else has"
        if new:
            _note("ledger.account_opened", found, now=now, actor=actor)
    return found


def close_account(account: str, *, now: datetime, actor: Actor) -> None:
    """Close an account that holds nothing; a second time changes nothing.

    Raises RuleBroken while something is in it.
    """
    found = accounts_by_id([account]).get(account)
    if found is None:
        raise RuleBroken(Refusal.ACCOUNT_UNKNOWN)
    with refusals(), transaction.atomic():
        if Account.objects.filter(pk=found.id, closed_at=None).update(closed_at=now):
            _note("ledger.account_closed", found, now=now, actor=actor)


def post(entry: EntrySpec, *, now: datetime, actor: Actor) -> EntryRow:
    """Post an entry, or return the one that was posted from its source before.

    Raises RuleBroken when the entry does not balance, an account is closed or would fall below
    zero, and when its source was posted with other lines.
    """
    return post_many([entry], now=now, actor=actor)[0]


def post_many(entries: Sequence[EntrySpec], *, now: datetime, actor: Actor) -> list[EntryRow]:
    """Post entries in their order, all or none; return them in the same order.

    What was posted from a source before is returned as it stands. Raises RuleBroken as
    :func:`post`. Five statements for whatever number of entries of one book.
    """
    check_entries(entries)
    if not entries:
        return []
    wanted: dict[str, EntrySpec] = {}
    for entry in entries:
        if wanted.setdefault(entry.source, entry) != entry:
            raise RuleBroken(Refusal.POSTED_OTHERWISE, source=entry.source)
    accounts = accounts_by_id({line.account for entry in entries for line in entry.lines})
    of_book: dict[int, list[EntrySpec]] = defaultdict(list)
    for entry in wanted.values():
        of_book[check_against(entry, accounts)].append(entry)
    with refusals(), transaction.atomic():
        posted: dict[str, EntryRow] = {}
        for book_id in sorted(of_book):
            posted |= _post(book_id, of_book[book_id], accounts, None, now=now, actor=actor)
    return [posted[entry.source] for entry in entries]


def reverse(entry: str, reason_code: str, *, now: datetime, actor: Actor) -> EntryRow:
    """Post the entry that undoes another, named by its public id.

    Raises RuleBroken for one that is undone already or is a reversal itself, without a reason's
    code, and when what it brought has been spent.
    """
    check_reason(reason_code)
    found = find_entry(entry)
    if found is None:
        raise RuleBroken(Refusal.ENTRY_UNKNOWN)
    if found.reverses is not None:
        raise RuleBroken(Refusal.IS_A_REVERSAL)
    if found.reversed_by is not None:
        raise RuleBroken(Refusal.REVERSED_ALREADY)
    spec = EntrySpec(
        kind=REVERSAL, source=f"ledger.{REVERSAL}:{found.public_id}", lines=turned(found.lines)
    )
    accounts = accounts_by_id({line.account for line in spec.lines})
    undoing = _Undoing(entry_id=found.id, entry=found.public_id, reason=reason_code)
    with refusals(), transaction.atomic():
        book_id = check_against(spec, accounts)
        made = _post(book_id, [spec], accounts, undoing, now=now, actor=actor)[spec.source]
        audit.record(
            actor=actor.username, action="ledger.reversed", subject=f"entry:{found.public_id}",
            now=now, by=made.public_id, reason=reason_code,
        )  # fmt: skip
    return made


def _post(
    book_id: int,
    entries: Sequence[EntrySpec],
    accounts: Mapping[str, AccountRow],
    undoing: _Undoing | None,
    *,
    now: datetime,
    actor: Actor,
) -> dict[str, EntryRow]:
    """Post entries of one book; return what stands for their sources."""
    lines = [
        (place, accounts[line.account].id, line.amount)
        for place, entry in enumerate(entries, start=1)
        for line in entry.lines
    ]
    places, keys, amounts = zip(*lines, strict=True)
    found = rows("post", {
        "book": book_id, "now": now, "maker": actor.user_id,
        "public_ids": [public_id() for _ in entries],
        "kinds": [entry.kind for entry in entries],
        "sources": [entry.source for entry in entries],
        "undone": [undoing.entry_id if undoing else None] * len(entries),
        "reasons": [undoing.reason if undoing else ""] * len(entries),
        "line_entries": list(places), "line_accounts": list(keys), "amounts": list(amounts),
    })  # fmt: skip
    specs = {entry.source: entry for entry in entries}
    posted = {}
    for key, public, number, at, made_by, kind, source, reason, digest, fresh in found:
        if fresh:
            posted[source] = EntryRow(
                id=key, public_id=public, number=number, at=at, made_by=made_by, kind=kind,
                source=source, reason=reason, digest=bytes(digest).hex(),
                lines=specs[source].lines, reverses=undoing.entry if undoing else None, fresh=True,
            )  # fmt: skip
    if undoing and not posted:
        raise RuleBroken(Refusal.REVERSED_ALREADY)
    return posted | _posted_before([each for each in entries if each.source not in posted])


def _posted_before(entries: Sequence[EntrySpec]) -> dict[str, EntryRow]:
    """Return the entries that stand for these; raise RuleBroken if one says something else."""
    if not entries:
        return {}
    standing = entries_of([entry.source for entry in entries])
    for entry in entries:
        row = standing[entry.source]
        if (row.kind, row.lines) != (entry.kind, entry.lines):
            raise RuleBroken(Refusal.POSTED_OTHERWISE, source=entry.source)
    return standing


def _note(action: str, account: AccountRow, *, now: datetime, actor: Actor) -> None:
    audit.record(
        actor=actor.username, action=action, subject=f"account:{account.public_id}", now=now,
        kind=account.kind.value, measure=account.measure, purpose=account.purpose,
    )  # fmt: skip
