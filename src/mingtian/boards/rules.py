"""How an evening's numbers are read: phases, present, coverage, places. Pure Python.

Units are compared, never persons and never classes (RNK-1). Every rate shows what it is a
share of; equal units share a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from mingtian.attendance.rules import SLOTS, completed
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.figures import Status
from mingtian.groups.rules import QUIET_FROM
from mingtian.org.rules import UnitKind
from mingtian.people.rules import StandingState

SMALLEST_COMPARED = 30
"""Fewer expected persons than this, and a rate says more about chance than about the unit."""

REPORTED_WITHIN = 2
"""Slots after its beginning within which a slot is reported.

A slot is played when two thirds of it were heard, and a phone speaks about once a slot. An
earlier reading would show a fall at the beginning of every slot.
"""

COMPARED_KINDS = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.CITY,
        UnitKind.COUNTY,
        UnitKind.TOWNSHIP,
        UnitKind.VILLAGE,
        UnitKind.SECTOR,
        UnitKind.SCHOOL,
    }
)
"""Kinds of unit that may be given places. Grades, classes and staff groups never are."""


class Phase(StrEnum):
    """Where an evening stands."""

    AHEAD = "ahead"
    WAITING = "waiting"
    RUNNING = "running"
    LATE = "late"
    OVER = "over"


class Attending(StrEnum):
    """How one person stands to one lecture, for the class teacher's lists; exactly one each.

    What a phone recorded goes before what was noted, and that before what need not be.
    """

    NOT_YET = "not_yet"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NOTED = "noted"
    EXEMPT = "exempt"
    UNWILLING = "unwilling"


class Order(StrEnum):
    """How the units below are listed. ``TREE`` gives no places and is the first choice."""

    TREE = "tree"
    NUMBER = "number"
    RATE = "rate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A phase, the slot that runs (-1 before the start, 60 after the end), the slot seen.

    ``seen`` is the slot whose audience is called present: the last one that every phone has
    had time to report. None during the first two slots; then those who have arrived are the
    audience.
    """

    phase: Phase
    slot: int
    seen: int | None
    said: Status | None = None

    @property
    def status(self) -> Status:
        """Live until the end, provisional until people have confirmed the day or frozen it."""
        if not self.ended:
            return Status.LIVE
        return self.said or Status.PROVISIONAL

    @property
    def ended(self) -> bool:
        return self.phase in {Phase.LATE, Phase.OVER}


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """The instants of a lecture that a board needs."""

    doors_at: datetime
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime

    def at(self, now: datetime) -> Moment:
        """Return where the evening stands at ``now``."""
        gone = (now - self.starts_at) * SLOTS // (self.ends_at - self.starts_at)
        return Moment(
            phase=self._phase(now),
            slot=max(-1, min(gone, SLOTS)),
            seen=min(gone - REPORTED_WITHIN, SLOTS - 1) if gone >= REPORTED_WITHIN else None,
        )

    def slot_begins(self, slot: int) -> datetime:
        """Return when a slot begins; 60 gives the end."""
        return self.starts_at + slot * (self.ends_at - self.starts_at) / SLOTS

    def _phase(self, now: datetime) -> Phase:
        limits = (
            (self.doors_at, Phase.AHEAD),
            (self.starts_at, Phase.WAITING),
            (self.ends_at, Phase.RUNNING),
            (self.closes_at, Phase.LATE),
        )
        return next((phase for limit, phase in limits if now < limit), Phase.OVER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How many of those expected have come. Only kinds with a frozen denominator enter.

    ``expected`` was frozen when the campaign opened; ``exempt`` are those of them who need not
    come and did not. They leave the denominator and are listed beside it (EXE-1).
    """

    arrived: int
    expected: int
    exempt: int = 0

    @property
    def of(self) -> int:
        """What the share is a share of."""
        return self.expected - self.exempt

    @property
    def share(self) -> float:
        return self.arrived / self.of

    @property
    def exact(self) -> Fraction:
        """The share without rounding, so that equal units are equal."""
        return Fraction(self.arrived, self.of)

    @property
    def small(self) -> bool:
        """Too few are expected for the rate to be compared."""
        return self.of < SMALLEST_COMPARED


def coverage(
    arrived: Mapping[int, int], expected: Mapping[int, int], exempt: int = 0
) -> Coverage | None:
    """Return the coverage over the kinds that have a denominator; None where none has one.

    Both are counts by person kind; ``exempt`` are pupils who need not come and did not.
    Where all who were expected are exempt there is no rate. Arrivals of other kinds (parents, whom no roster lists)
    stay out, or the rate would count people that nobody expected.
    """
    kinds = [kind for kind, persons in expected.items() if persons > 0]
    if not kinds:
        return None
    found = Coverage(
        arrived=sum(arrived.get(kind, 0) for kind in kinds),
        expected=sum(expected[kind] for kind in kinds),
        exempt=exempt,
    )
    return found if found.of > 0 else None


def may_compare(kind: UnitKind, number: int) -> bool:
    """Say whether so many units of one kind may be given places among themselves (RNK-1)."""
    return number > 1 and kind in COMPARED_KINDS


def places(measures: Sequence[int | Fraction | None]) -> list[int | None]:
    """Return each measure's place, the largest first; equals share, and the next is skipped.

    None has no place and takes none from others.

    >>> places([7, None, 9, 7, 3])
    [2, None, 1, 2, 4]
    """
    ranked = sorted((each for each in measures if each is not None), reverse=True)
    first: dict[int | Fraction, int] = {}
    for place, measure in enumerate(ranked, start=1):
        first.setdefault(measure, place)
    return [None if each is None else first[each] for each in measures]


def rate_measure(covered: Coverage | None) -> Fraction | None:
    """Return what a unit is compared by in the order of rates; None gives it no place."""
    return None if covered is None or covered.small else covered.exact


def attending(
    live: int | None, needed: int, *, noted: bool = False, standing: StandingState | None = None
) -> Attending:
    """Return how a person stands to a lecture; a ``live`` of None is somebody without a live beat."""
    if live is not None:
        return Attending.COMPLETED if completed(live, needed) else Attending.ARRIVED
    if noted:
        return Attending.NOTED
    return Attending.NOT_YET if standing is None else Attending(standing.value)


def may_remind(evening: Evening, now: datetime) -> bool:
    """Say whether a reminder may still be offered: on the day, before the end, before nine."""
    local, ends = now.astimezone(SHANGHAI), evening.ends_at
    same_day = local.date() == day_of(evening.starts_at)
    return same_day and now < ends and local.time() < QUIET_FROM


def decided_on(held_on: date, evening: Evening, now: datetime) -> date:
    """Return the day from which a decision at the class holds: that of an evening still open.

    A class decides in the evening or on the next morning; later, and before, from today on.
    """
    today = day_of(now)
    return held_on if held_on <= today and now < evening.closes_at else today


def peak(curve: Sequence[int]) -> int:
    """Return the largest number that watched in one slot."""
    return max(curve, default=0)
