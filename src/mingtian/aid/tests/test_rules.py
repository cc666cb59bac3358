"""Terms, rates, hands, masks: the laws (AID-5, AID-8)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.aid.rules import (
    NATIONAL_BASE,
    Level,
    Per,
    Rate,
    Season,
    Term,
    average,
    check_approver,
    check_days,
    check_rate,
    check_term_open,
    due,
    mask_account,
    mask_name,
    parse_account,
    parse_term,
    pick_rate,
    term_of,
)
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure, Period
from mingtian.org.rules import Role

TERMS = st.builds(Term, st.integers(2001, 2098), st.sampled_from(Season))
DAYS = st.dates(date(2001, 3, 1), date(2098, 12, 31))


@given(DAYS)
def test_every_day_lies_in_its_term_and_terms_leave_no_gap(day: date) -> None:
    term = term_of(day)
    assert term.first <= day <= term.last
    assert term.next.before == term
    assert term < term.next
    assert parse_term(term.code) == term


@given(TERMS)
def test_a_term_takes_lists_until_sixty_days_after_it(term: Term) -> None:
    check_term_open(term, term.entered_until)
    with pytest.raises(RuleBroken, match="aid_term_closed"):
        check_term_open(term, date.fromordinal(term.entered_until.toordinal() + 1))
    with pytest.raises(RuleBroken, match="aid_term_not_yet"):
        check_term_open(term, term.before.before.first)


@pytest.mark.parametrize("code", ["", "2024", "2024-3", "24-1", "2024-1 "])
def test_what_is_no_term_is_refused(code: str) -> None:
    with pytest.raises(RuleBroken, match="aid_term_unknown"):
        parse_term(code)


@pytest.mark.parametrize(
    ("term", "level", "boarding", "amount"),
    [
        ("2023-2", Level.PRIMARY, True, 500_00),
        ("2023-2", Level.PRIMARY, False, 250_00),
        ("2023-2", Level.JUNIOR, True, 625_00),
        ("2023-2", Level.JUNIOR, False, 312_50),
        ("2024-1", Level.PRIMARY, True, 625_00),
        ("2024-1", Level.JUNIOR, True, 750_00),
        ("2024-1", Level.PRIMARY, False, 312_50),
        ("2024-1", Level.JUNIOR, False, 375_00),
    ],
)
def test_the_national_base_by_term(term: str, level: Level, boarding: bool, amount: int) -> None:
    rate = pick_rate(NATIONAL_BASE, level, boarding=boarding, term=parse_term(term))
    assert rate.due() == amount


def test_without_a_rate_there_is_no_grant() -> None:
    with pytest.raises(RuleBroken, match="aid_no_rate"):
        pick_rate(NATIONAL_BASE, Level.SENIOR, boarding=True, term=parse_term("2023-2"))


def test_a_rate_for_the_very_level_comes_before_one_for_all() -> None:
    every = Rate(
        level=Level.ANY, boarding=None, per=Per.TERM, amount=1, valid_from=date(2020, 1, 1)
    )
    own = Rate(
        level=Level.JUNIOR, boarding=None, per=Per.TERM, amount=2, valid_from=date(2020, 1, 1)
    )
    picked = pick_rate([every, own], Level.JUNIOR, boarding=True, term=parse_term("2023-2"))
    assert picked is own


@given(st.integers(1, 10**6), st.integers(1, 200))
def test_two_halves_are_a_year_and_days_add_up(amount: int, days: int) -> None:
    assert 2 * due(Per.YEAR, 2 * amount) == 2 * amount
    assert due(Per.DAY, amount, days) == sum(due(Per.DAY, amount) for _ in range(days))


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (Rate(level=Level.ANY, boarding=None, per=Per.YEAR, amount=3, valid_from=date(2024, 1, 1)),
         "aid_rate_impossible"),
        (Rate(level=Level.ANY, boarding=None, per=Per.TERM, amount=0, valid_from=date(2024, 1, 1)),
         "aid_rate_impossible"),
        (Rate(level=Level.ANY, boarding=None, per=Per.TERM, amount=1, valid_from=date(2024, 1, 1),
              valid_to=date(2024, 1, 1)), "aid_rate_days"),
    ],
)  # fmt: skip
def test_a_rate_that_cannot_be_is_refused(rate: Rate, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_rate(rate)


def test_days_suit_daily_rates_only() -> None:
    with pytest.raises(RuleBroken, match="aid_days_impossible"):
        check_days(NATIONAL_BASE[0], 2)


@pytest.mark.parametrize(
    "roles", [frozenset(), frozenset({Role.OFFICE}), frozenset({Role.CASHIER})]
)
def test_above_the_limit_only_the_director_decides(roles: frozenset[Role]) -> None:
    with pytest.raises(RuleBroken, match="aid_above_limit"):
        check_approver(roles, 101, 100)
    check_approver(roles | {Role.DIRECTOR}, 101, 100)


@given(st.text("林周欧阳小满abc", min_size=1, max_size=12))
def test_a_masked_name_keeps_one_character(name: str) -> None:
    masked = mask_name(name)
    assert masked[0] == name[0]
    assert set(masked[1:]) == {"○"}


@given(st.text("0123456789", min_size=8, max_size=32))
def test_a_masked_account_shows_four_digits_at_most(account: str) -> None:
    assert parse_account(account) == account
    shown = mask_account(account)
    assert len([each for each in shown if each.isdigit()]) <= 4


@pytest.mark.parametrize("text", ["1234567", "6222 x", "", "1" * 33, "=6222020200011"])
def test_what_is_no_account_is_none(text: str) -> None:
    assert parse_account(text) is None


YEAR = Period(first=date(2023, 9, 1), last=date(2024, 2, 29))


def figure(value: int, basis: Basis, bound: Bound = Bound.EXACT) -> Figure:
    return Figure(value=value, basis=basis, counts="aid", unit_id="u", period=YEAR, bound=bound)


def test_a_ratio_of_two_more_than_figures_bounds_nothing() -> None:
    """F30 over F29: no average is printed (domain.md 5.9)."""
    total = figure(5_000_000_00, Basis.FEN, Bound.MORE_THAN)
    assert average(total, figure(10_000, Basis.GRANTS, Bound.MORE_THAN)) is None
    assert average(figure(500, Basis.FEN), figure(1, Basis.GRANTS, Bound.MORE_THAN)) is None
    assert average(figure(500, Basis.FEN, Bound.ABOUT), figure(1, Basis.GRANTS)) is None


def test_an_average_says_how_exact_it_is() -> None:
    assert average(figure(600, Basis.FEN), figure(3, Basis.GRANTS)) == Figure(
        value=200, basis=Basis.FEN, counts="average", unit_id="u", period=YEAR
    )
    more = average(figure(600, Basis.FEN, Bound.MORE_THAN), figure(3, Basis.GRANTS))
    assert more is not None
    assert more.bound is Bound.MORE_THAN
    about = average(figure(601, Basis.FEN), figure(3, Basis.GRANTS))
    assert about is not None
    assert about.bound is Bound.ABOUT
