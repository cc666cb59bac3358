"""Evenings on which schools count what they usually do, or less."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import translation

from mingtian.campaigns.models import Lecture
from mingtian.closings.actions import confirm as confirm_day
from mingtian.closings.queries import DayRow, find_day
from mingtian.core.actor import Actor
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import Role
from mingtian.supervision.actions import look
from mingtian.supervision.models import ContactTask
from mingtian.supervision.rules import Stage
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import Evening, make_evening

BY = Actor(username="system:test")
USUAL = 200
EVENINGS = 4


@dataclass
class Week:
    """Evenings of a campaign; the last is tonight. ``tonight`` has numbers where a test put some."""

    evening: Evening
    lectures: list[Lecture]
    people: dict[str, User] = field(default_factory=dict)

    @property
    def lecture(self) -> Lecture:
        return self.lectures[-1]

    @property
    def day(self) -> DayRow:
        found = find_day(self.lecture.pk)
        assert found is not None
        return found

    def at(self, minutes: int) -> datetime:
        """Return the instant so many minutes after tonight's start."""
        return self.lecture.starts_at + timedelta(minutes=minutes)

    @property
    def over(self) -> datetime:
        return self.lecture.ends_at + timedelta(minutes=15)

    @property
    def late(self) -> datetime:
        """A minute past the hour by which schools confirm."""
        return self.at(91)

    def row(self, unit: Unit) -> UnitRow:
        return unit_rows([unit.pk], self.lecture.held_on)[unit.pk]

    def count(self, unit: Unit, persons: int, lecture: Lecture | None = None) -> None:
        """Count so many pupils, who watched every minute."""
        curve = sum(persons * 10 ** (8 * slot) for slot in range(60))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO attendance_tally (lecture, unit, kind, arrived, curve)"
                " VALUES (%s, %s, 1, %s, %s) ON CONFLICT (lecture, unit, kind)"
                " DO UPDATE SET arrived = excluded.arrived, curve = excluded.curve",
                [(lecture or self.lecture).pk, unit.pk, persons, curve],
            )

    def confirm(self, unit: Unit, now: datetime | None = None) -> None:
        path = ".".join(map(str, path_on(unit.pk, self.lecture.held_on)))
        confirm_day(day=self.day, unit=self.row(unit), path=path, by=BY, now=now or self.over)

    def person(self, name: str, unit: Unit, role: Role) -> User:
        """Return somebody with a post, made when first asked for."""
        if name not in self.people:
            self.people[name] = make_staff(name, unit, role)
        return self.people[name]

    def actor(self, name: str, unit: Unit, role: Role) -> Actor:
        user = self.person(name, unit, role)
        return Actor(username=user.username, user_id=user.pk)

    @property
    def county_office(self) -> Actor:
        return self.actor("county", self.evening.tree.county, Role.OFFICE)

    def fall(self, to: int = 90) -> ContactTask:
        """Let the school's number fall and be noticed; return the county's task."""
        self.count(self.evening.tree.class_one, to)
        look(day=self.day, stage=Stage.FINAL, now=self.over)
        return ContactTask.objects.get(about=self.evening.tree.school)


def make_week() -> Week:
    """Each of the earlier evenings had 200 persons in Class 1; 300 in the other school; 2,500 far."""
    evening = make_evening()
    tree = evening.tree
    first = evening.lecture
    lectures = [first]
    for number in range(1, EVENINGS):
        step = timedelta(days=number)
        lectures.append(
            Lecture.objects.create(
                campaign=evening.campaign, number=1 + number, held_on=first.held_on + step,
                title="下一讲", doors_at=first.doors_at + step, starts_at=first.starts_at + step,
                ends_at=first.ends_at + step, closes_at=first.closes_at + step,
            )
        )  # fmt: skip
    week = Week(evening, lectures)
    for number, lecture in enumerate(lectures):
        week.count(tree.class_one, USUAL + number, lecture)
        week.count(tree.other_class, 300 - number, lecture)
        week.count(tree.far_class, 2_500, lecture)
        week.count(tree.village, 12, lecture)
        # So many in the town that one school alone does not move its county.
        week.count(tree.five_old, 2_000, lecture)
    return week


@pytest.fixture
def week(db: None) -> Week:
    return make_week()


@pytest.fixture
def cast(week: Week) -> Cast:
    return make_cast(week.evening.tree)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def now(week: Week, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: week.over)
    return week.over


@pytest.fixture
def county(client: Client, week: Week, now: datetime) -> Client:
    client.force_login(week.person("county", week.evening.tree.county, Role.OFFICE))
    return client
