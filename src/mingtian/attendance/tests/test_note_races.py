"""Two at once: one note, one answer, one decision, whoever comes first."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from mingtian.attendance.actions.appeals import Answer, answer_appeal, open_appeal
from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.actions.gatherings import open_gathering
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


def test_the_same_decision_from_two_sides_is_one(evening: Evening) -> None:
    decision = Decision(state=StandingState.UNWILLING, starts_on=DAY)

    refused = together(
        lambda: decide_standing(
            person_id=evening.pupils[0].pk, decision=decision, now=MINUTE_20, actor=ACTOR
        )
    )

    assert refused == []
    assert Standing.objects.count() == 1
