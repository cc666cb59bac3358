"""A family's question about an evening and its answer (CER-1)."""

from datetime import timedelta
from functools import partial

import pytest
from django.http import Http404

from mingtian.attendance.actions.appeals import (
    LONGEST_TEXT,
    Answer,
    answer_appeal,
    open_appeal,
    read_appeals,
)
from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.models import Appeal
from mingtian.attendance.queries.appeals import count_open_appeals, list_appeals_of
from mingtian.attendance.queries.by_hand import list_notes_of
from mingtian.attendance.rules import AppealState, How
from mingtian.campaigns.models import Campaign
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import unit_rows
from mingtian.people.models import Departed
from mingtian.testing.cast import make_cast
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, DAY, make_teachers

MORNING = STARTS + timedelta(days=1)
FAMILY = "household:test"


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


def ask(evening: Evening, text: str = "我们看了，手机没电了。", child: int = 0) -> Appeal:
    return open_appeal(
        person_id=evening.pupils[child].pk, lecture_id=evening.lecture.pk, text=text,
        now=MORNING, actor=FAMILY,
    )  # fmt: skip


def test_the_text_is_sealed_and_the_family_reads_it(evening: Evening) -> None:
    ask(evening)

    stored = bytes(Appeal.objects.get().text_sealed)
    assert "手机".encode() not in stored
    [row] = list_appeals_of([evening.pupils[0].pk])
    assert (row.text, row.state, row.answer) == ("我们看了，手机没电了。", AppealState.OPEN, "")


def test_one_open_question_for_a_person_and_lecture(evening: Evening) -> None:
    first = ask(evening)

    with pytest.raises(RuleBroken, match="appeal_open_already"):
        ask(evening)
    answer_appeal(
        appeal_id=first.pk,
        answer=Answer(granted=False, text="请再说明。"),
        now=MORNING,
        actor=ACTOR,
    )
    ask(evening)

    lectures = [evening.lecture.pk]
    assert count_open_appeals(unit_id=evening.tree.class_one.pk, lecture_ids=lectures) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  \n ", "appeal_empty"),
        ("长" * (LONGEST_TEXT + 1), "appeal_too_long"),
        ("坏\x00字", "appeal_unprintable"),
        ("请打 138 1234 5678", "appeal_holds_number"),
        ("那天是18 13812345678 找我", "appeal_holds_number"),
        ("证件 231321198001011234", "appeal_holds_number"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(evening: Evening, text: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        ask(evening, text)
    assert Appeal.objects.count() == 0


def test_three_hundred_characters_are_welcome(evening: Evening) -> None:
    assert ask(evening, "长" * LONGEST_TEXT).pk


def test_a_granted_question_leaves_a_note_after_the_closing(evening: Evening) -> None:
    asked = ask(evening)

    answer_appeal(
        appeal_id=asked.pk, answer=Answer(granted=True, text="好的。"),
        now=evening.lecture.closes_at + timedelta(days=1), actor=ACTOR,
    )  # fmt: skip

    [row] = list_appeals_of([evening.pupils[0].pk])
    assert (row.state, row.answer) == (AppealState.GRANTED, "好的。")
    assert [note.how for note in list_notes_of([evening.pupils[0].pk])] == [How.OTHER_SCREEN]


def test_a_question_asked_in_time_is_granted_after_the_campaign(evening: Evening) -> None:
    asked = ask(evening)
    Campaign.objects.update(state="closed")

    answer_appeal(appeal_id=asked.pk, answer=Answer(granted=True), now=MORNING, actor=ACTOR)

    assert len(list_notes_of([evening.pupils[0].pk])) == 1
    with pytest.raises(RuleBroken, match="notes_after_campaign"):
        ask(evening, child=1)


def test_who_is_noted_already_gets_no_second_note(evening: Evening) -> None:
    note_by_hand(
        person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, how=How.PAPER,
        now=STARTS, actor=ACTOR,
    )  # fmt: skip
    asked = ask(evening)

    answer_appeal(appeal_id=asked.pk, answer=Answer(granted=True), now=MORNING, actor=ACTOR)

    assert [note.how for note in list_notes_of([evening.pupils[0].pk])] == [How.PAPER]


def test_a_declined_question_needs_words_and_is_answered_once(evening: Evening) -> None:
    asked = ask(evening)

    with pytest.raises(RuleBroken, match="answer_missing"):
        answer_appeal(appeal_id=asked.pk, answer=Answer(granted=False), now=MORNING, actor=ACTOR)
    declined = Answer(granted=False, text="当晚没有收看记录，请看回看。")
    answer_appeal(appeal_id=asked.pk, answer=declined, now=MORNING, actor=ACTOR)
    with pytest.raises(RuleBroken, match="appeal_answered"):
        answer_appeal(appeal_id=asked.pk, answer=Answer(granted=True), now=MORNING, actor=ACTOR)

    assert list_notes_of([evening.pupils[0].pk]) == []


def test_before_the_doors_there_is_nothing_to_ask_about(evening: Evening) -> None:
    with pytest.raises(RuleBroken, match="lecture_ahead"):
        open_appeal(
            person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, text="问",
            now=evening.lecture.doors_at - timedelta(minutes=1), actor=FAMILY,
        )  # fmt: skip


def test_a_family_that_withdrew_is_told_how_to_come_back(evening: Evening) -> None:
    Departed.objects.create(person=evening.pupils[0].pk, household=1, at=MORNING)

    with pytest.raises(RuleBroken, match="family_withdrew"):
        ask(evening)


def test_staff_have_no_class_teacher_to_ask(evening: Evening) -> None:
    Campaign.objects.update(kinds=[1, 5])
    [teacher] = make_teachers(evening.tree.teachers, 1)

    with pytest.raises(RuleBroken, match="appeal_without_class"):
        open_appeal(
            person_id=teacher.pk, lecture_id=evening.lecture.pk, text="问", now=MORNING,
            actor=FAMILY,
        )  # fmt: skip


def test_the_class_teacher_reads_and_leaves_a_trail_others_find_nothing(evening: Evening) -> None:
    cast = make_cast(evening.tree)
    unit = unit_rows([evening.tree.class_one.pk], DAY)[evening.tree.class_one.pk]
    read = partial(read_appeals, unit=unit, lecture_ids=[evening.lecture.pk], now=MORNING)
    assert read(user=cast.teacher) == []
    ask(evening)

    [row] = read(user=cast.teacher)

    assert row.text == "我们看了，手机没电了。"
    assert AuditEntry.objects.filter(action="attendance.appeals_read", actor="teacher").count() == 1
    for stranger in (cast.principal, cast.office, cast.outsider):
        with pytest.raises(Http404):
            read(user=stranger)
