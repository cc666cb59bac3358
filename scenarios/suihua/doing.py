"""Who does what, where and when in the scenario: names turned into keys, hours into instants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.contrib.auth.models import User
from scenarios.suihua.city import City, Evening

from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.closings.queries import DayRow, find_day
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI
from mingtian.org.queries import UnitRow, list_subtree, path_on, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.readiness.actions.checklists import School


@dataclass(frozen=True)
class Doing:
    """A city before ``today``, and the words in which its offices' work is told."""

    city: City
    today: date

    @cached_property
    def first_on(self) -> date:
        return self.city.evenings[0].held_on

    @cached_property
    def past(self) -> Sequence[Evening]:
        return self.city.evenings_before(self.today)

    @cached_property
    def campaign(self) -> CampaignRow:
        return campaigns_by_id([self.city.campaign_id])[self.city.campaign_id]

    @cached_property
    def _users(self) -> dict[str, int]:
        return dict(User.objects.values_list("username", "pk"))

    def by(self, username: str) -> Actor:
        """Return an account of the city as whoever acts."""
        return Actor(username=username, user_id=self._users[username])

    def before(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour so many days before the first evening."""
        return at(self.first_on - timedelta(days=days), hour, minute)

    def unit(self, key: str) -> UnitRow:
        """Return a unit of the plan."""
        return unit_rows([self.city.units[key]], self.first_on)[self.city.units[key]]

    def path(self, key: str) -> tuple[int, ...]:
        return tuple(path_on(self.city.units[key], self.first_on))

    def subtree(self, key: str) -> str:
        return ".".join(map(str, self.path(key)))

    def school(self, unit: UnitRow) -> School:
        path = tuple(path_on(unit.id, self.first_on))
        return School(campaign=self.campaign, unit=unit, path=path)

    def schools(self, key: str) -> list[UnitRow]:
        """Return the schools below a unit of the plan, in tree order."""
        found = list_subtree(self.city.units[key], self.first_on, kinds=[UnitKind.SCHOOL])
        rows = unit_rows([each.id for each in found], self.first_on)
        return [rows[each.id] for each in found]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def day_of_evening(evening: Evening) -> DayRow:
    """Return the evening as the day that is confirmed and frozen."""
    found = find_day(evening.lecture_id)
    assert found is not None, "the campaign of the scenario is open"
    return found
