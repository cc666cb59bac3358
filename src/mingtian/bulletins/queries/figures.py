"""Reads the figures that a bulletin or note of one day tells."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce

from mingtian.attendance.queries.by_hand import list_beside_below
from mingtian.bulletins.facts import Facts, UnitFacts
from mingtian.bulletins.lists import PERSON_KINDS, Counted
from mingtian.bulletins.rules import Kind
from mingtian.bulletins.statements import rows
from mingtian.closings.actions.freeze import BESIDE_KINDS
from mingtian.closings.queries import (
    DayRow,
    HouseRow,
    SumRow,
    list_houses_below,
    list_sums,
    stage_of,
)
from mingtian.closings.rules import due_at
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.org.queries import UnitRow
from mingtian.org.rules import Line
from mingtian.people.rules import PersonKind
from mingtian.supervision.queries import day_report

HOUSEHOLDS = 101
BY_HAND = ("telephone", "paper", "in_class", "other_screen")


class Counter:
    """What a day counted below a unit: sums by the unit one level down, and what stands beside."""

    def __init__(self, day: DayRow, path: str, *, frozen: bool, line: Line = Line.LEADS) -> None:
        self._sums = list_sums(day, path, line)
        self._beside: dict[tuple[int | None, str], int] = {}
        if frozen:
            # Frozen lines hold what stands beside as well, so nothing else is read.
            words = {kind: what for what, kind in BESIDE_KINDS.items()}
            for row in self._sums:
                if row.kind in words:
                    self._beside[row.group, words[row.kind]] = row.arrived
        else:
            for found in list_beside_below(
                lecture_id=day.lecture_id, path=path, line=line.value, day=day.held_on
            ):
                self._beside[found.group, found.what] = found.number

    def sums(self, group: int | None = -1) -> list[SumRow]:
        """Return the sums of one unit below; of all without an argument."""
        return [row for row in self._sums if group in {-1, row.group}]

    def beside(self, *words: str, group: int | None = -1) -> int:
        """Return how many stand beside under these words."""
        return sum(
            number
            for (of, what), number in self._beside.items()
            if what in words and group in {-1, of}
        )

    def counted(self, group: int | None = -1) -> Counted:
        """Return arrivals and denominators by kind of person."""
        arrived: dict[int, int] = {}
        expected: dict[int, int] = {}
        for row in self.sums(group):
            if row.kind in PERSON_KINDS:
                arrived[row.kind] = arrived.get(row.kind, 0) + row.arrived
                if row.expected is not None:
                    expected[row.kind] = expected.get(row.kind, 0) + row.expected
        exempt = self.beside("exempt", group=group)
        return Counted(arrived=arrived, expected=expected, exempt=exempt)


def facts_of(kind: Kind, day: DayRow, unit: UnitRow, path: Sequence[int], now: datetime) -> Facts:
    """Return the figures of a bulletin or note as they stand. At most nine statements."""
    subtree = ".".join(map(str, path))
    stage = stage_of(day, path, now)
    counter = Counter(day, subtree, frozen=stage.frozen)
    houses = list_houses_below(day, subtree)
    make = _Maker(day, stage.status)
    own = make.unit(unit.public_id, counter)
    own |= _houses(make, unit, houses, day)
    for key, number in (
        ("helped", counter.beside("helped")), ("noted", counter.beside(*BY_HAND)),
    ):  # fmt: skip
        own[key] = make(unit.public_id, key, number)
    own |= _supervised(make, unit, day)
    if kind is Kind.NOTE:
        [(asked, answered)] = rows(
            "questions", {"lecture": day.lecture_id, "path": subtree, "day": day.held_on}
        )
        own["asked"] = make(unit.public_id, "asked", asked, Basis.MATTERS)
        own["answered"] = make(unit.public_id, "answered", answered, Basis.MATTERS)
        return Facts(figures=own)
    own |= _so_far(day, unit, own["arrived"])
    below = [house for house in houses if house.path.count(".") == len(path)]
    units = tuple(
        UnitFacts(
            public_id=each.public_id, name=each.name,
            figures=make.unit(each.public_id, counter, each.id),
        )
        for each in below
    )  # fmt: skip
    return Facts(figures=own, units=units)


class _Maker:
    """Makes figures of one day, all as final as the day is."""

    def __init__(self, day: DayRow, status: Status) -> None:
        self._period = Period(first=day.held_on, last=day.held_on)
        self._status = status

    def __call__(self, unit: str, counts: str, value: int, basis: Basis = Basis.PERSONS) -> Figure:
        return Figure(
            value=value, basis=basis, counts=counts, unit_id=unit, period=self._period,
            status=self._status,
        )  # fmt: skip

    def unit(self, public_id: str, counter: Counter, group: int | None = -1) -> dict[str, Figure]:
        """Return the figures that every unit has."""
        sums = counter.sums(group)
        people = [row for row in sums if row.kind in PERSON_KINDS]
        counted = counter.counted(group)
        expected = counted.expected.get(PersonKind.PUPIL, 0) - counted.exempt
        numbers = {
            "arrived": counted.persons,
            "pupils": counted.pupils,
            "completed": sum(row.completed for row in people),
        }
        figures = {key: self(public_id, key, value) for key, value in numbers.items()}
        if expected > 0:
            figures["expected"] = self(public_id, "expected", expected)
            figures["exempt"] = self(public_id, "exempt", counted.exempt)
        homes = sum(row.arrived for row in sums if row.kind == HOUSEHOLDS)
        figures["households"] = self(public_id, "households", homes, Basis.HOUSEHOLDS)
        return figures


def _so_far(day: DayRow, unit: UnitRow, today: Figure) -> dict[str, Figure]:
    """Return the person-times up to this day; nothing on the first, or while one before is open."""
    if day.number < 2:
        return {}
    values = {
        "unit": unit.id, "campaign": day.campaign_id, "number": day.number - 1,
        "line": Line.LEADS.value,
    }  # fmt: skip
    by_day: dict[int, Figure] = {}
    for number, held_on, _group, kind, arrived, _expected in rows("frozen_sums", values):
        if kind not in PERSON_KINDS:
            continue
        known = by_day.get(number)
        by_day[number] = Figure(
            value=int(arrived) + (known.value if known else 0), basis=Basis.PERSONS,
            counts="arrived", unit_id=unit.public_id, status=Status.FROZEN,
            period=Period(first=held_on, last=held_on),
        )  # fmt: skip
    if len(by_day) < day.number - 1:
        return {}
    whole = reduce(Figure.then, [*(by_day[number] for number in sorted(by_day)), today])
    return {"so_far": whole}


def _supervised(make: _Maker, unit: UnitRow, day: DayRow) -> dict[str, Figure]:
    """Return what was done where numbers fell: units, contact tasks, tickets. Numbers only."""
    report = day_report(unit, day)
    numbers = {
        "fallen": (report.units_fallen, Basis.UNITS),
        "contacts": (report.calls, Basis.MATTERS),
        "contacts_done": (report.calls_made, Basis.MATTERS),
        "tickets": (report.tickets, Basis.MATTERS),
        "tickets_done": (report.tickets_solved, Basis.MATTERS),
    }
    return {key: make(unit.public_id, key, value, basis) for key, (value, basis) in numbers.items()}


def _houses(
    make: _Maker, unit: UnitRow, houses: Iterable[HouseRow], day: DayRow
) -> dict[str, Figure]:
    """Return how many schools and townships confirmed, in time, late or not: numbers, no names."""
    own = [each for each in houses if each.is_house]
    late = sum(
        each.confirmed_at is not None and each.confirmed_at > due_at(each.kind, day.ends_at)
        for each in own
    )
    silent = sum(each.confirmed_at is None for each in own)
    numbers = {
        "houses": len(own), "on_time": len(own) - late - silent, "late": late, "silent": silent,
    }  # fmt: skip
    return {key: make(unit.public_id, key, value, Basis.UNITS) for key, value in numbers.items()}
