"""Recounts the editions of year books, for ``mingtian audit verify``."""

from collections import defaultdict
from collections.abc import Iterator

from mingtian.ledger.queries import find_book as find_ledger
from mingtian.ledger.queries import head_after
from mingtian.yearbook.digests import digest_of
from mingtian.yearbook.masking import Shown
from mingtian.yearbook.models import CellRow, Edition
from mingtian.yearbook.queries.editions import head_of, shown_of

SUBJECT = "year books"


def verify() -> Iterator[str]:
    """Yield a sentence for each edition that is not as it was given out; nothing when all is well.

    Looks at each digest, at the chain from edition to edition, and at the entry that was the last of the
    books when it was given out: who writes the books anew meanwhile cannot make that one again.
    """
    previous: dict[tuple[int, int], tuple[int, str]] = {}
    rows = Edition.objects.select_related("unit").order_by("unit_id", "year", "number")
    cells = _cells()
    for one in rows:
        name = f"edition {one.public_id}, number {one.number} of {one.year}"
        number, digest = previous.get((one.unit_id, one.year), (0, ""))
        if (one.number, one.previous) != (number + 1, digest):
            yield f"{name}: does not follow the edition before it."
        if digest_of(head_of(one, one.unit.public_id), cells[one.pk]) != one.digest:
            yield f"{name}: is not as it was given out."
        ledger = find_ledger(one.unit_id)
        if one.book and (ledger is None or head_after(ledger, one.book_entries) != one.book_head):
            yield f"{name}: names another end of the books than there was."
        previous[one.unit_id, one.year] = one.number, one.digest


def _cells() -> dict[int, list[tuple[str, str, str, Shown]]]:
    found: dict[int, list[tuple[str, str, str, Shown]]] = defaultdict(list)
    for row in CellRow.objects.select_related("place"):
        place = row.place.public_id if row.place else ""
        found[row.edition_id].append((place, row.measure, row.word, shown_of(row)))
    return found
