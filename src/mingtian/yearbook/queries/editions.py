"""Editions of the book: lists, and what one gave out."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from mingtian.aid.queries.schemes import SchemeRow, scheme_rows
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Bound
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.yearbook.digests import Head
from mingtian.yearbook.masking import STAR, Shown
from mingtian.yearbook.models import CellRow, Edition
from mingtian.yearbook.rows import EditionRow, Sheet
from mingtian.yearbook.rules import ALL, TERMED, Key, Measure, Year, scheme_and_term

WHOLE = 0
"""Stands for the cells of the unit as a whole; those of its places have the places' keys."""


def list_editions(unit_id: int, year: Year) -> list[EditionRow]:
    """Return the editions of a year, the newest first. One statement."""
    found = Edition.objects.filter(unit_id=unit_id, year=year.number).select_related("taken_by")
    return [edition_row(one) for one in found.order_by("-number")]


def newest_of(unit_ids: Collection[int], year: Year) -> dict[int, EditionRow]:
    """Return the newest edition of each unit that has one. One statement."""
    found = (
        Edition.objects.filter(unit_id__in=unit_ids, year=year.number)
        .select_related("taken_by").order_by("unit_id", "-number").distinct("unit_id")
    )  # fmt: skip
    return {one.unit_id: edition_row(one) for one in found}


def get_newest(unit: UnitRow, year: Year) -> Sheet:
    """Return the year as it was given out last. Raises RuleBroken before the first time."""
    edition = newest_of([unit.id], year).get(unit.id)
    if edition is None:
        raise RuleBroken("yearbook_nothing_given_out")
    return find_sheets({unit.id: unit}, [edition])[unit.id]


def find_sheets(
    units: Mapping[int, UnitRow], editions: Collection[EditionRow]
) -> dict[int, Sheet]:  # fmt: skip
    """Return what these editions gave out, by their unit. At most three statements."""
    cells: dict[int, dict[int, dict[Key, Shown]]] = defaultdict(lambda: defaultdict(dict))
    rows = CellRow.objects.filter(edition_id__in=[one.id for one in editions])
    for row in rows.order_by("place_id", "measure", "word"):
        cells[row.edition_id][row.place_id or WHOLE][Measure(row.measure), row.word] = shown_of(row)
    words = {scheme_and_term(word)[0] for places in cells.values() for given in places.values()
             for (measure, word) in given if measure in TERMED} - {ALL}  # fmt: skip
    schemes = {one.public_id: one for one in scheme_rows(public_ids=words)} if words else {}
    return {
        one.unit_id: _sheet(units[one.unit_id], one, cells[one.id], schemes) for one in editions
    }


def shown_of(row: CellRow) -> Shown:
    """Return a number as it was given out."""
    return STAR if row.value is None else Shown(value=row.value, bound=Bound(row.bound))


def _sheet(
    unit: UnitRow, edition: EditionRow, cells: dict[int, dict[Key, Shown]],
    schemes: Mapping[str, SchemeRow],
) -> Sheet:  # fmt: skip
    whole = cells.pop(WHOLE, {})
    day = edition.year.counted_on(edition.taken_on)
    own = {scheme_and_term(word)[0] for measure, word in whole if measure in TERMED}
    return Sheet(
        unit=unit, year=edition.year, day=day, whole=whole, places=cells,
        units={unit.id: unit} | unit_rows([*cells], day),
        schemes={key: one for key, one in schemes.items() if key in own}, edition=edition,
    )  # fmt: skip


def head_of(one: Edition, unit: str) -> Head:
    """Return what an edition of a unit (its public id) says beside its cells."""
    return Head(
        previous=one.previous, edition=one.public_id, unit=unit, year=one.year, number=one.number,
        taken_at=one.taken_at, taken_by=one.taken_by_id, closing=one.closing, book=one.book,
        book_head=one.book_head,
    )  # fmt: skip


def edition_row(one: Edition) -> EditionRow:
    """Return an edition as it is read."""
    return EditionRow(
        id=one.pk, public_id=one.public_id, unit_id=one.unit_id, year=Year(one.year),
        number=one.number, taken_on=one.taken_on, taken_at=one.taken_at,
        taken_by=one.taken_by.get_username(), closing=one.closing, book=one.book,
        book_head=one.book_head, previous=one.previous, digest=one.digest,
    )  # fmt: skip
