"""What a family is told about an evening, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.attendance.rules import FULL, How
from mingtian.family.rules import ASKABLE, Facts, Outcome, Sitting, Why, judge, runs
from mingtian.people.rules import StandingState

START = datetime(2023, 9, 18, 12, 0, tzinfo=UTC)
SITTING = Sitting(
    doors_at=START - timedelta(minutes=10),
    ends_at=START + timedelta(hours=1),
    closes_at=START + timedelta(hours=16),
    needed=40,
)
JOINED = Facts(joined_at=START - timedelta(days=1))
BEFORE = START - timedelta(hours=2)
DURING = START + timedelta(minutes=20)
EVENING = START + timedelta(hours=2)
AFTER = START + timedelta(hours=17)
FORTY = (1 << 40) - 1


@pytest.mark.parametrize(
    ("known", "now", "outcome", "why"),
    [
        ({}, BEFORE, Outcome.UPCOMING, None),
        ({}, DURING, Outcome.TONIGHT, None),
        ({"live": 0}, DURING, Outcome.TONIGHT_IN, None),
        ({"live": FORTY}, DURING, Outcome.RECORDED, None),
        ({"live": FORTY}, AFTER, Outcome.RECORDED, None),
        ({"live": FORTY >> 1}, AFTER, Outcome.PARTLY, Why.TOO_FEW_SLOTS),
        ({"live": 0}, AFTER, Outcome.PARTLY, Why.NEVER_PLAYED),
        ({"by_hand": How.PAPER}, DURING, Outcome.NOTED, None),
        ({"by_hand": How.IN_CLASS, "live": 1}, AFTER, Outcome.NOTED, None),
        ({"gathered": True}, AFTER, Outcome.CLASS_WATCHED, None),
        ({"replay": FULL}, AFTER, Outcome.REPLAY, None),
        ({"standing": StandingState.EXEMPT}, AFTER, Outcome.EXEMPT, None),
        ({"standing": StandingState.EXEMPT, "live": FORTY}, AFTER, Outcome.RECORDED, None),
        ({"standing": StandingState.UNWILLING}, AFTER, Outcome.UNWILLING, None),
        ({"departed_at": DURING}, AFTER, Outcome.NOT_COUNTED, Why.WITHDRAWN),
        ({"joined_at": EVENING}, AFTER, Outcome.NOT_COUNTED, Why.JOINED_LATER),
        ({}, EVENING, Outcome.STILL_OPEN, None),
        ({}, AFTER, Outcome.MISSED, None),
    ],
)
def test_an_evening_is_told_with_its_reason(
    known: dict[str, Any], now: datetime, outcome: Outcome, why: Why | None
) -> None:
    verdict = judge(SITTING, replace(JOINED, **known), now)

    assert (verdict.outcome, verdict.why) == (outcome, why)


def test_a_family_may_ask_about_what_is_not_counted_and_only_afterwards() -> None:
    assert judge(SITTING, JOINED, AFTER).askable
    assert not judge(SITTING, JOINED, EVENING).askable
    assert not judge(SITTING, replace(JOINED, live=FORTY), AFTER).askable
    assert Outcome.EXEMPT not in ASKABLE


@given(st.integers(0, FULL))
def test_stretches_join_up_to_the_map_again(played: int) -> None:
    stretches = list(runs(played))

    assert sum(((1 << length) - 1) << start for start, length in stretches) == played
    ends = [start + length for start, length in stretches]
    assert all(end < start for end, (start, _length) in zip(ends, stretches[1:], strict=False))
