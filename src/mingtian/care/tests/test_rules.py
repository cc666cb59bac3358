"""Scales, days, names: the rules without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.care import rules
from mingtian.care.rules import SCALES, Due, Risk, check_anonymous, due, is_silent, level_of
from mingtian.core.errors import RuleBroken

DAY = date(2026, 3, 2)
SCALE = SCALES[0]
POINTS = st.fixed_dictionaries({item: st.integers(0, 3) for item in SCALE.items})


@given(POINTS, st.sampled_from(SCALE.items))
def test_more_worry_never_lowers_the_level(points: dict[str, int], item: str) -> None:
    order = list(Risk)
    _, before = level_of(points, SCALE)
    _, after = level_of(points | {item: min(3, points[item] + 1)}, SCALE)
    assert order.index(after) >= order.index(before)


@given(POINTS)
def test_danger_to_safety_is_urgent_whatever_the_sum(points: dict[str, int]) -> None:
    assert level_of(points | {"safety": 3}, SCALE)[1] is Risk.URGENT


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Due.OVERDUE), (0, Due.SOON), (7, Due.SOON), (8, Due.LATER)],
)
def test_overdue_is_before_today_and_soon_within_seven_days(days: int, expected: Due) -> None:
    assert due(DAY + timedelta(days=days), DAY) is expected
    assert due(None, DAY) is Due.NONE


@given(st.integers(0, 30), st.none() | st.integers(0, 30))
def test_silence_counts_from_the_last_contact_or_the_day_of_watching(
    since: int, heard: int | None
) -> None:
    watched = DAY - timedelta(days=since)
    spoke = None if heard is None else DAY - timedelta(days=heard)
    last = min(since, heard) if heard is not None else since
    assert is_silent(watched, spoke, DAY) == (last > 7)
    assert not is_silent(None, spoke, DAY)


@pytest.mark.parametrize("words", ["小满没有书包", "林 小满", "证件231321201405060012"])
def test_words_for_the_office_tell_nobody(words: str) -> None:
    with pytest.raises(RuleBroken, match="care_names_child"):
        check_anonymous(words, ["林小满"])
    check_anonymous("需要一个书包，三年级用", ["林小满"])


def test_the_scale_of_a_day_is_the_newest_that_began() -> None:
    assert rules.scale_on(DAY).word == "2023-1"


def test_a_plan_without_goals_is_none() -> None:
    with pytest.raises(RuleBroken, match="care_goals_missing"):
        rules.check_goals({rules.Area.STUDY: "  "})


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2023-000012", "2023-000012"), (" 2023000012 ", "2023-000012"), ("12", None), ("小满", None)],
)
def test_a_number_is_found_however_it_is_typed(typed: str, number: str | None) -> None:
    assert rules.number_of(typed) == number
