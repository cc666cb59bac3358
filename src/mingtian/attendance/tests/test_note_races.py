"""Two at once: one note, one answer, one decision, whoever comes first."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection, transaction

from mingtian.attendance.actions.appeals import Answer, answer_appeal, open_appeal
from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.actions.gatherings import (
    drop_gathering,
    open_gathering,
    tick_present,
)
from mingtian.attendance.models import Appeal, ByHand, Gathering
from mingtian.attendance.rules import How
from mingtian.core.errors import RuleBroken
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.models import Standing
from mingtian.people.rules import StandingState
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, DAY

MINUTE_20 = STARTS + timedelta(minutes=20)
AT_ONCE = 4


@pytest.fixture
def evening(transactional_db: None) -> Evening:
    return make_evening()


def together(act: Callable[[], object]) -> list[str]:
    """Act in several threads at once; return the codes of those who were refused."""
    start, refused = threading.Barrier(AT_ONCE), []

    def run() -> None:
        try:
            start.wait(10)
            act()
        except RuleBroken as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


def test_one_of_several_notes_stands(evening: Evening) -> None:
    refused = together(
        lambda: note_by_hand(
            person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, how=How.PAPER,
            now=MINUTE_20, actor=ACTOR,
        )
    )  # fmt: skip

    assert refused == ["noted_already"] * (AT_ONCE - 1)
    assert ByHand.objects.count() == 1


def test_a_family_that_presses_twice_asks_once(evening: Evening) -> None:
    refused = together(
        lambda: open_appeal(
            person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, text="问",
            now=MINUTE_20, actor=ACTOR,
        )
    )  # fmt: skip

    assert refused == ["appeal_open_already"] * (AT_ONCE - 1)
    assert Appeal.objects.count() == 1


def test_a_question_is_answered_once(evening: Evening) -> None:
    asked = open_appeal(
        person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, text="问",
        now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip

    refused = together(
        lambda: answer_appeal(
            appeal_id=asked.pk, answer=Answer(granted=True), now=MINUTE_20, actor=ACTOR
        )
    )

    assert refused == ["appeal_answered"] * (AT_ONCE - 1)
    assert ByHand.objects.count() == 1


def test_a_class_gathers_once(evening: Evening) -> None:
    refused = together(
        lambda: open_gathering(
            lecture_id=evening.lecture.pk, unit_id=evening.tree.class_one.pk,
            now=MINUTE_20, actor=ACTOR,
        )
    )  # fmt: skip

    assert refused == []
    assert Gathering.objects.count() == 1


def test_a_viewing_taken_back_takes_ticks_under_way_with_it(evening: Evening) -> None:
    """Else a child would stay noted "in class" with no viewing left to take the note back in."""
    lecture, unit = evening.lecture.pk, evening.tree.class_one.pk
    open_gathering(lecture_id=lecture, unit_id=unit, now=MINUTE_20, actor=ACTOR)
    child = evening.pupils[0].pk
    process: list[int] = []

    def drop() -> None:
        with closing(connection):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                process.append(cursor.fetchone()[0])
            drop_gathering(lecture_id=lecture, unit_id=unit, now=MINUTE_20, actor=ACTOR)

    other = threading.Thread(target=drop)
    with transaction.atomic():
        tick_present(
            lecture_id=lecture, unit_id=unit, person_ids=[child], now=MINUTE_20, actor=ACTOR
        )
        other.start()
        wait_until_blocked(process)
    other.join(30)

    assert not Gathering.objects.exists()
    assert not ByHand.objects.filter(undone_at=None).exists()


def wait_until_blocked(process: list[int]) -> None:
    """Return once the process that will be named here waits for somebody's lock."""
    late = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < late:
            if process:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [process[0]])
                if cursor.fetchone()[0]:
                    return
    raise AssertionError("nobody waited")


def test_the_same_decision_from_two_sides_is_one(evening: Evening) -> None:
    decision = Decision(state=StandingState.UNWILLING, starts_on=DAY)

    refused = together(
        lambda: decide_standing(
            person_id=evening.pupils[0].pk, decision=decision, now=MINUTE_20, actor=ACTOR
        )
    )

    assert refused == []
    assert Standing.objects.count() == 1
