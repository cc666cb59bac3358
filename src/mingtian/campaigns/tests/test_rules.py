"""Days, times, slots, mandate and refusals as tables of cases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.campaigns import rules
from mingtian.campaigns.rules import CampaignState, Days, LectureTimes, Mandate, Refusal
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import COUNTING_KINDS

FIRST, LAST = date(2023, 9, 18), date(2023, 9, 25)
HOUR = timedelta(hours=1)
COMPLETE = Mandate(
    issuer="绥化市关工委", symbol="绥关工委", number=20, year=2023, issued_on=date(2023, 9, 1)
)


def evening(day: date, start: time = time(20), length: timedelta = HOUR) -> LectureTimes:
    return rules.lecture_times(day, start, length)


def test_eight_days_from_18_to_25_september_both_included() -> None:
    """CAM-1: the ninth day does not count."""
    days = rules.campaign_days(FIRST, LAST)

    assert len(days) == 8
    assert (days[0], days[-1]) == (FIRST, LAST)


def test_a_campaign_of_one_day_has_one_day() -> None:
    assert rules.campaign_days(FIRST, FIRST) == [FIRST]


def test_an_evening_is_planned_in_local_time() -> None:
    """SES-1: 20:00 to 21:00 in Shanghai, doors ten minutes earlier, closed at noon."""
    times = evening(FIRST)

    assert times.doors_at == datetime(2023, 9, 18, 11, 50, tzinfo=UTC)
    assert times.starts_at == datetime(2023, 9, 18, 12, 0, tzinfo=UTC)
    assert times.ends_at == datetime(2023, 9, 18, 13, 0, tzinfo=UTC)
    assert times.closes_at == datetime(2023, 9, 19, 4, 0, tzinfo=UTC)


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    start=st.times(),
    minutes=st.integers(1, 240),
)
def test_the_four_instants_are_always_in_order(day: date, start: time, minutes: int) -> None:
    times = rules.lecture_times(day, start.replace(tzinfo=None), timedelta(minutes=minutes))

    assert times.doors_at <= times.starts_at < times.ends_at <= times.closes_at


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=59), timedelta(hours=5)])
def test_a_length_that_cannot_be_meant_is_refused(length: timedelta) -> None:
    with pytest.raises(RuleBroken) as refusal:
        evening(FIRST, length=length)

    assert refusal.value.code == Refusal.LENGTH


@pytest.mark.parametrize(
    ("state", "wanted", "may"),
    [
        (CampaignState.DRAFT, CampaignState.OPEN, True),
        (CampaignState.OPEN, CampaignState.CLOSED, True),
        (CampaignState.DRAFT, CampaignState.CLOSED, False),
        (CampaignState.OPEN, CampaignState.DRAFT, False),
        (CampaignState.CLOSED, CampaignState.OPEN, False),
    ],
)
def test_states_only_move_forward(state: CampaignState, wanted: CampaignState, may: bool) -> None:
    assert rules.may_become(state, wanted) is may


def test_document_number_as_the_norm_writes_it() -> None:
    """ORG-1, GB/T 9704: six-sided brackets, full year, no leading zeros, no 第."""
    assert COMPLETE.document_number == "绥关工委〔2023〕20号"


def test_document_number_falls_back_to_the_issuer() -> None:
    assert Mandate(issuer="绥化市关工委", number=3, year=2023).document_number == (
        "绥化市关工委〔2023〕3号"
    )


def test_incomplete_mandate_has_no_number() -> None:
    assert Mandate(issuer="绥化市关工委").document_number == ""


@pytest.mark.parametrize(
    ("mandate", "found"),
    [
        (COMPLETE, []),
        (Mandate(), [Refusal.MANDATE_MISSING]),
        (Mandate(issuer=" ", number=20, year=2023, issued_on=FIRST), [Refusal.MANDATE_MISSING]),
        (Mandate(issuer="某", year=2023, issued_on=FIRST), [Refusal.MANDATE_MISSING]),
        (Mandate(issuer="某", number=20, issued_on=FIRST), [Refusal.MANDATE_MISSING]),
        (Mandate(issuer="某", number=20, year=2023), [Refusal.MANDATE_MISSING]),
        (Mandate(issuer="某", number=20, year=2022, issued_on=FIRST), [Refusal.MANDATE_YEAR]),
        (Mandate(issuer="某", number=20, year=2023, issued_on=LAST), [Refusal.MANDATE_LATER]),
    ],
)
def test_mandate(mandate: Mandate, found: list[Refusal]) -> None:
    assert rules.mandate_refusals(mandate, today=FIRST) == found


EIGHT = [evening(day) for day in rules.campaign_days(FIRST, LAST)]
LONG_REPLAY = datetime(2023, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "lectures", "found"),
    [
        (Days(first_on=FIRST, last_on=LAST), EIGHT, []),
        (Days(first_on=FIRST, last_on=LAST, replay_until=LONG_REPLAY), EIGHT, []),
        (Days(first_on=FIRST, last_on=LAST), [], [Refusal.NO_LECTURES]),
        (Days(first_on=FIRST, last_on=date(2023, 9, 24)), EIGHT, [Refusal.OUTSIDE_DAYS]),
        (Days(first_on=date(2023, 9, 19), last_on=LAST), EIGHT, [Refusal.OUTSIDE_DAYS]),
        (
            Days(first_on=FIRST, last_on=LAST),
            [evening(FIRST), evening(FIRST, time(20, 59))],
            [Refusal.OVERLAP],
        ),
        (Days(first_on=FIRST, last_on=LAST), [evening(FIRST, time(21)), evening(FIRST)], []),
        (
            Days(first_on=FIRST, last_on=LAST, replay_until=EIGHT[-1].starts_at),
            EIGHT,
            [Refusal.REPLAY_TOO_SHORT],
        ),
    ],
)
def test_plan_of_lectures(days: Days, lectures: list[LectureTimes], found: list[Refusal]) -> None:
    assert rules.lecture_refusals(days, lectures) == found


@pytest.mark.parametrize(
    ("persons", "communities", "found"),
    [(0, 0, [Refusal.AUDIENCE_EMPTY]), (1, 0, []), (0, 1, [])],
)
def test_audience(persons: int, communities: int, found: list[Refusal]) -> None:
    assert rules.audience_refusals(persons=persons, communities=communities) == found


def test_pupils_alone_invite_classes_only() -> None:
    assert rules.units_invited([1]) == ["class"]


def test_every_counting_unit_is_an_audience() -> None:
    assert set(rules.AUDIENCE_OF_UNIT) == COUNTING_KINDS


def test_learning_url_of_forty_characters_is_accepted() -> None:
    origin = "https://" + "a" * 21

    assert len(rules.learning_url(origin, "k7m2q9xd")) == 40


def test_longer_learning_url_is_refused_with_both_lengths() -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.learning_url("https://" + "a" * 22, "k7m2q9xd")

    assert refusal.value.code == Refusal.ORIGIN_TOO_LONG
    assert refusal.value.facts == {"length": 30, "most": 29}


def test_a_code_is_read_in_groups_of_four() -> None:
    assert rules.grouped_code("k7m2q9xd") == "k7m2 q9xd"
