"""An evening that is over, with numbers in its tallies."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import connection

from mingtian.campaigns.models import Denominator, Lecture
from mingtian.closings.actions import Wish, confirm, correct, freeze
from mingtian.closings.models import Confirmation, Correction
from mingtian.closings.queries import ClosingRow, DayRow, find_day
from mingtian.closings.rules import Column
from mingtian.core.actor import Actor
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.evening import Evening, make_evening

BY = Actor(username="system:test")
PUPIL, MOTHER = 1, 2


@dataclass
class Night:
    """The evening with what tests ask of it again and again."""

    evening: Evening
    _days: dict[int, DayRow] = field(default_factory=dict)

    @property
    def day(self) -> DayRow:
        return self.day_of(self.evening.lecture)

    @property
    def over(self) -> datetime:
        """Ten minutes after the lecture's end."""
        return self.evening.lecture.ends_at + timedelta(minutes=10)

    @property
    def closed(self) -> datetime:
        """When no phone may come any more."""
        return self.evening.lecture.closes_at

    def day_of(self, lecture: Lecture) -> DayRow:
        found = find_day(lecture.pk)
        assert found is not None
        return found

    def row(self, unit: Unit) -> UnitRow:
        return unit_rows([unit.pk], self.day.held_on)[unit.pk]

    def path(self, unit: Unit) -> str:
        return ".".join(map(str, path_on(unit.pk, self.day.held_on)))

    def count(
        self, unit: Unit, arrived: int, completed: int = 0, kind: int = PUPIL, slots: int = 0
    ) -> None:
        """Add to a tally, as the merge statement would."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO attendance_tally AS t (lecture, unit, kind, arrived, completed, slots)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (lecture, unit, kind) DO UPDATE"
                " SET arrived = t.arrived + excluded.arrived,"
                " completed = t.completed + excluded.completed, slots = t.slots + excluded.slots",
                [self.evening.lecture.pk, unit.pk, kind, arrived, completed, slots],
            )

    def expect(self, unit: Unit, persons: int, kind: int = PUPIL) -> None:
        """Freeze a denominator."""
        Denominator.objects.create(
            campaign=self.evening.campaign, unit=unit, kind=kind, persons=persons
        )

    def confirm(self, unit: Unit, now: datetime | None = None) -> Confirmation:
        return confirm(
            day=self.day, unit=self.row(unit), path=self.path(unit), by=BY, now=now or self.over
        )

    def correct(
        self, unit: Unit, new: int, *, column: str = "arrived", now: datetime | None = None,
        kind: int = PUPIL, reason: str = "no_network", note: str = "",
    ) -> Correction:  # fmt: skip
        wish = Wish(kind=kind, column=Column(column), new=new, reason=reason, note=note)
        row = self.row(unit)
        return correct(day=self.day, unit=row, wish=wish, by=BY, now=now or self.over)

    def freeze(self, now: datetime | None = None) -> ClosingRow:
        return freeze(day=self.day, by=BY, now=now or self.closed)

    def next_day(self) -> Lecture:
        """Add the lecture of the following evening."""
        first, step = self.evening.lecture, timedelta(days=1)
        return Lecture.objects.create(
            campaign=self.evening.campaign, number=first.number + 1, held_on=first.held_on + step,
            title="第二讲", doors_at=first.doors_at + step, starts_at=first.starts_at + step,
            ends_at=first.ends_at + step, closes_at=first.closes_at + step,
        )  # fmt: skip


@pytest.fixture
def night(db: None) -> Night:
    return make_night()


@pytest.fixture
def cast(night: Night) -> Cast:
    return make_cast(night.evening.tree)


def make_night() -> Night:
    """Ten pupils are expected in Class 1, eight came, six of them to the end, with five mothers."""
    night = Night(make_evening())
    tree = night.evening.tree
    night.expect(tree.class_one, 10)
    night.expect(tree.class_two, 12)
    night.count(tree.class_one, 8, 6)
    night.count(tree.class_one, 5, 4, kind=MOTHER)
    night.count(tree.class_one, 7, kind=101)
    return night
