"""The small world a week before its first evening, with makers of what people enter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.campaigns.models import Lecture
from mingtian.campaigns.queries import CampaignRow, find_campaign
from mingtian.core.actor import Actor
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import Line, Role
from mingtian.readiness import actions
from mingtian.readiness.actions import FamilyWish, PilotWish, Wanted
from mingtian.readiness.actions.checklists import School
from mingtian.readiness.models import Pilot, PilotFamily, Turn
from mingtian.readiness.queries.work import Under
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import DAY, NOW, Tree

BY = Actor(username="system:test")
SHEET = "1. 全体教师参加。\n2. 邀请全体家长和学生，家庭自愿参加。\n3. 逐级提醒。"


@dataclass
class Ready:
    """The world, and what tests ask of it again and again."""

    evening: Evening
    now: datetime = NOW

    @property
    def tree(self) -> Tree:
        return self.evening.tree

    @property
    def campaign(self) -> CampaignRow:
        found = find_campaign(self.evening.campaign.public_id)
        assert found is not None
        return found

    def row(self, unit: Unit) -> UnitRow:
        return unit_rows([unit.pk], DAY)[unit.pk]

    def school(self, unit: Unit | None = None) -> School:
        unit = unit or self.tree.school
        return School(
            campaign=self.campaign, unit=self.row(unit), path=tuple(path_on(unit.pk, DAY))
        )

    def under(self, unit: Unit) -> Under:
        path = ".".join(map(str, path_on(unit.pk, DAY)))
        return Under(campaign_id=self.campaign.id, path=path, line=Line.LEADS, day=DAY)

    def fill(self, item: str, *, who: str = "", day: date | None = None) -> None:
        actions.fill_item(school=self.school(), item=item, day=day, who=who, by=BY, now=self.now)

    def name(
        self, first: str, substitute: str = "", *, lecture: Lecture | None = None,
        school: Unit | None = None, now: datetime | None = None,
    ) -> int:  # fmt: skip
        lecture = lecture or self.evening.lecture
        wanted = [Wanted(lecture_id=lecture.pk, first=first, substitute=substitute)]
        return actions.name_duty(
            school=self.school(school), wanted=wanted, by=BY, now=now or self.now
        )

    def turn(self, user: User) -> Turn:
        return Turn.objects.select_related("lecture", "unit").get(user=user)

    def next_evening(self) -> Lecture:
        first, step = self.evening.lecture, timedelta(days=1)
        return Lecture.objects.create(
            campaign=self.evening.campaign, number=2, held_on=first.held_on + step,
            title="第二讲", doors_at=first.doors_at + step, starts_at=first.starts_at + step,
            ends_at=first.ends_at + step, closes_at=first.closes_at + step,
        )  # fmt: skip

    def pilot(self, consent_on: date | None = DAY, coordinator: int | None = None) -> Pilot:
        wish = PilotWish(
            village=self.tree.village.public_id, reason="邻里相熟", coordinator=coordinator,
            consent_on=consent_on,
        )  # fmt: skip
        return actions.choose_pilot(
            campaign=self.campaign, under=self.under(self.tree.county), wish=wish, by=BY,
            now=self.now,
        )  # fmt: skip

    def family(self, home: str = "", consent_on: date | None = DAY) -> PilotFamily:
        wish = FamilyWish(reason="祖孙同住", consent_on=consent_on, home=home)
        return actions.write_family(
            campaign=self.campaign, unit=self.row(self.tree.village), wish=wish, by=BY,
            now=self.now,
        )  # fmt: skip


@pytest.fixture
def ready(db: None) -> Ready:
    return Ready(make_evening())


@pytest.fixture
def cast(ready: Ready) -> Cast:
    return make_cast(ready.tree)


@pytest.fixture
def second(ready: Ready, cast: Cast) -> User:
    """A duty teacher of the principal's school."""
    return make_staff("second", ready.tree.school, Role.DUTY_TEACHER)
