"""Meetings as they are entered, changed and called off; what documents are told (DOC-2, DOC-5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.meetings.actions import call_off, change, record
from mingtian.meetings.models import Meeting
from mingtian.meetings.queries import list_meetings, meetings_about
from mingtian.meetings.queries.meetings import Wanted, rows_of, search
from mingtian.meetings.rules import Attending, Kind
from mingtian.meetings.tests.conftest import BY, Desk, key, spec
from mingtian.testing.cast import make_cast
from mingtian.testing.make import DAY, NOW, make_tree

LATER = NOW + timedelta(days=2)


def test_a_meeting_keeps_who_came_by_role_and_the_trail_says_so(desk: Desk) -> None:
    made = desk.meet(
        desk.tree.county,
        kind=Kind.PRINCIPALS,
        attended={Attending.PRINCIPALS: 66, Attending.OTHERS: 0},
    )

    made.refresh_from_db()
    assert (made.attended, made.people) == ({"principals": 66}, 66)
    entry = AuditEntry.objects.get(action="meetings.recorded")
    assert entry.detail == {"unit": desk.tree.county.pk, "kind": "principals", "people": 66}


def test_the_same_form_sent_twice_makes_one_meeting(desk: Desk) -> None:
    once, school = key(), desk.row(desk.tree.school)

    first = record(unit=school, spec=spec(), once=once, by=BY, now=NOW)
    second = record(unit=school, spec=spec(), once=once, by=BY, now=NOW)

    assert first.pk == second.pk
    assert AuditEntry.objects.filter(action="meetings.recorded").count() == 1


def test_a_meeting_to_come_gets_its_people_when_it_is_over(desk: Desk) -> None:
    school = desk.row(desk.tree.school)
    made = desk.meet(desk.tree.school, held_at=LATER, attended={})
    assert list_meetings([school.id], day=DAY) == []

    over = LATER + timedelta(hours=1)
    held = spec(held_at=LATER, minutes="议定专人负责。")
    change(meeting_id=made.pk, unit=school, spec=held, revision=1, by=BY, now=over)

    (row,) = list_meetings([school.id], day=DAY)
    assert (row.people, row.has_minutes, row.kind_word) == (7, True, "Leaders' meeting")
    assert row.attended_words == [("leaders", 7)]


def test_minutes_keep_the_time_of_their_first_writing(desk: Desk) -> None:
    school = desk.row(desk.tree.school)
    made = desk.meet(desk.tree.school, minutes="初稿")

    changed = change(
        meeting_id=made.pk, unit=school, spec=spec(minutes="定稿"), revision=1, by=BY, now=LATER
    )

    assert (changed.minutes, changed.minutes_at) == ("定稿", NOW)


def test_whoever_was_slower_is_told_and_overwrites_nothing(desk: Desk) -> None:
    school = desk.row(desk.tree.school)
    made = desk.meet(desk.tree.school)
    change(meeting_id=made.pk, unit=school, spec=spec(minutes="甲写的"), revision=1, by=BY, now=NOW)

    with pytest.raises(RuleBroken, match="meeting_changed_meanwhile"):
        change(
            meeting_id=made.pk, unit=school, spec=spec(minutes="乙写的"), revision=1, by=BY, now=NOW
        )

    made.refresh_from_db()
    assert (made.minutes, made.revision) == ("甲写的", 2)


def test_what_is_called_off_stays_with_its_reason_and_changes_no_more(desk: Desk) -> None:
    school = desk.row(desk.tree.school)
    made = desk.meet(desk.tree.school, held_at=LATER, attended={})

    call_off(meeting_id=made.pk, reason="停电", by=BY, now=NOW)

    (row,) = rows_of(Meeting.objects.all(), DAY)
    assert row.called_off
    with pytest.raises(RuleBroken, match="meeting_called_off"):
        change(meeting_id=made.pk, unit=school, spec=spec(), revision=1, by=BY, now=LATER)
    with pytest.raises(RuleBroken, match="meeting_called_off"):
        call_off(meeting_id=made.pk, reason="停电", by=BY, now=NOW)


def test_a_document_of_others_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="meeting_document_unknown"):
        desk.meet(desk.tree.school, document="abcdefgh1234")


def test_nothing_is_about_a_document_that_nobody_met_about(desk: Desk) -> None:
    desk.meet(desk.tree.school)
    assert meetings_about([1], day=DAY) == {}


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({}, ["县会"]),
        ({"below": True}, ["校会", "县会"]),
        ({"below": True, "kind": Kind.STAFF}, ["校会"]),
        ({"below": True, "words": "礼堂 校"}, ["校会"]),
        ({"below": True, "words": "100%"}, []),
        ({"below": True, "words": "专管人员"}, ["县会"]),
        ({"below": True, "state": "open"}, ["县会"]),
        ({"below": True, "state": "late"}, []),
        ({"below": True, "state": "minutes"}, ["校会"]),
        ({"below": True, "state": "ahead"}, []),
    ],
)
def test_a_search_narrows_by_unit_kind_state_and_words(
    desk: Desk, wanted: dict[str, object], titles: list[str]
) -> None:
    county = desk.meet(
        desk.tree.county, title="县会", minutes="记录", held_at=NOW - timedelta(days=1)
    )
    desk.resolve(county, what="上报")
    desk.meet(desk.tree.school, title="校会", kind=Kind.STAFF, place="礼堂")
    desk.meet(desk.tree.far_county, title="北会")

    asked = Wanted(unit_id=desk.tree.county.pk, **wanted)  # type: ignore[arg-type]
    found = search(Meeting.objects.all(), asked, now=NOW, day=DAY)

    assert [row.title for row in rows_of(found, DAY)] == titles


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_meeting() -> None:
    tree = make_tree()
    desk = Desk(tree=tree, cast=make_cast(tree))
    once, school = key(), desk.row(tree.school)

    def click(_number: int) -> int:
        try:
            return record(unit=school, spec=spec(), once=once, by=BY, now=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(click, range(2)))

    assert made[0] == made[1]
    assert Meeting.objects.count() == 1
