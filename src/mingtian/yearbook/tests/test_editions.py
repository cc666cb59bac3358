"""The book as it is counted, given out, closed, and found out when it is changed afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Bound
from mingtian.ledger.queries import find_book as find_ledger
from mingtian.org.actions import UnitSpec, create_unit, move_unit
from mingtian.org.rules import Line, UnitKind
from mingtian.testing.make import OPENED_ON
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose
from mingtian.yearbook import actions
from mingtian.yearbook.access import get_sight, get_sight_to_give_out
from mingtian.yearbook.digests import digest_of
from mingtian.yearbook.masking import ZERO, Shown
from mingtian.yearbook.models import CellRow, Edition
from mingtian.yearbook.queries import count_book, list_editions
from mingtian.yearbook.queries.editions import get_newest, head_of, shown_of
from mingtian.yearbook.rows import Book, EditionRow
from mingtian.yearbook.rules import ALL, GAP, IN_SEVERAL, Measure, Year
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
    sheet = get_newest(get_sight(county.city, county.tree.county.public_id, TODAY).unit, YEAR)
    said = sheet.at(county.tree.town.pk, (M.CHILDREN, "left_behind"))
    assert (edition.number, said) == (1, Shown(value=10, bound=Bound.ABOUT))
    assert sheet.at(county.tree.town.pk, (M.CHILDREN, "orphan")) == ZERO
    assert counted(county).whole[M.CHILDREN, ALL] == 15


def test_a_year_is_counted_in_the_tree_of_its_last_day(county: County) -> None:
    """The county comes to another city after the year; what it did is still its own."""
    county.pay(county.register(10, LEFT_BEHIND))
    before = counted(county)
    spec = UnitSpec(key="city", kind=UnitKind.CITY, name="新城市", root_of=(Line.LEADS,))
    other = create_unit(spec=spec, opened_on=OPENED_ON, actor="system:test", now=TODAY)
    move_unit(unit=county.tree.county, line=Line.LEADS, superior=other, on=OVER.date(),
              actor="system:test", now=OVER)  # fmt: skip
    sight = get_sight(county.office, county.tree.county.public_id, OVER)
    after = count_book(sight.unit, sight.subtree, YEAR, OVER.date())
    assert after.whole[M.GRANTS, ALL] == 10
    assert after.whole == before.whole


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
    assert edition.book_head == ledger.head
    county.pay(county.register(1, born=2012))
    assert list(verify()) == [], "the books go on, and the entry stands where it stood"


def test_a_closed_year_takes_no_further_edition(county: County) -> None:
    given_out(county)
    closed = given_out(county, now=OVER, closing=True)
    assert (closed.number, closed.closing) == (2, True)
    assert given_out(county, now=OVER, closing=True) == closed
    with pytest.raises(RuleBroken, match="yearbook_closed"):
        given_out(county, now=OVER)


def test_two_editions_never_follow_each_other_closely(county: County) -> None:
    """The second would tell who came between: a single child, if that is all."""
    given_out(county)
    with pytest.raises(RuleBroken, match="yearbook_given_out_lately"):
        given_out(county, now=TODAY + GAP - timedelta(days=1))
    assert given_out(county, now=TODAY + GAP).number == 2
    given_out(county, now=OVER)
    for later in (OVER, OVER + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="yearbook_given_out_lately"):
            given_out(county, now=later, closing=True)


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
        "UPDATE yearbook_cell SET value = value + 5 WHERE measure = 'children'",
        "UPDATE yearbook_cell SET value = NULL, bound = '' WHERE measure = 'paid'",
        "UPDATE yearbook_edition SET closing = true WHERE number = 1",
        "UPDATE yearbook_edition SET book_head = repeat('0', 64) WHERE number = 1",
        "UPDATE yearbook_edition SET book_entries = book_entries - 1 WHERE number = 1",
        "UPDATE ledger_entry SET digest = sha256('') WHERE number = (SELECT max(number) FROM ledger_entry)",
        "DELETE FROM yearbook_cell WHERE word = 'left_behind'",
    ],
)
def test_a_changed_edition_and_books_written_anew_are_named(county: County, change: str) -> None:
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


def test_no_exact_small_number_stands_in_the_table_whoever_reads_it(county: County) -> None:
    """By raw SQL, as the application's role and as the role of people at the door."""
    county.register(3, ORPHAN, born=2013)
    county.pay(county.register(11, LEFT_BEHIND))
    given_out(county)
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure, word, value, bound FROM yearbook_cell ORDER BY 1, 2")
        rows = cursor.fetchall()
    assert ("children", "orphan", None, "") in rows
    assert ("children", "left_behind", 10, "≈") in rows
    assert not [row for row in rows if row[2] is not None and (row[2] < 10 or row[2] % 5)]
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        enter(county.office, now=TODAY, purpose=Purpose.AID),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT value FROM yearbook_cell")


@pytest.mark.parametrize(("value", "bound"), [(3, "≈"), (3, ""), (11, ">"), (7, ">"), (12, "=")])
def test_the_database_takes_no_exact_small_number(county: County, value: int, bound: str) -> None:
    edition = given_out(county)
    with pytest.raises(IntegrityError, match="yearbook_cell"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO yearbook_cell (edition_id, measure, word, value, bound)"
            " VALUES (%s, 'children', 'orphan', %s, %s)",
            [edition.id, value, bound],
        )


def test_the_fingerprint_stays_whatever_a_masked_number_is(county: County) -> None:
    """Over exact numbers it would say which of 1 to 7 it is, to whoever tries the seven."""
    county.register(3, ORPHAN, born=2013)
    edition = given_out(county)
    (row,) = Edition.objects.select_related("unit")
    cells = [
        (row.place.public_id if row.place else "", row.measure, row.word, shown_of(row))
        for row in CellRow.objects.select_related("place")
    ]
    assert digest_of(head_of(row, row.unit.public_id), cells) == edition.digest
    assert {shown.value for _, _, _, shown in cells} == {None}
