"""Two at once: the same two are paired once, the same draft is kept once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from mingtian.care.rules import Area
from mingtian.core.errors import RuleBroken
from mingtian.pairs import actions
from mingtian.pairs.access import get_pair_to_write
from mingtian.pairs.models import Goal, Pair, Visit
from mingtian.pairs.tests.conftest import make_scene, tell, told
from mingtian.testing.make import NOW, make_tree
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doing: Callable[[], object]) -> list[object]:
    """Let each run in a connection of its own, all from the same instant; return what came of it."""
    ready = threading.Barrier(len(doing))
    came: list[object] = [None] * len(doing)

    def run(place: int) -> None:
        try:
            ready.wait(10)
            came[place] = doing[place]()
        except RuleBroken as refusal:
            came[place] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(doing))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def test_two_who_pair_the_same_two_make_one_pair() -> None:
    scene = make_scene(make_tree())
    came = at_once(
        lambda: scene.pair(by=scene.office).public_id, lambda: scene.pair(by=scene.worker).public_id
    )
    assert came.count("pair_exists") == 1
    with keep("look"):
        assert Pair.objects.count() == 1


def test_a_draft_sent_twice_at_once_is_one_visit() -> None:
    scene = make_scene(make_tree())
    pair = scene.pair()
    visit = told(note="一起读了课文")
    came = at_once(
        lambda: tell(scene.helper, pair, visit, NOW), lambda: tell(scene.helper, pair, visit, NOW)
    )
    assert sorted(map(str, came)) == ["False", "True"]
    with keep("look"):
        assert Visit.objects.count() == 1


def test_two_who_agree_on_goals_at_once_leave_one_goal_in_each_area() -> None:
    scene = make_scene(make_tree())
    pair = scene.pair()

    def agree(text: str) -> int:
        with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
            return actions.set_goals(
                door, get_pair_to_write(door, pair.public_id), {Area.STUDY: text}
            )

    came = at_once(lambda: agree("每周读一本书"), lambda: agree("每天练字"))
    assert set(came) <= {1, "pair_goals_meanwhile"}
    with keep("look"):
        assert Goal.objects.filter(ended_at=None).count() == 1
