"""Reads of what was counted, as frozen rows. Names of people are nowhere in this module."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.attendance import curve as curves
from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).with_name("counting.sql"))

DEVICES = 100
"""Kind of the tally rows that count phones; only ``arrived`` is used."""

HOUSEHOLDS = 101
"""Kind of the tally rows that count homes; only ``arrived`` is used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SumRow:
    """Tallies of one kind, summed. ``curve`` is read with :mod:`mingtian.attendance.curve`.

    ``group`` is the key of the unit one level down, or None for what was counted at the
    unit itself.
    """

    group: int | None
    kind: int
    arrived: int
    completed: int
    replayed: int
    replay_completed: int
    curve: int

    def in_slot(self, slot: int) -> int:
        """Return how many persons watched in a slot."""
        return curves.count_at(self.curve, slot)

    def plus(self, other: "SumRow") -> "SumRow":
        """Return the sum of two rows of one kind; it keeps this row's group."""
        assert self.kind == other.kind
        return replace(
            self,
            arrived=self.arrived + other.arrived,
            completed=self.completed + other.completed,
            replayed=self.replayed + other.replayed,
            replay_completed=self.replay_completed + other.replay_completed,
            curve=self.curve + other.curve,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRow:
    """One person's maps at one lecture; ``live`` is None for who came to the replay only."""

    person_id: int
    kind: int
    live: int | None
    replay: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """All columns of one tally."""

    arrived: int = 0
    completed: int = 0
    replayed: int = 0
    replay_completed: int = 0
    slots: int = 0
    curve: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A tally that is not what its rows say."""

    unit_id: int
    kind: int
    tallied: Counts
    recounted: Counts


def list_sums_below(*, lecture_id: int, path: str, line: str, day: date) -> list[SumRow]:
    """Return the sums of a subtree by kind and by the unit one level below ``path``.

    ``path`` is the unit's ltree path on ``line`` on that day. One statement; about 15 ms for
    2,250 classes and 100 ms for 30,000 (docs/mechanisms/counting.md).
    """
    values = {
        "lecture": lecture_id,
        "path": path,
        "line": line,
        "day": day,
    }
    return [_sum_row(row) for row in _rows("sums_below", values)]


def list_totals_below(*, lecture_id: int, path: str, line: str, day: date) -> list[SumRow]:
    """Return the sums of a whole subtree by kind, without curves; ``group`` is None."""
    values = {"lecture": lecture_id, "path": path, "line": line, "day": day}
    return [_sum_row(row) for row in _rows("totals_below", values)]


def slot_counts(rows: Iterable[SumRow]) -> list[int]:
    """Return how many persons watched in each of the sixty slots, over all the rows."""
    return curves.decode(sum(row.curve for row in rows))


def list_records_of(*, lecture_id: int, person_ids: Iterable[int]) -> list[RecordRow]:
    """Return the rows of the persons named by key, wherever they were counted."""
    rows = _rows("records_of", {"lecture": lecture_id, "persons": list(person_ids)})
    return [_record_row(row) for row in rows]


def recount(lecture_id: int) -> dict[tuple[int, int], Counts]:
    """Count a lecture again from its rows; keys are (unit, kind).

    Reads attendance_record, attendance_arrival and attendance_home, never the tallies.
    """
    rows = _rows("recount", {"lecture": lecture_id})
    return {(row[0], row[1]): _counts(row[2:]) for row in rows}


def differences(lecture_id: int) -> list[Difference]:
    """Return every tally that differs from the recount; an empty list is the promise kept.

    Rows and tallies are read in one statement, so it may run while phones report.
    """
    return [
        Difference(
            unit_id=row[0],
            kind=row[1],
            tallied=_counts(row[2:8]),
            recounted=_counts(row[8:14]),
        )
        for row in _rows("differences", {"lecture": lecture_id})
    ]


def _rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    statement = STATEMENTS[name].replace("{recount}", STATEMENTS["recount"])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _sum_row(row: Sequence[int]) -> SumRow:
    group, kind, arrived, completed, replayed, replay_completed, curve = row
    return SumRow(
        group=group,
        kind=kind,
        arrived=arrived,
        completed=completed,
        replayed=replayed,
        replay_completed=replay_completed,
        curve=int(curve),
    )


def _record_row(row: Sequence[int]) -> RecordRow:
    person_id, kind, live, replay = row
    return RecordRow(person_id=person_id, kind=kind, live=live, replay=replay)


def _counts(row: Sequence[int | None]) -> Counts:
    arrived, completed, replayed, replay_completed, slots, curve = (int(each or 0) for each in row)
    return Counts(
        arrived=arrived,
        completed=completed,
        replayed=replayed,
        replay_completed=replay_completed,
        slots=slots,
        curve=curve,
    )


def count_stored(lecture_id: int) -> dict[int, tuple[int, int]]:
    """Return persons that came live and their slots, by counting unit, from the rows."""
    return {
        unit: (persons, slots) for unit, persons, slots in _rows("stored", {"lecture": lecture_id})
    }


def count_tallied(lecture_id: int) -> dict[int, tuple[int, int]]:
    """Return persons that came live and their slots, by counting unit, from the tallies."""
    return {
        unit: (persons, slots) for unit, persons, slots in _rows("tallied", {"lecture": lecture_id})
    }
