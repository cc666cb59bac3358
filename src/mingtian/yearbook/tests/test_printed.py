"""What reports have printed, beside what the lines come to."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Bound
from mingtian.yearbook import actions
from mingtian.yearbook.access import get_sight_to_give_out
from mingtian.yearbook.models import Printed
from mingtian.yearbook.rows import PrintedRow
from mingtian.yearbook.rules import Measure, OfRules, Year
from mingtian.yearbook.tests.conftest import LEFT_BEHIND, ORPHAN, TODAY, County

M = Measure
YEAR = Year(2023)
MOST_QUERIES = 19


@pytest.fixture(autouse=True)
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: TODAY)
    with translation.override("en"):
        yield


def office(county: County) -> Client:
    client = Client()
    client.force_login(county.office)
    client.cookies["lang"] = "en"
    return client


def address(county: County) -> str:
    return f"/desk/yearbook/{county.tree.county.public_id}/2023/printed"


def note(county: County, measure: Measure | OfRules, word: str, bound: Bound, value: int,
         source: str = "Report of 19 March, part 2", place: int | None = None) -> None:  # fmt: skip
    sight = get_sight_to_give_out(county.office, county.tree.county.public_id, TODAY)
    row = PrintedRow(
        place=place, measure=measure, word=word, bound=bound, value=value, source=source
    )
    by = Actor(username=county.office.username, user_id=county.office.pk)
    actions.note_printed(sight, YEAR, row, now=TODAY, by=by)


def test_each_figure_says_from_which_lines_it_comes_and_whether_it_agrees(county: County) -> None:
    county.register(3, ORPHAN, born=2013)
    county.pay(county.register(11, LEFT_BEHIND))
    note(county, M.CHILDREN, "orphan", Bound.EXACT, 3, place=county.tree.town.pk)
    note(county, M.PAID, "", Bound.MORE_THAN, 5_000_00)
    note(county, M.AIDED, "", Bound.EXACT, 12)
    note(county, OfRules.SCHEMES, "supplement", Bound.EXACT, 1)
    note(county, OfRules.AREAS, "", Bound.EXACT, 4)

    page = " ".join(office(county).get(address(county)).content.decode().split())

    for said in (
        "Children on the register: orphans", "from 3 entries of the register", "more than ¥5,000",
        "¥5,500", "from 11 paid lines of the aid ledger", "Schemes of the county: supplements",
        "Areas in which pairs help", "Report of 19 March, part 2",
    ):  # fmt: skip
        assert said in page
    assert page.count("does not agree") == 1
    assert page.count("from the county&#x27;s rules") == 2


def test_a_figure_is_noted_on_the_page_and_corrected_by_noting_it_again(county: County) -> None:
    client = office(county)
    sent = {"number": "paid:", "place": county.tree.county.public_id, "bound": ">",
            "value": "5,000,000", "source": "Report of 19 March"}  # fmt: skip
    for value in ("500", "5,000,000"):
        assert client.post(address(county), {**sent, "value": value}).status_code == 302
    (row,) = Printed.objects.all()
    assert (row.value, row.bound) == (5_000_000_00, ">")
    for wrong in ({"value": "many"}, {"value": "1.5", "number": "aided:"}, {"source": ""}):
        reply = client.post(address(county), {**sent, **wrong})
        assert reply.status_code == 422
    assert Printed.objects.count() == 1


def test_what_says_nothing_is_refused(county: County) -> None:
    reply = office(county).post(address(county), {
        "number": "aided:", "place": county.tree.county.public_id, "bound": "=", "value": "0",
        "source": "Report",
    })  # fmt: skip
    assert (reply.status_code, "yearbook_printed_nothing" in reply.content.decode()) == (422, True)
    with pytest.raises(RuleBroken, match="yearbook_source_missing"):
        note(county, M.AIDED, "", Bound.EXACT, 3, source=" ")


def test_statements_do_not_grow_with_figures(
    county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    county.pay(county.register(11, LEFT_BEHIND))
    client = office(county)
    for number in range(1, 4):
        note(county, M.CHILDREN, ["orphan", "left_behind", ""][number - 1], Bound.EXACT, number)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address(county)).status_code == 200
