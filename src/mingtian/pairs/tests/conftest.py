"""The small world: a case worker of the village, two helpers of the town and one of the school."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from mingtian.children.access import get_child_for
from mingtian.children.actions import Registered
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.pairs import actions
from mingtian.pairs.access import get_pair_to_arrange
from mingtian.pairs.actions import PairSpec, Told
from mingtian.pairs.models import Pair
from mingtian.pairs.rules import Happened, Kind, Way
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child, make_worker
from mingtian.testing.make import DAY, NOW, Tree, make_tree
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Who meets in these tests."""

    tree: Tree
    worker: User
    office: User
    helper: User
    second: User
    far: User
    child: Registered

    def vet(self, user: User, checked_on: date = DAY, now: datetime = NOW) -> None:
        with enter(self.office, now=now, purpose=Purpose.SUPERVISING) as door:
            actions.note_vetting(door, user.username, kind=Kind.FIVE_OLD, checked_on=checked_on)

    def pair(
        self, user: User | None = None, *, now: datetime = NOW, by: User | None = None,
        **said: object,
    ) -> Pair:  # fmt: skip
        helper = user or self.helper
        with enter(by or self.worker, now=now, purpose=Purpose.CASE_WORK) as door:
            child = get_child_for(door, self.child.public_id)
            spec = PairSpec(helper_id=helper.pk, **said)  # type: ignore[arg-type]
            return actions.start_pair(door, child, spec)


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def scene(tree: Tree) -> Scene:
    return make_scene(tree)


def make_scene(tree: Tree) -> Scene:
    worker = make_worker(tree.village)
    scene = Scene(
        tree=tree, worker=worker,
        office=make_staff("office", tree.town, Role.OFFICE),
        helper=make_staff("helper", tree.town, Role.HELPER),
        second=make_staff("second", tree.five_old, Role.HELPER),
        far=make_staff("far", tree.far_school, Role.HELPER),
        child=make_child(
            worker, tree.village, tree.school, consents=[ConsentPurpose.HELPING]
        ),
    )  # fmt: skip
    scene.vet(scene.helper)
    scene.vet(scene.second)
    return scene


def told(
    began: datetime = NOW - timedelta(hours=1), minutes: int = 40, *, way: Way = Way.HOME,
    made: bool = True, **said: object,
) -> Told:  # fmt: skip
    """A visit that ended twenty minutes ago."""
    happened = Happened(began_at=began, minutes=minutes, way=way, made=made)
    return Told(own=uuid4(), happened=happened, **said)  # type: ignore[arg-type]


def tell(user: User, pair: Pair, visit: Told, now: datetime = NOW) -> bool:
    with enter(user, now=now, purpose=Purpose.HELPING) as door:
        return actions.tell_visit(door, pair.public_id, visit)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def arrange(
    scene: Scene, pair: Pair, do: Callable[..., object], now: datetime = NOW, **said: object
) -> None:
    with enter(scene.worker, now=now, purpose=Purpose.CASE_WORK) as door:
        do(door, get_pair_to_arrange(door, pair.public_id), **said)


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=rf"\A{code}\b")
