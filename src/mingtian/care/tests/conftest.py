"""A village with a case worker, its town's and county's offices, a school with a counsellor, a child."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.care import access, actions
from mingtian.care.actions import Draft, Told, Wanted
from mingtian.care.models import Case
from mingtian.care.rules import Area
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose

POINTS = {
    "guardianship": 2, "safety": 1, "living": 1, "schooling": 2, "health": 0, "feelings": 1
}  # fmt: skip
GOALS = {Area.STUDY: "每晚读半小时", Area.FEELINGS: "每周与母亲视频"}
TODAY = day_of(NOW)


@dataclass
class County:
    """The people of the tests and the child ``child`` (key) with the number ``number``."""

    tree: Tree
    worker: User
    town_worker: User
    far_worker: User
    town: User
    county: User
    counsellor: User
    child: int
    number: str
    people: dict[str, User] = field(default_factory=dict)

    def enter(
        self, user: User, *, now: datetime = NOW, purpose: Purpose = Purpose.CASE_WORK
    ) -> AbstractContextManager[Door]:
        return enter(user, now=now, purpose=purpose)

    def person(self, name: str, unit: Unit, role: Role) -> User:
        self.people.setdefault(name, make_staff(name, unit, role))
        return self.people[name]

    def open(self, *, now: datetime = NOW, watched: bool = False) -> Case:
        with self.enter(self.worker, now=now) as door:
            made = actions.open_case(door, access.get_child_for(door, self.number))
            if watched:
                place = access.get_case_for(door, made.public_id)
                actions.watch_contact(door, place, since=day_of(now))
        return made

    def act(
        self, user: User, case: Case, do: Callable[..., object], *args: object,
        now: datetime = NOW, **more: object,
    ) -> object:  # fmt: skip
        """Let a person act in a case, behind the door."""
        with self.enter(user, now=now) as door:
            return do(door, access.get_case_for(door, case.public_id), *args, **more)

    def assess(self, case: Case, *, now: datetime = NOW, **points: int) -> object:
        told = Told(points=POINTS | points, words="与祖母同住,父母在外打工", health="哮喘")
        return self.act(self.worker, case, actions.assess, told, now=now)

    def plan(self, case: Case, *, now: datetime = NOW) -> object:
        with self.enter(self.worker, now=now) as door:
            place = access.get_case_for(door, case.public_id)
            return actions.save_plan(door, place, draft(now), version=place.version)

    def approve(self, case: Case, *, now: datetime = NOW) -> None:
        from mingtian.care.models import Plan

        with self.enter(self.town, now=now) as door:
            place = access.get_case_for(door, case.public_id)
            actions.approve_plan(
                door, place, Plan.objects.filter(case_id=case.pk).latest("version")
            )

    def planned(self, *, now: datetime = NOW, watched: bool = False) -> Case:
        """Return a case with an approved plan."""
        case = self.open(now=now, watched=watched)
        self.assess(case, now=now)
        self.plan(case, now=now)
        self.approve(case, now=now)
        return case

    def service(self, case: Case, *, days: int = 10, now: datetime = NOW) -> object:
        wanted = Wanted(
            kind="schooling", area="study", due_on=day_of(now) + timedelta(days=days), words="辅导"
        )
        return self.act(self.worker, case, actions.add_service, wanted, now=now)

    def fresh(self, case: Case, user: User | None = None) -> Case:
        with self.enter(user or self.worker):
            return Case.objects.get(pk=case.pk)


def draft(now: datetime = NOW, **more: object) -> Draft:
    values: dict[str, object] = {
        "goals": GOALS, "agreed": "guardian", "agreed_on": day_of(now),
        "review_on": day_of(now) + timedelta(days=90),
    }  # fmt: skip
    return Draft(**{**values, **more})  # type: ignore[arg-type]


def make_county(
    consents: tuple[ConsentPurpose, ...] = (ConsentPurpose.CASE_WORK, ConsentPurpose.COUNSELLING),
    **said: object,
) -> County:
    """Make the county; ``said`` of its child as for ``testing.children.make_child``."""
    tree = make_tree()
    worker = make_staff("worker", tree.village, Role.CASE_WORKER)
    child = make_child(worker, tree.village, tree.school, consents=consents, **said)  # type: ignore[arg-type]
    return County(
        tree=tree, worker=worker,
        town_worker=make_staff("town-worker", tree.town, Role.CASE_WORKER),
        far_worker=make_staff("far-worker", tree.far_county, Role.CASE_WORKER),
        town=make_staff("town", tree.town, Role.OFFICE),
        county=make_staff("county", tree.county, Role.OFFICE),
        counsellor=make_staff("counsellor", tree.school, Role.COUNSELLOR),
        child=child.id, number=child.public_id,
    )  # fmt: skip


@pytest.fixture
def county(db: None) -> County:
    return make_county()


@pytest.fixture
def english(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client that reads English, at the hour of the small world."""
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
