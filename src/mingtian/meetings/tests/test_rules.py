"""The laws of meetings and follow-ups, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.meetings.rules import (
    FIRST_ROLE,
    HOUSES,
    KINDS_AT,
    MOST_PEOPLE,
    Attending,
    Kind,
    State,
    check_calling_off,
    check_kind,
    check_meeting,
    check_settling,
    check_talk,
    check_task,
    is_late,
)
from mingtian.org.rules import UnitKind
from mingtian.testing.make import DAY, NOW

EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
COUNTS = st.dictionaries(st.sampled_from(Attending), st.integers(0, MOST_PEOPLE))


@given(attended=COUNTS, minutes=st.sampled_from(["", " ", "大家同意"]), ahead=st.booleans())
def test_a_meeting_has_people_when_it_is_over_and_neither_people_nor_minutes_before(
    attended: dict[Attending, int], minutes: str, ahead: bool
) -> None:
    came, written = sum(attended.values()), bool(minutes.strip())
    fine = not (came or written) if ahead else bool(came)

    try:
        check_meeting(
            title="会", held_at=LATER if ahead else EARLIER, attended=attended, minutes=minutes,
            now=NOW,
        )  # fmt: skip
    except RuleBroken:
        assert not fine
    else:
        assert fine


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "meeting_without_title"),
        ({"attended": {}}, "meeting_without_people"),
        ({"attended": {Attending.LEADERS: -1}}, "attendance_impossible"),
        ({"attended": {Attending.PARENTS: MOST_PEOPLE + 1}}, "attendance_impossible"),
        ({"held_at": LATER, "attended": {}, "minutes": "记录"}, "minutes_too_early"),
        ({"held_at": LATER}, "attendance_too_early"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    plain: dict[str, object] = {
        "title": "会", "held_at": EARLIER, "attended": {Attending.LEADERS: 3}, "minutes": "",
    }  # fmt: skip
    with pytest.raises(RuleBroken, match=code):
        check_meeting(**{**plain, **changes}, now=NOW)  # type: ignore[arg-type]


def test_each_kind_of_unit_holds_its_own_kinds_of_meetings() -> None:
    check_kind(Kind.PARENTS, UnitKind.CLASS)
    check_kind(Kind.PRINCIPALS, UnitKind.SECTOR)
    for kind, unit in (
        (Kind.LEADERS, UnitKind.CLASS),
        (Kind.PRINCIPALS, UnitKind.SCHOOL),
        (Kind.STAFF, UnitKind.GRADE),
    ):
        with pytest.raises(RuleBroken, match="meeting_wrong_kind"):
            check_kind(kind, unit)
    assert set(FIRST_ROLE) == set(Kind)
    assert UnitKind.CLASS in KINDS_AT
    assert UnitKind.CLASS not in HOUSES


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": " "}, "follow_up_without_words"),
        ({"has_owner": False}, "follow_up_without_owner"),
        ({"due_on": None}, "follow_up_without_day"),
        ({"due_on": DAY - timedelta(days=1)}, "follow_up_due_past"),
    ],
)
def test_a_follow_up_needs_words_an_owner_and_a_day_to_come(
    changes: dict[str, object], code: str
) -> None:
    plain: dict[str, object] = {"what": "上报名单", "has_owner": True, "due_on": DAY}
    check_task(**plain, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=code):
        check_task(**{**plain, **changes}, now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "to", "said", "code"),
    [
        (State.DONE, State.DONE, "好了", "follow_up_settled"),
        (State.WITHDRAWN, State.DONE, "好了", "follow_up_settled"),
        (State.OPEN, State.OPEN, "好了", "follow_up_stays_open"),
        (State.OPEN, State.DONE, " ", "follow_up_without_sentence"),
        (State.OPEN, State.WITHDRAWN, "", "follow_up_without_reason"),
    ],
)
def test_a_follow_up_ends_once_and_by_a_sentence(
    state: State, to: State, said: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_settling(state=state, to=to, said=said)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"with_whom": " "}, "talk_without_partner"),
        ({"held_at": LATER}, "talk_too_early"),
        ({"agreed": ""}, "talk_without_outcome"),
    ],
)
def test_a_talk_needs_a_partner_a_past_and_an_outcome(
    changes: dict[str, object], code: str
) -> None:
    plain: dict[str, object] = {"with_whom": "教育局", "held_at": EARLIER, "agreed": "支持"}
    check_talk(**plain, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=code):
        check_talk(**{**plain, **changes}, now=NOW)  # type: ignore[arg-type]


def test_what_was_held_is_not_called_off_and_nothing_is_without_a_reason() -> None:
    check_calling_off(held_at=LATER, people=0, reason="改期", now=NOW)
    check_calling_off(held_at=EARLIER, people=0, reason="没有开成", now=NOW)
    with pytest.raises(RuleBroken, match="meeting_was_held"):
        check_calling_off(held_at=EARLIER, people=3, reason="改期", now=NOW)
    with pytest.raises(RuleBroken, match="calling_off_without_reason"):
        check_calling_off(held_at=LATER, people=0, reason=" ", now=NOW)


@given(due=st.dates(date(2023, 1, 1), date(2024, 1, 1)), state=st.sampled_from(State))
def test_only_what_is_open_is_late_and_only_after_its_day(due: date, state: State) -> None:
    assert is_late(state, due, DAY) == (state is State.OPEN and due < DAY)
