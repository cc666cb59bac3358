"""A class watches together (CAM-4): opened, counted, corrected, ticked, closed."""

from datetime import datetime, timedelta

import pytest

from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.actions.gatherings import (
    count_heads,
    drop_gathering,
    open_gathering,
    tick_present,
)
from mingtian.attendance.models import Gathering
from mingtian.attendance.queries import recount
from mingtian.attendance.queries.by_hand import find_gathering, list_notes_at
from mingtian.attendance.rules import How
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, make_person

MINUTE_20 = STARTS + timedelta(minutes=20)


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


def begin(evening: Evening, now: datetime = MINUTE_20) -> Gathering:
    return open_gathering(
        lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk, now=now, actor=ACTOR
    )


def count(evening: Evening, heads: int, now: datetime = MINUTE_20) -> Gathering:
    return count_heads(
        lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk, heads=heads,
        now=now, actor=ACTOR,
    )  # fmt: skip


def tick(evening: Evening, *children: int) -> int:
    return tick_present(
        lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk,
        person_ids=[evening.pupils[each].pk for each in children], now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip


def ticked(evening: Evening) -> set[int]:
    ids = [each.pk for each in evening.pupils]
    return set(list_notes_at(lecture_id=evening.lecture.pk, person_ids=ids))


def heads(evening: Evening) -> int | None:
    row = find_gathering(lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk)
    return row.heads if row else None


def test_heads_are_counted_and_corrected_until_the_closing(evening: Evening) -> None:
    begin(evening)
    count(evening, 41)
    count(evening, 43, evening.lecture.closes_at - timedelta(seconds=1))

    assert heads(evening) == 43
    assert recount(evening.lecture.pk) == {}
    last = AuditEntry.objects.filter(action="attendance.heads_counted").latest("pk")
    assert (last.detail["heads"], last.detail["earlier"]) == (43, 41)
    with pytest.raises(RuleBroken, match="gathering_after_closing"):
        count(evening, 44, evening.lecture.closes_at)


def test_opening_twice_opens_once(evening: Evening) -> None:
    assert begin(evening).pk == begin(evening, MINUTE_20 + timedelta(minutes=1)).pk
    assert AuditEntry.objects.filter(action="attendance.gathering_opened").count() == 1


def test_before_the_doors_nothing_is_opened(evening: Evening) -> None:
    with pytest.raises(RuleBroken, match="lecture_ahead"):
        begin(evening, evening.lecture.doors_at - timedelta(seconds=1))


def test_only_classes_of_the_campaign_gather(evening: Evening) -> None:
    for unit in (evening.tree.village, evening.tree.far_class):
        with pytest.raises(RuleBroken, match="class_not_invited"):
            open_gathering(
                lecture_id=evening.lecture.pk, unit_id=unit.pk, now=MINUTE_20, actor=ACTOR
            )


def test_heads_need_an_open_viewing(evening: Evening) -> None:
    with pytest.raises(RuleBroken, match="gathering_missing"):
        count(evening, 10)


@pytest.mark.parametrize("number", [0, -1, 501])
def test_a_room_holds_one_to_five_hundred(evening: Evening, number: int) -> None:
    begin(evening)

    with pytest.raises(RuleBroken, match="heads_out_of_range"):
        count(evening, number)


def test_ticks_become_notes_and_go_again(evening: Evening) -> None:
    begin(evening)

    assert tick(evening, 0, 1, 2) == 3
    assert tick(evening, 1, 2, 3) == 2

    assert ticked(evening) == {evening.pupils[each].pk for each in (1, 2, 3)}


def test_a_tick_leaves_a_note_of_another_kind_alone(evening: Evening) -> None:
    child = evening.pupils[0]
    note_by_hand(
        person_id=child.pk, lecture_id=evening.lecture.pk, how=How.TELEPHONE,
        now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip
    begin(evening)

    assert tick(evening, 0) == 0
    assert tick(evening) == 0

    notes = list_notes_at(lecture_id=evening.lecture.pk, person_ids=[child.pk])
    assert notes[child.pk].how is How.TELEPHONE


def test_ticks_and_heads_may_not_contradict_each_other(evening: Evening) -> None:
    begin(evening)
    tick(evening, 0, 1, 2)

    with pytest.raises(RuleBroken, match="heads_below_ticks"):
        count(evening, 2)
    count(evening, 3)
    with pytest.raises(RuleBroken, match="ticks_above_heads"):
        tick(evening, 0, 1, 2, 3)


def test_a_child_of_another_class_cannot_be_ticked(evening: Evening) -> None:
    begin(evening)
    other = make_person(evening.tree.class_two, "1", "沈思远")

    with pytest.raises(RuleBroken, match="person_not_invited"):
        tick_present(
            lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk,
            person_ids=[other.pk], now=MINUTE_20, actor=ACTOR,
        )  # fmt: skip


def test_a_viewing_opened_by_mistake_goes_with_its_ticks(evening: Evening) -> None:
    begin(evening)
    tick(evening, 0, 1)

    where = {"lecture_id": evening.lecture.pk, "unit_id": evening.tree.class_one.pk}
    assert drop_gathering(**where, now=MINUTE_20, actor=ACTOR)
    assert not drop_gathering(**where, now=MINUTE_20, actor=ACTOR)

    assert ticked(evening) == set()
    assert find_gathering(**where) is None
