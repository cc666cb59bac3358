"""An evening with a cast, counted through the hot path's own statements, and no kept frames."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from mingtian.attendance.actions import Arrived, Attended, bring_in
from mingtian.attendance.actions.appeals import open_appeal
from mingtian.attendance.models import Appeal
from mingtian.boards import beside, outlines, settled
from mingtian.boards.frames import FRAMES
from mingtian.campaigns.actions import set_comparison
from mingtian.campaigns.models import Denominator
from mingtian.org.models import Unit
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.evening import NEEDED, STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, NOW

MINUTE_20 = STARTS + timedelta(minutes=20, seconds=30)
"""Slot 20 runs; slot 19 is the last complete one."""


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    FRAMES.forget()
    outlines.forget()
    beside.forget()
    settled.forget()
    yield
    FRAMES.forget()
    beside.forget()
    settled.forget()
    outlines.forget()


@dataclass(frozen=True, kw_only=True)
class World:
    """The evening and its cast."""

    evening: Evening
    cast: Cast

    @property
    def lecture(self) -> int:
        return self.evening.lecture.pk

    def address(self, unit: Unit, page: str = "") -> str:
        return f"/boards/{self.lecture}/{unit.public_id}{page}"

    def count(self, unit: Unit, *people: tuple[int, int, int]) -> None:
        """Count people (key, kind, live map) at a unit, one seat and household for all."""
        rows = [
            Attended(person=key, unit=unit.pk, kind=kind, live=live) for key, kind, live in people
        ]
        seat = Arrived(seat=people[0][0], household=people[0][0], unit=unit.pk)
        bring_in(
            lecture_id=self.lecture, needed_slots=NEEDED, attended=rows, arrived=[seat],
            actor=ACTOR, now=NOW,
        )  # fmt: skip

    def expect(self, unit: Unit, persons: int, kind: int = 1) -> None:
        """Freeze a denominator."""
        Denominator.objects.create(
            campaign=self.evening.campaign, unit=unit, kind=kind, persons=persons
        )

    def compare(self, *, on: bool = True) -> None:
        """Switch whether the campaign compares its units (RNK-1)."""
        set_comparison(campaign_id=self.evening.campaign.pk, on=on)
        FRAMES.forget()
        outlines.forget()


def make_world() -> World:
    evening = make_evening()
    return World(evening=evening, cast=make_cast(evening.tree))


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def lasting_world(transactional_db: None) -> World:
    """The same, committed, for what reads through other connections."""
    return make_world()


@pytest.fixture
def at_minute_20(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let the edges read this instant."""
    monkeypatch.setattr("mingtian.core.clock.now", lambda: MINUTE_20)
    return MINUTE_20


@pytest.fixture
def appeal(world: World) -> Appeal:
    return open_appeal(
        person_id=world.evening.pupils[0].pk, lecture_id=world.lecture,
        text="我们看了，手机没电了。", now=MINUTE_20, actor="household:test",
    )  # fmt: skip


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the edges read another instant."""
    return lambda now: monkeypatch.setattr("mingtian.core.clock.now", lambda: now)
