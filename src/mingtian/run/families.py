"""What a drill's class teachers note beside the phones, and how its homes take their leave.

Everything goes through the product's own actions. What is noted is counted here as well, so
that the figures beside the phones can be held against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from mingtian.attendance.access import OpenSeat, open_seat
from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.actions.gatherings import count_heads, open_gathering, tick_present
from mingtian.attendance.queries.by_hand import list_beside_below
from mingtian.attendance.rules import How
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.family.access import Home
from mingtian.family.actions.rights import erase
from mingtian.org.queries import path_on
from mingtian.org.rules import Line
from mingtian.people.actions.leaving import withdraw
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.queries import PersonRow, list_household, list_roster
from mingtian.people.queries.homes import list_members, public_ids_of_homes
from mingtian.people.rules import ExemptReason, PersonKind, StandingState
from mingtian.run.world import ACTOR, World

MOST_CLASSES = 40
"""Classes in which something is noted; more would say nothing new."""
GATHERINGS, HEADS = 2, 20
REVIEW_AFTER = timedelta(days=30)
TRIES_TO_LEAVE = 20


@dataclass
class Beside:
    """What was done on purpose beside the phones; the product must show the same."""

    by_hand: int = 0
    gathered_heads: int = 0
    exempt: int = 0
    unwilling: int = 0
    withdrawn: int = 0
    erased: int = 0

    def shown(self) -> dict[str, int]:
        """Return what stands beside the figures of phones, by name."""
        return {
            "by_hand": self.by_hand,
            "gathered_heads": self.gathered_heads,
            "exempt": self.exempt,
        }

    def missing(self) -> list[str]:
        """Return what never happened; a drill without it proves nothing."""
        return [name for name, times in vars(self).items() if times == 0]


@dataclass
class Families:
    """The hands of class teachers and of homes that leave. Blocking; each closes its connection."""

    world: World
    done: Beside = field(default_factory=Beside)

    def note(self, seats: Sequence[str]) -> None:
        """Let the class teachers do their evening's work, also for some who came by phone."""
        try:
            for place, unit in enumerate(self.world.classes[:MOST_CLASSES]):
                self.note_in(unit, How.TELEPHONE if place % 2 else How.PAPER, clock.now())
            for unit in self.world.classes[:GATHERINGS]:
                self.gather(unit, clock.now())
            self.note_who_came(seats, clock.now())
        finally:
            connection.close()

    def note_in(self, unit: int, how: How, now: datetime) -> None:
        """Note one home without a phone, exempt another, write down that a third is unwilling."""
        waiting = without_phone(unit, self.world.day)
        note_by_hand(
            person_id=waiting[-1].id, lecture_id=self.world.lecture, how=how, now=now, actor=ACTOR
        )
        self.decide(waiting[-2], StandingState.EXEMPT, now)
        self.decide(waiting[-3], StandingState.UNWILLING, now)
        self.done.by_hand += 1
        self.done.exempt += 1
        self.done.unwilling += 1

    def decide(self, person: PersonRow, state: StandingState, now: datetime) -> None:
        exempt = state is StandingState.EXEMPT
        decision = Decision(
            state=state,
            starts_on=self.world.day,
            reason=ExemptReason.NO_SMARTPHONE if exempt else None,
            review_on=self.world.day + REVIEW_AFTER if exempt else None,
        )
        decide_standing(person_id=person.id, decision=decision, now=now, actor=ACTOR)

    def gather(self, unit: int, now: datetime) -> None:
        """Let a class watch together: heads, and two pupils ticked who have no phone."""
        place = {"lecture_id": self.world.lecture, "unit_id": unit}
        ticked = [one.id for one in without_phone(unit, self.world.day)[:2]]
        open_gathering(**place, now=now, actor=ACTOR)
        count_heads(**place, heads=HEADS, now=now, actor=ACTOR)
        tick_present(**place, person_ids=ticked, now=now, actor=ACTOR)
        self.done.gathered_heads += HEADS
        self.done.by_hand += len(ticked)

    def note_who_came(self, seats: Sequence[str], now: datetime) -> None:
        """Note somebody by hand who is counted by phone, and exempt somebody who came.

        Neither may change what phones recorded; who came is not listed as exempt.
        """
        noted, exempt = (self.pupil_of(seat, now) for seat in (seats[0], seats[-1]))
        note_by_hand(
            person_id=noted.id,
            lecture_id=self.world.lecture,
            how=How.OTHER_SCREEN,
            now=now,
            actor=ACTOR,
        )
        self.decide(exempt, StandingState.EXEMPT, now)
        self.done.by_hand += 1

    def pupil_of(self, seat: str, now: datetime) -> PersonRow:
        """Return a child of the home that holds this seat."""
        people = list_household(opened(seat, now).household_id, self.world.day)
        return next(one for one in people if one.kind is PersonKind.PUPIL)

    def withdraw(self, seat: str) -> None:
        """Let a home take its leave; a busy moment is waited for, as its page asks."""
        try:
            for _ in range(TRIES_TO_LEAVE):
                now = clock.now()
                try:
                    withdraw(opened(seat, now).household_id, now=now, actor=ACTOR)
                except RuleBroken as refusal:
                    if refusal.code != "leaving_is_busy":
                        raise
                    continue
                self.done.withdrawn += 1
                return
        finally:
            connection.close()

    def erase(self, seat: str) -> None:
        """Let a home be erased in all modules, as the family's page does it."""
        try:
            now = clock.now()
            erase(home=home_of(opened(seat, now)), now=now)
            self.done.erased += 1
        finally:
            connection.close()


def without_phone(unit: int, day: date) -> list[PersonRow]:
    """Return the pupils of a class whose homes have not entered by phone."""
    return [one for one in list_roster(unit, day) if one.household_id is None]


def opened(seat: str, now: datetime) -> OpenSeat:
    found = open_seat(seat, now)
    assert found is not None, "a seat of this drill opens"
    return found


def home_of(seat: OpenSeat) -> Home:
    """Return the home as the family's page would see it."""
    household = seat.household_id
    return Home(
        number=1,
        household_id=household,
        public_id=public_ids_of_homes([household])[household],
        campaign=campaigns_by_id({seat.campaign_id})[seat.campaign_id],
        members=tuple(list_members([household])[household]),
        seats=(seat.seat_id,),
    )


def count_beside(world: World) -> dict[str, int]:
    """Return what the product shows beside the phones of the whole city, by name."""
    path = ".".join(map(str, path_on(world.city, world.day, Line.LEADS)))
    rows = list_beside_below(
        lecture_id=world.lecture, path=path, line=Line.LEADS.value, day=world.day
    )
    shown: dict[str, int] = {}
    for row in rows:
        shown[row.what] = shown.get(row.what, 0) + row.number
    return {
        "assisted": shown.get("helped", 0),
        "by_hand": sum(shown.get(how.value, 0) for how in How),
        "gathered_heads": shown.get("heads", 0),
        "exempt": shown.get("exempt", 0),
    }
