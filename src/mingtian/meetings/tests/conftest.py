"""The small world, some meetings in it, and short words for what tests do again and again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest
from django.utils import translation

from mingtian.core.actor import Actor
from mingtian.meetings.actions import MeetingSpec, TalkSpec, Task, record, record_talk, resolve
from mingtian.meetings.models import FollowUp, Meeting, Resolution, Talk
from mingtian.meetings.rules import Attending, Kind, Way
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.make import DAY, NOW, Tree, make_tree

BY = Actor(username="system:test")
TOMORROW = DAY + timedelta(days=1)
_keys = count(1)


def key() -> str:
    """Return the key of a form that nobody has sent yet."""
    return f"{next(_keys):012d}"


def spec(**changes: object) -> MeetingSpec:
    """Return a leaders' meeting of seven, an hour ago, with changes."""
    plain: dict[str, object] = {
        "kind": Kind.LEADERS,
        "title": "大讲堂专题会议",
        "held_at": NOW - timedelta(hours=1),
        "attended": {Attending.LEADERS: 7},
    }
    return MeetingSpec(**{**plain, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Desk:
    """The small world and its people."""

    tree: Tree
    cast: Cast

    def row(self, unit: Unit) -> UnitRow:
        return unit_rows([unit.pk], DAY)[unit.pk]

    def meet(self, unit: Unit, **changes: object) -> Meeting:
        return record(unit=self.row(unit), spec=spec(**changes), once=key(), by=BY, now=NOW)

    def resolve(
        self, meeting: Meeting, text: str = "确定一名专管人员", **changes: object
    ) -> Resolution:
        task = self.task(**changes) if changes else None
        return resolve(meeting_id=meeting.pk, text=text, task=task, once=key(), by=BY, now=NOW)

    def task(self, **changes: object) -> Task:
        plain: dict[str, object] = {
            "what": "上报名单",
            "owner": f"unit:{self.tree.school.public_id}",
            "due_on": TOMORROW,
        }
        return Task(**{**plain, **changes})  # type: ignore[arg-type]

    def follow(self, unit: Unit, owner: Unit, due_on: date = TOMORROW) -> FollowUp:
        """Let a unit hold a meeting and leave something to do to another."""
        found = self.resolve(self.meet(unit), owner=f"unit:{owner.public_id}", due_on=due_on)
        return FollowUp.objects.get(resolution=found)

    def talk(self, unit: Unit, task: Task | None = None, **changes: object) -> Talk:
        plain: dict[str, object] = {
            "post": "主任",
            "with_whom": "县教育局",
            "with_role": "局长",
            "held_at": NOW - timedelta(hours=2),
            "way": Way.VISIT,
            "agreed": "由教育局召集校长会议",
        }
        made = TalkSpec(**{**plain, **changes})  # type: ignore[arg-type]
        return record_talk(unit_id=unit.pk, spec=made, task=task, once=key(), by=BY, now=NOW)


@pytest.fixture
def desk(db: None) -> Desk:
    tree = make_tree()
    return Desk(tree=tree, cast=make_cast(tree))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
