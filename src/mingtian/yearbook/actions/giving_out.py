"""An edition is taken: from then on the city reads it, and papers are made from it."""

from datetime import datetime

from django.db import connection, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.ledger.queries import find_book as find_ledger
from mingtian.yearbook.access import Sight
from mingtian.yearbook.digests import digest_of
from mingtian.yearbook.masking import ZERO
from mingtian.yearbook.models import CellRow, Edition
from mingtian.yearbook.queries.editions import edition_row, head_of
from mingtian.yearbook.queries.live import count_book
from mingtian.yearbook.rows import Book, EditionRow
from mingtian.yearbook.rules import Year, check_closable, check_gap


def give_out(
    sight: Sight, year: Year, *, closing: bool = False, now: datetime, by: Actor
) -> EditionRow:
    """Take the year's numbers of this moment as the next edition, for everybody who reads it.

    A second click gives back what was taken. Raises RuleBroken for a closed year, for closing one that
    is not over, and when the edition before is too young.
    """
    today = day_of(now)
    if closing:
        check_closable(year, today)
    with transaction.atomic():
        # Whoever takes an edition of the unit waits here, so that numbers have no gaps.
        _hold(sight.unit.id)
        before = (
            Edition.objects.filter(unit_id=sight.unit.id, year=year.number)
            .select_related("taken_by").order_by("-number").first()
        )  # fmt: skip
        if before is not None:
            if (before.taken_on, before.closing) == (today, closing):
                return edition_row(before)
            if before.closing:
                raise RuleBroken("yearbook_closed")
            check_gap(before.taken_on, today)
        book = count_book(sight.unit, sight.subtree, year, today)
        return _write(book, before, closing=closing, now=now, by=by)


def _hold(unit_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM org_unit WHERE id = %s FOR NO KEY UPDATE", [unit_id])


def _write(
    book: Book, before: Edition | None, *, closing: bool, now: datetime, by: Actor
) -> EditionRow:
    assert by.user_id is not None, "an edition is taken by somebody"
    ledger = find_ledger(book.unit.id)
    edition = Edition(
        public_id=public_id(), unit_id=book.unit.id, year=book.year.number,
        number=before.number + 1 if before else 1, taken_on=day_of(now), taken_at=now,
        taken_by_id=by.user_id, closing=closing, previous=before.digest if before else "",
        book=ledger.public_id if ledger else "", book_entries=ledger.entries if ledger else 0,
        book_head=ledger.head if ledger else "",
    )  # fmt: skip
    cells = [
        (place, measure.value, word, shown)
        for place, given in [
            (None, book.given()),
            *((one, book.given_of(one)) for one in book.places),
        ]
        for (measure, word), shown in given.items()
        if shown != ZERO
    ]
    named = {place: unit.public_id for place, unit in book.units.items()}
    edition.digest = digest_of(
        head_of(edition, book.unit.public_id),
        [(named[place] if place else "", *rest) for place, *rest in cells],  # type: ignore[misc]
    )
    edition.save(force_insert=True)
    CellRow.objects.bulk_create(
        CellRow(
            edition=edition, place_id=place, measure=measure, word=word, value=shown.value,
            bound="" if shown.value is None else shown.bound.value,
        )
        for place, measure, word, shown in cells
    )  # fmt: skip
    audit.record(
        actor=by.username, action="yearbook.closed" if closing else "yearbook.given_out",
        subject=f"edition:{edition.public_id}", now=now, unit=book.unit.id, year=book.year.number,
        number=edition.number, cells=len(cells),
    )  # fmt: skip
    edition.refresh_from_db()
    return edition_row(edition)
