"""Visits are told once, in time, by whoever helps; what is odd is a question (AID-2)."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from mingtian.care.rules import Area
from mingtian.core.errors import RuleBroken
from mingtian.pairs import actions, queries
from mingtian.pairs.access import get_pair_for, get_pair_to_arrange, get_visit_to_look_at
from mingtian.pairs.models import Pair, Visit
from mingtian.pairs.rules import Ending, Question, Way
from mingtian.pairs.tests.conftest import Scene, at, tell, told
from mingtian.testing.make import DAY, NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

SAME = "孩子今天作业写得很认真,晚饭也吃得好"


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=rf"\A{code}\b")


def asked(scene: Scene) -> list[tuple[Question, ...]]:
    with enter(scene.office, now=NOW + timedelta(days=5), purpose=Purpose.SUPERVISING) as door:
        return [row.questions for row in queries.list_questions(door)]


def test_a_visit_is_kept_once_however_often_it_is_sent(scene: Scene) -> None:
    pair = scene.pair()
    visit = told(note="一起读了课文", areas=[Area.STUDY])
    later = NOW + timedelta(days=1)
    assert tell(scene.helper, pair, visit) is True
    assert tell(scene.helper, pair, visit) is False
    with enter(scene.worker, now=later, purpose=Purpose.CASE_WORK) as door:
        actions.end_pair(door, get_pair_to_arrange(door, pair.public_id), Ending.REACHED)
    assert tell(scene.helper, pair, visit, later) is False, "Also after the pair has ended."
    with keep("look"):
        assert Visit.objects.count() == 1
        (kept,) = Visit.objects.all()
    assert "课文".encode() not in bytes(kept.note or b"")


def test_the_same_draft_told_otherwise_is_refused_and_the_first_stays(scene: Scene) -> None:
    pair = scene.pair()
    visit = told()
    tell(scene.helper, pair, visit)
    with refused("pair_visit_kept_already"):
        tell(scene.helper, pair, replace(visit, happened=replace(visit.happened, minutes=55)))
    other = scene.pair(scene.second)
    with refused("pair_visit_kept_already"):
        tell(scene.second, other, visit)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("pair_visit_in_future", {"began_at": NOW + timedelta(hours=1)}),
        ("pair_visit_too_early", {"began_at": NOW - timedelta(days=1)}),
        ("pair_minutes", {"minutes": 0}),
        ("pair_minutes", {"minutes": 601}),
    ],
)
def test_a_visit_that_cannot_have_been_is_refused(
    scene: Scene, code: str, change: dict[str, object]
) -> None:
    pair = scene.pair()
    visit = told()
    happened = replace(visit.happened, **change)  # type: ignore[arg-type]
    with refused(code):
        tell(scene.helper, pair, replace(visit, happened=happened))
    with keep("look"):
        assert not Visit.objects.exists()


def test_after_the_end_nothing_is_taken_and_it_is_said_why(scene: Scene) -> None:
    pair = scene.pair()
    later = NOW + timedelta(days=1)
    with enter(scene.worker, now=later, purpose=Purpose.CASE_WORK) as door:
        actions.end_pair(door, get_pair_to_arrange(door, pair.public_id), Ending.TERM)
    with refused("pair_visit_after_end"):
        tell(scene.helper, pair, told(later), later)
    with refused("pair_over"):
        tell(scene.helper, pair, told(), later)
    with pytest.raises(Http404):
        tell(scene.second, pair, told(), later)


def test_a_child_whose_file_was_closed_is_not_open_to_the_helper(scene: Scene) -> None:
    from mingtian.children.access import get_child_for
    from mingtian.vault.actions import set_state
    from mingtian.vault.rules import FileState

    pair = scene.pair()
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        set_state(door, scene.child.id, FileState.CLOSED)
    with refused("pair_not_open"):
        tell(scene.helper, pair, told())
    with (
        refused("pair_file_closed"),
        enter(scene.office, now=NOW, purpose=Purpose.SUPERVISING) as door,
    ):
        spec = actions.PairSpec(helper_id=scene.second.pk)
        actions.start_pair(door, get_child_for(door, scene.child.public_id), spec)


def test_too_long_a_note_or_goal_is_refused(scene: Scene) -> None:
    pair = scene.pair()
    with refused("pair_note_long"):
        tell(scene.helper, pair, told(note="长" * 1001))
    with refused("pair_goal_long"), enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.set_goals(door, get_pair_for(door, pair.public_id), {Area.HABITS: "长" * 201})


def test_what_is_odd_is_asked_about_and_a_try_is_not(scene: Scene) -> None:
    pair = scene.pair()
    now = at(DAY + timedelta(days=3), 23)
    day = DAY + timedelta(days=2)
    tell(scene.helper, pair, told(at(day, 9), 5, made=False), now)
    assert asked(scene) == []
    tell(scene.helper, pair, told(at(day, 9), 5), now)
    assert asked(scene) == [(Question.QUICK,)]
    tell(scene.helper, pair, told(at(day, 10), 5, way=Way.TELEPHONE), now)
    assert len(asked(scene)) == 1
    tell(scene.helper, pair, told(at(day, 12), 40, note=SAME), now)
    tell(scene.helper, pair, told(at(day, 12), 30, note=SAME + "。"), now)
    assert asked(scene)[0] == (Question.MANY, Question.OVERLAP, Question.SAME_WORDS)
    tell(scene.helper, pair, told(at(DAY + timedelta(days=3), 22)), now)
    assert asked(scene)[0] == (Question.OFF_HOURS,)


def test_a_question_that_was_asked_is_off_the_list_and_helpers_see_none(scene: Scene) -> None:
    pair = scene.pair()
    visit = told(minutes=5)
    tell(scene.helper, pair, visit)
    with enter(scene.office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        row = get_visit_to_look_at(door, visit.own)
        actions.look_at(door, row)
        actions.look_at(door, row)
    assert asked(scene) == []


def test_nobody_changes_what_was_told_and_nobody_tells_for_others(scene: Scene) -> None:
    from django.db import DatabaseError, connection, transaction

    pair = scene.pair()
    tell(scene.helper, pair, told())
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE pairs_visit SET minutes = 1")
        with pytest.raises(DatabaseError), transaction.atomic():
            Visit.objects.create(
                own=uuid4(), pair_id=pair.pk, child_id=scene.child.id, by=scene.helper,
                began_at=NOW, minutes=5, way="home", made=True, received_at=NOW,
            )  # fmt: skip
    with keep("forge"), pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.update(minutes=1)


def test_hours_are_of_visits_made_also_of_pairs_that_ended(scene: Scene) -> None:
    pair = scene.pair()
    tell(scene.helper, pair, told(minutes=40))
    tell(scene.helper, pair, told(NOW - timedelta(hours=3), made=False))
    with enter(scene.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.end_pair(door, get_pair_to_arrange(door, pair.public_id), Ending.WISH)
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        (year,) = queries.list_hours(door)
        assert (year.visits, year.minutes) == (1, 40)
        assert not Pair.objects.exists()
