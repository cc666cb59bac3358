"""The county's year: F29 to F37 recounted from lines, and the clashes of domain.md 5.7 to 5.10."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from scenarios.qinggang import register
from scenarios.qinggang.load import Options, load_children
from scenarios.qinggang.register import QINGGANG, YINGCHUN, ZHONGHE
from scenarios.qinggang.times import of_2023
from scenarios.qinggang.tree import build_county
from tests.trail_words import untold

from mingtian.care.rules import Area
from mingtian.core.figures import Bound
from mingtian.ledger.queries import TrialBalance, trial_balance
from mingtian.ledger.queries import find_book as find_ledger
from mingtian.org.queries import path_on, unit_rows
from mingtian.yearbook.pages import Finding, checks_of
from mingtian.yearbook.printed import Compared, compare
from mingtian.yearbook.queries import count_book
from mingtian.yearbook.queries.printed import list_printed
from mingtian.yearbook.rows import Book
from mingtian.yearbook.rules import ALL, IN_SEVERAL, Measure, Year

M = Measure
TIMES = of_2023()
ACTOR = "system:test"

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the book says of a played year, read before everything was undone."""

    county: Book
    town: Book
    zhonghe: int
    county_checks: list[Finding]
    town_checks: list[Finding]
    balance: TrialBalance
    printed: list[Compared]
    untold: list[str]


def play(scale: Fraction) -> dict[str, int]:
    units = build_county(opened_on=TIMES.since, actor=ACTOR, now=TIMES.begun)
    options = Options(password="dawn", scale=scale)
    load_children(
        units, options=options, times=TIMES, since=TIMES.since, actor=ACTOR, now=TIMES.now
    )
    return units


def book_of(units: dict[str, int], code: str) -> Book:
    day = TIMES.now.date()
    path = ".".join(map(str, path_on(units[code], day)))
    return count_book(unit_rows([units[code]], day)[units[code]], path, Year(2023), day)


def scheme(book: Book, english: str) -> str:
    return next(key for key, one in book.schemes.items() if one.name_en == english)


def told(scale: Fraction, unblocked: Any) -> Told:
    """Play the year, read the book and undo all of it: the tests themselves need no database."""
    with unblocked, transaction.atomic(), translation.override("en"):
        units = play(scale)
        county, town = book_of(units, QINGGANG), book_of(units, YINGCHUN)
        ledger = find_ledger(units[QINGGANG])
        assert ledger is not None
        read = Told(
            county=county, town=town, zhonghe=units[ZHONGHE], county_checks=checks_of(county),
            town_checks=checks_of(town), balance=trial_balance(ledger),
            printed=compare(county, list_printed(units[QINGGANG], Year(2023))), untold=untold(),
        )  # fmt: skip
        transaction.set_rollback(True)
    return read


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: Any) -> Told:
    return told(Fraction(1, 100), django_db_blocker.unblock())


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Told:
    return told(Fraction(1), django_db_blocker.unblock())


def test_a_small_county_has_something_of_everything(small: Told) -> None:
    book = small.county
    for measure in (M.CHILDREN, M.PAIRED, M.PAIRS, M.VISITS, M.CASES, M.TALKS, M.AIDED, M.PAID):
        assert book.whole.get((measure, ALL), 0) > 0, measure


def test_the_trail_of_a_small_county_has_words_for_every_code(small: Told) -> None:
    assert small.untold == []


def test_a_smaller_county_has_so_many_lines_as_its_parts(small: Told) -> None:
    parts = [*register.ELSEWHERE, *register.YINGCHUN_BOARDERS, *register.YINGCHUN_MEALS]
    scale = Fraction(1, 100)
    lines = sum(register.scaled(part.number, scale) for part in parts)
    book = small.county
    assert book.whole[M.GRANTS, ALL] == lines


def test_the_parts_that_were_chosen_make_the_reported_sums() -> None:
    """F32 to F35: 295 and 146,125; 118 and 23,000."""
    rates = {(False, True): 500_00, (True, True): 625_00, (False, False): 250_00}
    boarders = register.YINGCHUN_BOARDERS
    assert sum(part.number for part in boarders) == register.BOARDERS
    fen = sum(part.number * rates[part.junior, part.boarding] for part in boarders)
    assert fen == register.BOARDERS_YUAN * 100
    assert sum(part.number for part in boarders if not part.boarding) >= 6
    meals = register.YINGCHUN_MEALS
    assert sum(part.number for part in meals) == register.MEALS
    assert sum(part.number * part.days * 5 for part in meals) == register.MEALS_YUAN


@pytest.mark.slow
def test_f29_and_f30_are_more_than_ten_thousand_and_five_million(whole: Told) -> None:
    book = whole.county
    assert book.whole[M.AIDED, ALL] > register.MORE_THAN_PUPILS
    assert book.whole[M.PAID, ALL] > register.MORE_THAN_YUAN * 100
    given = book.given()
    assert given[M.AIDED, ALL].bound is given[M.PAID, ALL].bound is Bound.MORE_THAN
    assert (given[M.AIDED, ALL].value, given[M.PAID, ALL].value) == (10_000, 5_000_000_00)


@pytest.mark.slow
def test_f31_to_f35_of_yingchun_are_sums_of_lines(whole: Told) -> None:
    book = whole.town
    categories = ("left_behind", "single_parent", "orphan")
    assert [book.whole[M.PAIRED, word] for word in categories] == [168, 73, 3]
    assert book.whole[M.PAIRED, ALL] == 244
    assert (M.PAIRED, IN_SEVERAL) not in book.whole
    boarders, meals = scheme(book, "Boarders' living subsidy"), scheme(book, "Meal subsidy")
    assert (book.whole[M.GRANTS, boarders], book.whole[M.PAID, boarders]) == (295, 146_125_00)
    assert (book.whole[M.GRANTS, meals], book.whole[M.PAID, meals]) == (118, 23_000_00)
    assert book.whole[M.AIDED, ALL] == 295 + 118 - register.MEALS_OF_BOARDERS


@pytest.mark.slow
def test_every_printed_figure_agrees_with_its_lines(whole: Told) -> None:
    """F29 to F37, each with the lines it comes from."""
    assert [one.title for one in whole.printed if not one.agrees] == []
    lines = {(one.title, one.place): (one.printed, one.lines) for one in whole.printed}
    assert len(lines) == 13
    assert lines["Money paid", "Qinggang County"] == (
        "more than ¥5,000,000", "from 10,203 paid lines of the aid ledger",
    )  # fmt: skip
    assert ("168", "from the files of 244 pairs") in lines.values()
    assert ("¥146,125", "from 295 paid lines of the aid ledger") in lines.values()


def test_a_smaller_county_notes_nothing_printed(small: Told) -> None:
    assert small.printed == []


@pytest.mark.slow
def test_f36_and_f37_are_the_countys_rules(whole: Told) -> None:
    book = whole.county
    kinds = [book.kinds.get(word, 0) for word in ("assistance", "exemption", "supplement")]
    assert kinds == [5, 2, 1]
    assert len(Area) == register.AREAS


@pytest.mark.slow
def test_the_checks_of_yingchun_say_what_does_not_add_up(whole: Told) -> None:
    """domain.md 5.7, 5.8, 5.9 and 5.10, as people read them."""
    town = {one.title: one for one in whole.town_checks}
    county = {one.title: one for one in whole.county_checks}
    boarders = town["Boarders' living subsidy, autumn 2023: 295 grants, ¥146,125"]
    said = "\n".join(boarders.sentences)
    assert "all are boarders, half a year's rate: cannot be" in said
    assert "295 lines come to at least ¥147,500, that is ¥1,375 more." in said
    assert "With at least 6 lines of children who live at home" in said
    assert "all are boarders, a full year's rate: cannot be" in said
    meals = "\n".join(town["Meal subsidy, autumn 2023: 118 grants, ¥23,000"].sentences)
    assert "the same amount in whole yuan for everybody: cannot be" in meals
    assert "4,600 days at ¥5 in all" in meals
    (average,) = county["An average"].sentences
    assert "“more than ¥5,000,000” and “more than 10,000 children”" in average
    (paired,) = town["Children with a helping pair"].sentences
    assert paired.startswith("168 + 3 + 73 = 244 children: none is in two categories")


@pytest.mark.slow
def test_the_books_balance(whole: Told) -> None:
    assert whole.balance.balanced
    assert whole.balance.agrees


@pytest.mark.slow
def test_other_towns_were_aided_in_both_terms(whole: Told) -> None:
    book = whole.county
    assert {row.term for row in book.terms} == {"2023-1", "2023-2"}
    assert book.places[whole.zhonghe][M.GRANTS, ALL] > 500
