"""The rhythm and the chain as rules: when, by whom, to whom (SGN-2, SUP-3, EXE-2)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.prompts.rules import (
    ACTING,
    Kind,
    Times,
    check_link,
    check_open,
    check_time,
    may_offer_summary,
)

K = UnitKind


def shanghai(hour: int, minute: int = 0, day: int = 18) -> datetime:
    return datetime(2023, 9, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


EIGHT = Times(starts_at=shanghai(20), ends_at=shanghai(21))


def test_the_prompts_of_an_evening_at_eight() -> None:
    assert EIGHT.opens(Kind.HALF_HOUR) == shanghai(19, 30)
    assert EIGHT.made_until(Kind.HALF_HOUR) == shanghai(19, 55)
    assert EIGHT.opens(Kind.FIVE_MINUTES) == shanghai(19, 55)
    assert EIGHT.made_until(Kind.FIVE_MINUTES) == shanghai(20, 10)
    assert EIGHT.opens(Kind.MISSING) == shanghai(19, 50)


@given(
    days=st.floats(0, 400),
    length=st.timedeltas(timedelta(minutes=1), timedelta(hours=4)),
    later=st.timedeltas(timedelta(hours=-2), timedelta(hours=40)),
)
def test_nothing_goes_to_families_between_nine_and_seven_whenever_a_lecture_is(
    days: float, length: timedelta, later: timedelta
) -> None:
    starts = shanghai(0) + timedelta(days=days)
    times, now = Times(starts_at=starts, ends_at=starts + length), starts + later
    local = now.astimezone(SHANGHAI)
    quiet = local.time() >= time(21) or local.time() < time(7)

    if quiet:
        assert not times.may_address_families(now)
        assert not may_offer_summary(times, now)
    if times.may_address_families(now):
        assert now < times.ends_at


@pytest.mark.parametrize(
    ("now", "may"), [(shanghai(20, 59), True), (shanghai(21), False), (shanghai(7, day=19), False)]
)
def test_a_reminder_has_nine_o_clock_as_its_last_instant(now: datetime, may: bool) -> None:
    late = Times(starts_at=shanghai(20, 30), ends_at=shanghai(21, 30))
    assert late.families_until == shanghai(21)
    assert late.may_address_families(now) is may


@pytest.mark.parametrize(
    ("ends", "now", "may"),
    [
        (shanghai(21), shanghai(20, 59), False),
        (shanghai(21), shanghai(21), False),
        (shanghai(21), shanghai(6, 59, day=19), False),
        (shanghai(21), shanghai(7, day=19), True),
        (shanghai(20), shanghai(20), True),
    ],
)
def test_a_summary_waits_for_the_morning_when_the_evening_ends_at_nine(
    ends: datetime, now: datetime, may: bool
) -> None:
    assert may_offer_summary(Times(starts_at=shanghai(19), ends_at=ends), now) is may


@pytest.mark.parametrize(
    "kinds",
    [
        [K.CITY, K.COUNTY],
        [K.COUNTY, K.SCHOOL],
        [K.TOWNSHIP, K.SCHOOL],
        [K.SECTOR, K.SCHOOL],
        [K.SECTOR, K.SECTOR],
        [K.SCHOOL, K.CLASS],
        [K.SCHOOL, K.GRADE, K.CLASS],
    ],
)
def test_the_next_link_may_be_prompted(kinds: list[UnitKind]) -> None:
    check_link(kinds)


@pytest.mark.parametrize(
    "kinds",
    [
        [K.CITY, K.COUNTY, K.SCHOOL],
        [K.COUNTY, K.SCHOOL, K.CLASS],
        [K.COUNTY, K.SCHOOL, K.GRADE, K.CLASS],
        [K.SECTOR, K.SECTOR, K.SCHOOL],
        [K.SCHOOL, K.GRADE],
        [K.SCHOOL],
        [K.SCHOOL, K.STAFF_GROUP],
        [K.CLASS, K.CLASS],
    ],
)
def test_nobody_skips_a_link(kinds: list[UnitKind]) -> None:
    with pytest.raises(RuleBroken, match="prompt_not_your_link"):
        check_link(kinds)


def refusal(kind: Kind, receiver: UnitKind, now: datetime) -> str:
    try:
        check_time(kind, receiver, EIGHT, now)
    except RuleBroken as broken:
        return broken.code
    return ""


@pytest.mark.parametrize(
    ("receiver", "now", "code"),
    [
        (K.SCHOOL, shanghai(19, 49), "prompt_too_early"),
        (K.SCHOOL, shanghai(19, 50), ""),
        (K.SCHOOL, shanghai(20, 59), ""),
        (K.SCHOOL, shanghai(21), "prompt_lecture_over"),
        (K.CLASS, shanghai(20, 59), ""),
        (K.CLASS, shanghai(21), "prompt_too_late_for_families"),
    ],
)
def test_each_deed_has_its_time(receiver: UnitKind, now: datetime, code: str) -> None:
    assert refusal(Kind.MISSING, receiver, now) == code


def test_a_lecture_late_at_night_is_announced_to_no_family() -> None:
    late = Times(starts_at=shanghai(21, 15), ends_at=shanghai(22, 15))
    with pytest.raises(RuleBroken, match="prompt_too_late_for_families"):
        check_time(Kind.HALF_HOUR, K.CLASS, late, shanghai(21))
    check_time(Kind.HALF_HOUR, K.CLASS, late, shanghai(20, 59))


def test_what_was_passed_on_is_not_passed_on_again() -> None:
    check_open([shanghai(19, 31), None])
    with pytest.raises(RuleBroken, match="prompt_passed_on") as refused:
        check_open([shanghai(19, 31), shanghai(19, 57)])
    assert refused.value.facts == {"at": "19:57"}


def test_nothing_to_pass_on_is_said() -> None:
    with pytest.raises(RuleBroken, match="prompt_none"):
        check_open([])


def test_families_are_spoken_to_by_nobody_but_class_teachers() -> None:
    assert set(ACTING[K.CLASS]) == {"class_teacher"}
    assert K.VILLAGE not in ACTING
