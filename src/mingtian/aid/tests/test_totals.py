"""Which totals can be sums of grants (AID-8, F32 to F35)."""

from collections import Counter
from datetime import date
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtian.aid.rules import NATIONAL_BASE, Level, Per, Rate
from mingtian.aid.totals import Check, Fit, Reading, check_total, make_sum
from mingtian.core.errors import RuleBroken

IN_2023 = [rate for rate in NATIONAL_BASE if rate.holds(date(2023, 9, 1))]


def fit(check: Check, reading: Reading) -> Fit:
    return next(each for each in check.fits if each.reading is reading)


def test_yingchun_boarders_cannot_all_have_been_boarders() -> None:
    """F32 and F33: 295 boarders at half-year rates need at least 147,500 (domain.md 5.7)."""
    check = check_total(295, 146_125_00, IN_2023)
    boarders = fit(check, Reading.HALF_BOARDERS)
    assert (boarders.possible, boarders.least) == (False, 147_500_00)


def test_yingchun_fits_with_at_least_six_half_rates() -> None:
    mixed = fit(check_total(295, 146_125_00, IN_2023), Reading.HALF_ALL)
    assert (mixed.possible, mixed.lower) == (True, 6)
    assert mixed.example == ((250_00, 6), (500_00, 288), (625_00, 1))
    assert sum(number for _, number in mixed.example) == 295
    assert sum(amount * number for amount, number in mixed.example) == 146_125_00


@pytest.mark.parametrize("reading", [Reading.YEAR_BOARDERS, Reading.YEAR_ALL])
def test_yingchun_at_full_year_rates_is_impossible(reading: Reading) -> None:
    check = check_total(295, 146_125_00, IN_2023)
    assert not fit(check, reading).possible
    assert fit(check, Reading.YEAR_ALL).least == 147_500_00
    assert check.possible, "one reading fits"


def test_yingchun_meals_have_no_single_whole_yuan_rate() -> None:
    """F34 and F35: 118 × 194 and 118 × 195 lie on both sides (domain.md 5.8)."""
    one = fit(check_total(118, 23_000_00, []), Reading.ONE_YUAN_RATE)
    assert (one.possible, one.least, one.most) == (False, 22_892_00, 23_010_00)


def test_meals_by_the_day_can_be() -> None:
    daily = Rate(
        level=Level.ANY, boarding=None, per=Per.DAY, amount=5_00, valid_from=date(2020, 1, 1)
    )
    by_days = fit(check_total(118, 23_000_00, [daily]), Reading.DAYS)
    assert (by_days.possible, by_days.example) == (True, ((5_00, 4_600),))


AMOUNTS = st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True)


@given(st.integers(1, 6), st.integers(1, 200), AMOUNTS)
@settings(max_examples=300)
def test_a_sum_can_be_exactly_when_trying_all_finds_it(
    count: int, total: int, amounts: list[int]
) -> None:
    tried = {sum(each) for each in combinations_with_replacement(amounts, count)}
    made = make_sum(count, total, sorted(amounts))
    assert made.possible is (total in tried)
    if made.possible:
        assert sum(number for _, number in made.example) == count
        assert sum(amount * number for amount, number in made.example) == total


@given(st.integers(1, 6), st.integers(2, 8), st.integers(2, 8), st.integers(1, 200))
@settings(max_examples=300)
def test_the_least_number_of_lower_lines_is_the_least(
    count: int, primary: int, junior: int, total: int
) -> None:
    rates = [
        Rate(level=level, boarding=boarding, per=Per.YEAR, valid_from=date(2020, 1, 1),
             amount=amount * (4 if boarding else 2))
        for level, amount in ((Level.PRIMARY, primary), (Level.JUNIOR, junior))
        for boarding in (True, False)
    ]  # fmt: skip
    usual, lower = {2 * primary, 2 * junior}, {primary, junior}
    fewest = [
        sum(Counter(kind for kind, _ in each)[kind] for kind in ("lower",))
        for each in combinations_with_replacement(
            [*(("usual", one) for one in usual), *(("lower", one) for one in lower)], count
        )
        if sum(one for _, one in each) == total
    ]
    found = fit(check_total(count, total, rates), Reading.HALF_ALL)
    assert found.possible is bool(fewest)
    assert found.lower == (min(fewest) if fewest else None)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
@settings(max_examples=50, deadline=30_000)
def test_large_lists_are_told_at_once(count: int, more: int) -> None:
    check = check_total(count, count * 500_00 + more * 62_50, IN_2023)
    found = fit(check, Reading.HALF_ALL)
    assert found.possible is not None
    assert not found.example or sum(each * n for each, n in found.example) == check.total


@pytest.mark.parametrize(("count", "total"), [(0, 5), (5, 0), (10**6, 5), (-1, 5)])
def test_numbers_that_are_none_are_refused(count: int, total: int) -> None:
    with pytest.raises(RuleBroken, match="aid_total_impossible"):
        check_total(count, total, IN_2023)
