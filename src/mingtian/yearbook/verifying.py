"""Recounts the editions of year books, for ``mingtian audit verify``."""

from collections import defaultdict
from collections.abc import Iterator

from mingtian.ledger.queries import find_book as find_ledger
from mingtian.yearbook.digests import digest_of
from mingtian.yearbook.models import CellRow, Edition
from mingtian.yearbook.queries.editions import head_of

SUBJECT = "year books"


def verify() -> Iterator[str]:
    """Yield a sentence for each edition that is not as it was given out; nothing when all is well.

    Looks at each digest, at the chain from edition to edition, and at the ledger's fingerprint while the
    book has not grown since.
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
        if ledger and ledger.entries == one.book_entries and ledger.head != one.book_head:
            yield f"{name}: names another end of the books than there is."
        if one.book_entries > (ledger.entries if ledger else 0):
            yield f"{name}: was given out when there were more entries in the books."
        previous[one.unit_id, one.year] = one.number, one.digest


def _cells() -> dict[int, list[tuple[str, str, str, int]]]:
    found: dict[int, list[tuple[str, str, str, int]]] = defaultdict(list)
    rows = CellRow.objects.values_list("edition_id", "place__public_id", "measure", "word", "value")
    for edition, place, measure, word, value in rows:
        found[edition].append((place or "", measure, word, value))
    return found
