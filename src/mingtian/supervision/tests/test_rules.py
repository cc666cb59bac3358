"""The band, the steps of a ticket, the yearly cap: laws and edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.supervision.rules import (
    COMPARING,
    NEXT,
    SMALLEST,
    Stage,
    State,
    about,
    band_of,
    check_cause,
    check_findings,
    check_follow_up,
    check_step,
    check_visit,
    check_words,
    earliest_visit,
    look_at,
    look_until,
    slot_of,
)

counts = st.integers(min_value=0, max_value=200_000)
evenings = st.lists(counts, min_size=1, max_size=8)
STARTS = datetime(2023, 9, 18, 12, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)
TODAY = date(2023, 9, 18)


def test_on_the_first_evening_nothing_is_expected() -> None:
    assert band_of([]) is None


@given(evenings)
def test_the_band_holds_the_usual_and_a_tenth_around_it(earlier: list[int]) -> None:
    band = band_of(earlier)
    assert band is not None
    assert 0 <= band.low <= band.usual <= band.high
    assert band.low <= 0.9 * band.usual + 1
    assert band.high >= 1.1 * band.usual - 1


@given(evenings, st.randoms())
def test_the_order_of_the_evenings_does_not_matter(earlier: list[int], random: object) -> None:
    shuffled = list(earlier)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert band_of(earlier) == band_of(shuffled)


@given(evenings, counts, counts)
def test_whoever_falls_further_raises_the_alert_too(earlier: list[int], one: int, two: int) -> None:
    band = band_of(earlier)
    assert band is not None
    if band.is_fall(max(one, two)):
        assert band.is_fall(min(one, two))


@given(st.lists(st.integers(0, SMALLEST - 1), min_size=1, max_size=8), counts)
def test_small_units_never_raise_an_alert(earlier: list[int], value: int) -> None:
    band = band_of(earlier)
    assert band is not None
    assert not band.is_fall(value)


@given(st.integers(SMALLEST, 100_000), st.integers(3, 8))
def test_nine_tenths_of_a_steady_unit_is_no_fall(usual: int, number: int) -> None:
    band = band_of([usual] * number)
    assert band is not None
    assert not band.is_fall(-(-9 * usual // 10))
    assert band.is_fall(0)


@given(st.integers(1_000, 100_000), counts)
def test_one_wild_evening_does_not_move_the_band(usual: int, wild: int) -> None:
    steady = band_of([usual] * 6)
    assert steady is not None
    assert band_of([usual] * 5 + [wild]) == steady


def test_few_evenings_are_given_more_room() -> None:
    one, three = band_of([1_000]), band_of([1_000] * 3)
    assert one is not None
    assert three is not None
    assert (one.low, three.low) == (800, 900)


@pytest.mark.parametrize(
    ("value", "said"), [(0, 0), (87, 87), (149, 150), (9_149, 9_100), (10_034, 10_000)]
)
def test_about_has_two_digits(value: int, said: int) -> None:
    assert about(value) == said


@given(counts)
def test_about_is_within_a_twentieth(value: int) -> None:
    assert abs(about(value) - value) <= value / 20


def test_looks_follow_each_other_without_a_gap() -> None:
    closes, due = ENDS + timedelta(hours=15), ENDS + timedelta(minutes=30)
    begins = {stage: look_at(stage, starts_at=STARTS, ends_at=ENDS, due_at=due) for stage in Stage}
    until = {
        stage: look_until(stage, starts_at=STARTS, ends_at=ENDS, closes_at=closes)
        for stage in Stage
    }

    assert begins[Stage.EARLY] == STARTS + timedelta(minutes=10)
    assert until[Stage.EARLY] == begins[Stage.MIDDLE] == STARTS + timedelta(minutes=30)
    assert until[Stage.MIDDLE] == ENDS < begins[Stage.FINAL]
    assert begins[Stage.DUE] == due
    assert until[Stage.FINAL] == until[Stage.DUE] == closes
    assert all(begins[stage] < until[stage] for stage in COMPARING)


def test_a_running_stage_compares_a_minute_that_all_phones_have_told() -> None:
    assert slot_of(Stage.EARLY, starts_at=STARTS, ends_at=ENDS) == 7
    assert slot_of(Stage.MIDDLE, starts_at=STARTS, ends_at=ENDS) == 27
    short = STARTS + timedelta(minutes=5)
    assert slot_of(Stage.MIDDLE, starts_at=STARTS, ends_at=short) == 59


@given(st.sampled_from(State), st.sampled_from(State))
def test_tickets_go_forward_only(state: State, wanted: State) -> None:
    order = list(State)
    if wanted in NEXT[state]:
        check_step(state, wanted)
        assert order.index(wanted) > order.index(state)
    else:
        with pytest.raises(RuleBroken):
            check_step(state, wanted)


@pytest.mark.parametrize(
    ("state", "wanted", "code"),
    [
        (State.ANSWERED, State.ANSWERED, "ticket_answered"),
        (State.OPEN, State.CLOSED, "ticket_not_solved"),
        (State.SOLVED, State.ANSWERED, "ticket_solved"),
        (State.CLOSED, State.ANSWERED, "ticket_closed"),
        (State.CLOSED, State.CLOSED, "ticket_closed"),
    ],
)
def test_a_step_that_cannot_be_is_refused(state: State, wanted: State, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_step(state, wanted)


@pytest.mark.parametrize(
    ("cause", "words", "code"),
    [
        ("", "", "help_cause_missing"),
        ("laziness", "", "help_cause_missing"),
        ("other", " \0 ", "help_cause_without_words"),
        ("other", "长" * 301, "help_words_too_many"),
    ],
)
def test_a_call_without_a_cause_is_refused(cause: str, words: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_cause(cause, words)
    with pytest.raises(RuleBroken):
        check_words(words or " ")


def test_words_lose_what_nobody_sees() -> None:
    assert check_words(" 进不去\0 ") == "进不去"
    with pytest.raises(RuleBroken, match="help_words_missing"):
        check_words(" ")


def visit(
    kind: str = "comprehensive", *, on: date, announced_on: date | None = None, purpose: str = "",
    visitor: UnitKind = UnitKind.COUNTY,
) -> str:  # fmt: skip
    return check_visit(
        kind=kind, visitor=visitor, on=on, announced_on=announced_on, purpose=purpose, today=TODAY
    )


def test_a_month_is_a_month_of_the_calendar() -> None:
    assert earliest_visit(date(2024, 1, 31)) == date(2024, 2, 29)
    assert earliest_visit(date(2023, 12, 5)) == date(2024, 1, 5)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_notice_is_between_four_weeks_and_thirty_one_days(announced: date) -> None:
    assert 28 <= (earliest_visit(announced) - announced).days <= 31


def test_a_comprehensive_visit_needs_a_months_notice() -> None:
    told = date(2023, 8, 20)
    assert visit(on=date(2023, 9, 20), announced_on=told) == "comprehensive"
    for announced in (None, date(2023, 8, 21), TODAY + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="visit_without_notice") as refused:
            visit(on=date(2023, 9, 20), announced_on=announced)
        assert refused.value.facts["norm"] == "教师厅〔2025〕2号"


def test_a_helping_visit_says_why_and_needs_no_notice() -> None:
    assert visit("helping", on=TODAY, purpose="帮老人登录") == "helping"
    with pytest.raises(RuleBroken, match="visit_without_purpose"):
        visit("helping", on=TODAY)


def test_other_kinds_of_visits_are_refused() -> None:
    with pytest.raises(RuleBroken, match="visit_kind_missing"):
        visit("surprise", on=TODAY)
    with pytest.raises(RuleBroken, match="visit_not_of_township"):
        visit(on=date(2023, 12, 1), announced_on=TODAY, visitor=UnitKind.TOWNSHIP)


def test_findings_and_follow_ups_know_their_days() -> None:
    with pytest.raises(RuleBroken, match="visit_still_ahead"):
        check_findings("都好", on=TODAY + timedelta(days=1), today=TODAY)
    assert check_findings(" 都好 ", on=TODAY, today=TODAY) == "都好"
    for due in (None, TODAY - timedelta(days=1)):
        with pytest.raises(RuleBroken, match="visit_follow_up_without_day"):
            check_follow_up(words="换网线", due_on=due, today=TODAY)
    assert check_follow_up(words="换网线", due_on=TODAY, today=TODAY) == ("换网线", TODAY)
