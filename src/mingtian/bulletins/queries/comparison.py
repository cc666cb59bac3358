"""Reads lists of units by an indicator: of one day, and of the campaign up to a day (RNK-1).

A frozen day is read from frozen lines only; the campaign's list holds frozen days and no others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from mingtian.boards.rules import COMPARED_KINDS
from mingtian.bulletins.lists import (
    PERSON_KINDS,
    Called,
    Counted,
    Entry,
    Indicator,
    by_kind,
    check_compared,
    entry_of,
    line_of,
    ranked,
)
from mingtian.bulletins.models import Switching
from mingtian.bulletins.queries.figures import Counter
from mingtian.bulletins.statements import rows
from mingtian.bulletins.switching import Ground
from mingtian.closings.actions.freeze import BESIDE_KINDS
from mingtian.closings.queries import DayRow, stage_of
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.org.queries import UnitRow, list_children, person_name
from mingtian.org.rules import Line, UnitKind

EXEMPT = BESIDE_KINDS["exempt"]
Group = int | None
WHOLE = -1
"""Stands for the unit itself with everything below it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchRow:
    """The latest switching of a campaign's comparison."""

    on: bool
    ground: Ground
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of units by kind, with what it is a list of. ``total`` is the whole unit's figure."""

    indicator: Indicator
    groups: Sequence[tuple[UnitKind, list[Entry]]]
    total: Figure
    days: int
    of_campaign: bool
    days_of_campaign: int = 0

    @property
    def status(self) -> Status:
        return self.total.status

    @property
    def small(self) -> int:
        """How many units stand beside because few are expected there."""
        return sum(each.place is None for _kind, entries in self.groups for each in entries)


def find_switching(campaign_id: int) -> SwitchRow | None:
    """Return the latest switching, or None where nobody ever switched: then it is off."""
    found = (
        Switching.objects.filter(campaign_id=campaign_id)
        .select_related("switched_by")
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    return SwitchRow(
        on=found.on,
        ground=Ground(found.ground),
        words=found.words,
        by=person_name(found.switched_by),
        at=found.switched_at,
    )


def list_units(
    day: DayRow, unit: UnitRow, path: Sequence[int], by: Indicator, now: datetime, *,
    of_campaign: bool = False,
) -> Listing:  # fmt: skip
    """Return the list of the unit's parts. At most seven statements, however many they are.

    Raises RuleBroken where comparison is off, below a school, and for a campaign's list without a
    frozen day.
    """
    check_compared(unit.kind)
    switch = find_switching(day.campaign_id)
    if switch is None or not switch.on:
        raise RuleBroken("comparison_off")
    line = line_of(unit.kind)
    units = {
        each.id: each
        for each in list_children(unit.id, day.held_on, line)
        # A bureau's schools stand below its territory as well, and are counted there.
        if line is Line.GUIDES or each.kind is not UnitKind.SECTOR
    }
    frozen = _frozen(day, unit)
    if of_campaign:
        return _of_campaign(frozen, day, unit, by, units)
    known = frozen.get(day.number)
    today = known.counted if known else _counted_now(day, path, line)
    status = Status.FROZEN if known else stage_of(day, path, now).status
    earlier = frozen.get(day.number - 1)
    before = _places(earlier.counted, by, units, days=1) if earlier else {}
    return Listing(
        indicator=by, groups=_groups(today, by, units, 1, before), days=1, of_campaign=False,
        total=_figure(today.get(WHOLE, Counted()), by, unit, day.held_on, status),
    )  # fmt: skip


Days = dict[int, "FrozenDay"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenDay:
    """What one day froze, by the unit one level down; all of it under :data:`WHOLE`."""

    held_on: date
    counted: Mapping[Group, Counted]


def _frozen(day: DayRow, unit: UnitRow) -> Days:
    values = {
        "unit": unit.id, "campaign": day.campaign_id, "number": day.number,
        "line": line_of(unit.kind).value,
    }  # fmt: skip
    held: dict[int, date] = {}
    found: dict[int, dict[Group, Counted]] = defaultdict(dict)
    for number, held_on, group, kind, arrived, expected in rows("frozen_sums", values):
        held[number] = held_on
        one = Counted(
            arrived={kind: int(arrived)} if kind in PERSON_KINDS else {},
            expected={kind: int(expected)} if expected is not None else {},
            exempt=int(arrived) if kind == EXEMPT else 0,
        )
        for key in (group, WHOLE):
            found[number][key] = found[number].get(key, Counted()).plus(one)
    return {
        number: FrozenDay(held_on=held[number], counted=found[number]) for number in sorted(held)
    }


def _counted_now(day: DayRow, path: Sequence[int], line: Line) -> dict[Group, Counted]:
    """Return what an open day counted so far, by the unit one level down."""
    counter = Counter(day, ".".join(map(str, path)), frozen=False, line=line)
    counted = {group: counter.counted(group) for group in {row.group for row in counter.sums()}}
    counted[WHOLE] = counter.counted()
    return counted


def _of_campaign(
    frozen: Days, day: DayRow, unit: UnitRow, by: Indicator, units: Mapping[int, UnitRow]
) -> Listing:
    if not frozen:
        raise RuleBroken("comparison_nothing_frozen")
    whole = _joined(frozen)
    last = max(frozen)
    earlier = {number: each for number, each in frozen.items() if number < last}
    before = _places(_joined(earlier), by, units, days=len(earlier)) if earlier else {}
    total = reduce(
        Figure.then,
        (
            _figure(each.counted.get(WHOLE, Counted()), by, unit, each.held_on, Status.FROZEN)
            for each in frozen.values()
        ),
    )
    [(_frozen_days, days)] = rows("frozen_days", {"campaign": day.campaign_id})
    return Listing(
        indicator=by, groups=_groups(whole, by, units, len(frozen), before), total=total,
        days=len(frozen), of_campaign=True, days_of_campaign=days,
    )  # fmt: skip


def _joined(days: Days) -> dict[Group, Counted]:
    found: dict[Group, Counted] = {}
    for each in days.values():
        for group, counted in each.counted.items():
            found[group] = found.get(group, Counted()).plus(counted)
    return found


def _figure(
    counted: Counted, by: Indicator, unit: UnitRow, held_on: date, status: Status
) -> Figure:
    """Return the whole unit's figure of one day; days are joined with ``then``."""
    return Figure(
        value=counted.pupils if by is Indicator.PUPILS else counted.persons,
        basis=Basis.PERSONS,
        counts="pupils" if by is Indicator.PUPILS else "arrived",
        unit_id=unit.public_id,
        period=Period(first=held_on, last=held_on),
        status=status,
    )


def _entries(
    counted: Mapping[Group, Counted], by: Indicator, units: Mapping[int, UnitRow], days: int
) -> dict[UnitKind, list[Entry]]:
    return by_kind(
        entry_of(
            counted[key], by,
            Called(unit_id=key, public_id=each.public_id, kind=each.kind, title=each.title),
            days=days,
        )
        for key, each in units.items()
        if each.kind in COMPARED_KINDS and key in counted
    )  # fmt: skip


def _places(
    counted: Mapping[Group, Counted], by: Indicator, units: Mapping[int, UnitRow], *, days: int
) -> dict[int, int | None]:
    return {
        each.unit_id: each.place
        for entries in _entries(counted, by, units, days).values()
        for each in ranked(entries)
    }


def _groups(
    counted: Mapping[Group, Counted], by: Indicator, units: Mapping[int, UnitRow], days: int,
    before: Mapping[int, int | None],
) -> list[tuple[UnitKind, list[Entry]]]:  # fmt: skip
    found = _entries(counted, by, units, days)
    return [(kind, ranked(entries, before)) for kind, entries in found.items()]
