"""An evening that is over in Anping County, with a second county and who writes its papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.utils import translation

from mingtian.bulletins.access import Place, get_place_to_compare
from mingtian.bulletins.actions import begin, issue, switch
from mingtian.bulletins.models import Bulletin, Switching
from mingtian.bulletins.rules import Kind
from mingtian.closings.tests.conftest import Night, make_night
from mingtian.core.actor import Actor
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import Cast, make_cast, make_staff

BY = Actor(username="system:test")


@dataclass
class Desk:
    """The evening and the city's office, with what tests do again and again."""

    night: Night
    cast: Cast

    @property
    def over(self) -> datetime:
        return self.night.over

    @property
    def closed(self) -> datetime:
        return self.night.closed

    def place(self, unit: Unit | None = None, lecture: int = 0) -> Place:
        tree = self.night.evening.tree
        unit = unit or tree.city
        return get_place_to_compare(
            self.cast.office, lecture or self.night.day.lecture_id, unit.public_id, self.over
        )

    def begin(self, kind: Kind = Kind.BULLETIN, now: datetime | None = None) -> Bulletin:
        return begin(place=self.place(), kind=kind, by=BY, now=now or self.over)

    def issue(self, found: Bulletin, now: datetime | None = None) -> Bulletin:
        return issue(place=self.place(), bulletin_id=found.pk, by=BY, now=now or self.over)

    def issued(self, kind: Kind = Kind.BULLETIN) -> Bulletin:
        return self.issue(self.begin(kind))

    def switch_on(self) -> Switching:
        return switch(
            campaign=self.night.day.campaign, on=True, ground="mandate", words="通知第五条要求",
            by=BY, now=self.over,
        )  # fmt: skip


def make_desk() -> Desk:
    night = make_night()
    return Desk(night=night, cast=make_cast(night.evening.tree))


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def director(desk: Desk) -> object:
    return make_staff("director", desk.night.evening.tree.city, Role.DIRECTOR)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
