"""The book as it is counted, given out, closed, and found out when it is changed afterwards."""

import pytest
from django.db import connection

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.ledger.queries import find_book as find_ledger
from mingtian.yearbook import actions
from mingtian.yearbook.access import get_sight, get_sight_to_give_out
from mingtian.yearbook.queries import count_book, list_editions
from mingtian.yearbook.queries.editions import get_newest
from mingtian.yearbook.rows import Book, EditionRow
from mingtian.yearbook.rules import ALL, IN_SEVERAL, Measure, Year
from mingtian.yearbook.tests.conftest import LEFT_BEHIND, ORPHAN, OVER, TODAY, County
from mingtian.yearbook.verifying import verify

M = Measure
YEAR = Year(2023)


def counted(county: County) -> Book:
    sight = get_sight(county.office, county.tree.county.public_id, TODAY)
    return count_book(sight.unit, sight.subtree, YEAR, TODAY.date())


def given_out(county: County, *, now=TODAY, closing: bool = False) -> EditionRow:  # type: ignore[no-untyped-def]
    sight = get_sight_to_give_out(county.office, county.tree.county.public_id, now)
    by = Actor(username=county.office.username, user_id=county.office.pk)
    return actions.give_out(sight, YEAR, closing=closing, now=now, by=by)


def test_totals_are_sums_of_lines(county: County) -> None:
    """Grants, money and children are counted from what was paid, by scheme and place."""
    children = county.register(10, LEFT_BEHIND)
    county.register(3, ORPHAN, LEFT_BEHIND, born=2013)
    county.pay(children)
    book = counted(county)
    scheme = county.scheme.public_id
    assert book.whole[M.GRANTS, scheme] == 10
    assert book.whole[M.PAID, ALL] == 10 * 500_00
    assert book.whole[M.AIDED, ALL] == 10
    assert (book.whole[M.CHILDREN, ALL], book.whole[M.CHILDREN, "left_behind"]) == (13, 13)
    assert (book.whole[M.CHILDREN, "orphan"], book.whole[M.CHILDREN, IN_SEVERAL]) == (3, 3)
    assert [(row.term, row.grants, row.persons, row.fen) for row in book.terms] == [
        ("2023-2", 10, 10, 5_000_00)
    ]
    assert book.places[county.tree.town.pk][M.CHILDREN, ALL] == 13
    assert book.places[county.tree.school.pk][M.PAID, scheme] == 10 * 500_00


def test_an_edition_stands_while_the_numbers_go_on(county: County) -> None:
    county.register(10, LEFT_BEHIND)
    edition = given_out(county)
    county.register(5, ORPHAN, born=2013)
    book = get_newest(get_sight(county.city, county.tree.county.public_id, TODAY).unit, YEAR)
    assert (edition.number, book.whole[M.CHILDREN, ALL]) == (1, 10)
    assert counted(county).whole[M.CHILDREN, ALL] == 15


def test_a_second_edition_of_a_day_is_the_first(county: County) -> None:
    """A double click gives out once; two of one day would tell a single child."""
    first = given_out(county)
    county.register(1, ORPHAN)
    assert given_out(county) == first
    assert len(list_editions(county.tree.county.pk, YEAR)) == 1


def test_the_edition_names_the_end_of_the_books(county: County) -> None:
    county.pay(county.register(9))
    edition = given_out(county)
    ledger = find_ledger(county.tree.county.pk)
    assert ledger is not None
    assert (edition.book_head, edition.book_entries) == (ledger.head, ledger.entries)


def test_a_closed_year_takes_no_further_edition(county: County) -> None:
    given_out(county)
    closed = given_out(county, now=OVER, closing=True)
    assert (closed.number, closed.closing) == (2, True)
    assert given_out(county, now=OVER, closing=True) == closed
    with pytest.raises(RuleBroken, match="yearbook_closed"):
        given_out(county, now=OVER)


def test_closing_on_a_day_that_has_an_edition_waits_for_tomorrow(county: County) -> None:
    given_out(county, now=OVER)
    with pytest.raises(RuleBroken, match="yearbook_given_out_today"):
        given_out(county, now=OVER, closing=True)


def test_a_running_year_is_not_closed(county: County) -> None:
    with pytest.raises(RuleBroken, match="yearbook_not_over"):
        given_out(county, closing=True)


def test_a_book_that_was_never_given_out_is_told_so(county: County) -> None:
    sight = get_sight(county.city, county.tree.county.public_id, TODAY)
    with pytest.raises(RuleBroken, match="yearbook_nothing_given_out"):
        get_newest(sight.unit, YEAR)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE yearbook_cell SET value = value + 1 WHERE measure = 'children'",
        "UPDATE yearbook_edition SET closing = true WHERE number = 1",
        "UPDATE yearbook_edition SET book_head = repeat('0', 64) WHERE number = 1",
        "DELETE FROM yearbook_cell WHERE word = 'left_behind'",
    ],
)
def test_a_changed_edition_is_named(county: County, change: str) -> None:
    county.pay(county.register(9, LEFT_BEHIND))
    edition = given_out(county)
    assert list(verify()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(change)
        cursor.execute("SET session_replication_role = origin")
    assert edition.public_id in next(verify())


def test_the_database_refuses_to_change_an_edition(county: County) -> None:
    given_out(county)
    with pytest.raises(Exception, match="does not change"), connection.cursor() as cursor:
        cursor.execute("UPDATE yearbook_edition SET number = 9")
