"""A campaign so far: every evening that has begun, and their sum as person-times.

Persons of several evenings are never added to persons (STA-5, domain.md 5.3): the same
child on eight evenings is one person and eight person-times.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404

from mingtian.attendance.queries import DEVICES, HOUSEHOLDS, list_totals_below
from mingtian.boards import beside, settled
from mingtian.boards.access import Seat
from mingtian.boards.beside import Beside
from mingtian.boards.evenings import EveningRow, list_evenings
from mingtian.boards.outlines import Outline, outline_of
from mingtian.boards.rules import Coverage, coverage
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.people.rules import PersonKind
from mingtian.readiness.queries import audience_by_leg
from mingtian.readiness.rules import Leg

Counts = Mapping[int, int]
Legs = Mapping[Leg, Collection[int]]
"""The kinds of persons of each leg, as the unit's own plan says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LegCounts:
    """How many of one leg of the trinity came; a share only where a roster says of how many."""

    leg: Leg
    arrived: int
    coverage: Coverage | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningCounts:
    """One evening of one unit, in persons, households and devices, and what stands beside."""

    evening: EveningRow
    arrived: Figure
    completed: Figure
    households: int
    devices: int
    coverage: Coverage | None
    legs: tuple[LegCounts, ...]
    status: Status
    beside: Beside


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """The evenings so far and what they sum to; the sums are None before the second evening."""

    evenings: tuple[EveningCounts, ...]
    arrived: Figure | None
    completed: Figure | None


def evenings_so_far(seat: Seat, now: datetime) -> Series:
    """Return the evenings of the seat's campaign whose doors have opened, oldest first."""
    evenings = [
        each
        for each in list_evenings(seat.unit_id, seat.evening.held_on)
        if each.campaign_id == seat.evening.campaign_id and each.times.doors_at <= now
    ]
    legs = audience_by_leg(seat.evening.campaign_id, seat.unit_id, seat.evening.held_on)
    kinds = {each.leg: each.kinds for each in legs}
    counted = tuple(
        row for each in evenings if (row := _counted(seat, each, kinds, now)) is not None
    )
    several = len(counted) > 1
    return Series(
        evenings=counted,
        arrived=_added([each.arrived for each in counted]) if several else None,
        completed=_added([each.completed for each in counted]) if several else None,
    )


def _counted(seat: Seat, evening: EveningRow, kinds: Legs, now: datetime) -> EveningCounts | None:
    try:
        outline = outline_of(evening.id, seat.unit_id, seat.line.value, now)
    except Http404:
        # The unit was founded, or came to this line, only after that evening.
        return None
    counted, status = _numbers(outline, evening, now)
    aside = beside.joined(beside.beside_of(outline, now).values())
    devices, households = (counted.pop(kind, (0, 0))[0] for kind in (DEVICES, HOUSEHOLDS))
    arrived = {kind: pair[0] for kind, pair in counted.items()}
    completed = sum(pair[1] for pair in counted.values())
    return EveningCounts(
        evening=evening,
        arrived=_persons(seat, evening, "arrived", sum(arrived.values()), status),
        completed=_persons(seat, evening, "completed", completed, status),
        households=households,
        devices=devices,
        coverage=coverage(arrived, outline.expected, aside.exempt),
        legs=tuple(
            _of_leg(leg, own, arrived, outline.expected, aside.exempt) for leg, own in kinds.items()
        ),
        status=status,
        beside=aside,
    )


def _of_leg(
    leg: Leg, kinds: Collection[int], arrived: Counts, expected: Counts, exempt: int
) -> LegCounts:
    """Sum the kinds of a leg (CAM-3); who is exempt is a pupil."""
    of = {kind: number for kind, number in expected.items() if kind in kinds}
    came = {kind: number for kind, number in arrived.items() if kind in kinds}
    beside_it = exempt if PersonKind.PUPIL in kinds else 0
    return LegCounts(leg=leg, arrived=sum(came.values()), coverage=coverage(came, of, beside_it))


def _numbers(
    outline: Outline, evening: EveningRow, now: datetime
) -> tuple[dict[int, tuple[int, int]], Status]:
    """Return arrived and completed by kind: the day's figures, or the phones' while it runs."""
    moment = evening.times.at(now)
    if moment.ended:
        done = settled.settled_at(
            lecture_id=evening.id, held_on=evening.held_on, path=outline.path, line=outline.line,
            now=now,
        )  # fmt: skip
        return settled.totals(done), done.status
    rows = list_totals_below(
        lecture_id=evening.id, path=outline.path, line=outline.line.value, day=evening.held_on
    )
    return {row.kind: (row.arrived, row.completed) for row in rows}, moment.status


def _persons(seat: Seat, evening: EveningRow, counts: str, value: int, status: Status) -> Figure:
    return Figure(
        value=value,
        basis=Basis.PERSONS,
        counts=counts,
        unit_id=seat.public_id,
        period=Period(first=evening.held_on, last=evening.held_on),
        status=status,
    )


def _added(figures: Sequence[Figure]) -> Figure:
    """Return the sum over evenings as person-times; two lectures on one day count twice as well."""
    first, last = figures[0], figures[-1]
    least = min((figure.status for figure in figures), key=list(Status).index)
    return replace(
        first,
        value=sum(figure.value for figure in figures),
        basis=Basis.PERSON_TIMES,
        period=Period(first=first.period.first, last=last.period.last),
        status=least,
    )
