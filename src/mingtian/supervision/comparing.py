"""What the units of a campaign counted at one stage of its evenings, beside their earlier ones."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingtian.attendance.queries.counting import SumRow as Curves
from mingtian.closings.queries import DayRow, list_days, list_sums
from mingtian.closings.rules import CONFIRMING
from mingtian.org.queries import path_on
from mingtian.org.rules import COUNTING_KINDS, UnitKind
from mingtian.supervision.rules import Band, Stage, band_of, slot_of
from mingtian.supervision.statements import rows

PERSON_KINDS = range(1, 100)
KINDS = [kind.value for kind in sorted(CONFIRMING)]

Values = dict[int, dict[int, int]]
"""Persons by unit and lecture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """One unit tonight, the evening before and as usual; ``before`` is None where it was new."""

    unit_id: int
    value: int
    before: int | None
    band: Band | None

    @property
    def is_fall(self) -> bool:
        return self.band is not None and self.band.is_fall(self.value)


def compare(day: DayRow, stage: Stage) -> list[Comparison]:
    """Return every unit below the campaign's scope that confirms, and the scope itself.

    While the lecture runs two statements in all, afterwards two for each evening.
    """
    days = [each for each in list_days(day.campaign_id) if each.starts_at <= day.starts_at]
    path = path_on(day.scope_id, day.held_on)
    values = _final(days) if stage is Stage.FINAL else _running(days, stage, path)
    return list(_compared(values, [each.lecture_id for each in days], set(path[:-1])))


def _compared(values: Values, lectures: Sequence[int], outside: set[int]) -> Iterator[Comparison]:
    *earlier, tonight = lectures
    for unit_id, by_lecture in sorted(values.items()):
        if unit_id in outside:
            continue
        # Nobody at all: the unit did not take part that evening, so it says nothing of a usual one.
        found = [by_lecture[each] for each in earlier if by_lecture.get(each)]
        yield Comparison(
            unit_id=unit_id,
            value=by_lecture.get(tonight, 0),
            before=by_lecture.get(earlier[-1], 0) if found else None,
            band=band_of(found),
        )


def _running(days: Sequence[DayRow], stage: Stage, path: Sequence[int]) -> Values:
    """Return who watched in the stage's minute, by unit and lecture."""
    slots = {
        each.lecture_id: slot_of(stage, starts_at=each.starts_at, ends_at=each.ends_at)
        for each in days
    }
    asked = {"lectures": list(slots), "path": ".".join(map(str, path)), "kinds": KINDS}
    values: Values = defaultdict(dict)
    for unit_id, lecture, curve in rows("curves", asked):
        summed = Curves(group=unit_id, kind=0, arrived=0, completed=0, replayed=0,
                        replay_completed=0, curve=int(curve))  # fmt: skip
        values[unit_id][lecture] = summed.in_slot(slots[lecture])
    return values


def _final(days: Sequence[DayRow]) -> Values:
    """Return the persons who came, corrected or frozen, by unit and lecture."""
    values: Values = defaultdict(dict)
    for day in days:
        path = ".".join(map(str, path_on(day.scope_id, day.held_on)))
        above: dict[int, list[int]] = defaultdict(list)
        for leaf, unit_id in rows("above", {"path": path, "day": day.held_on, "kinds": KINDS,
                                            "counting": [UnitKind(each).value for each in COUNTING_KINDS]}):  # fmt: skip
            above[leaf].append(unit_id)
        for row in list_sums(day, path, leaves=True):
            if row.kind in PERSON_KINDS and row.group is not None:
                for unit_id in above[row.group]:
                    values[unit_id][day.lecture_id] = (
                        values[unit_id].get(day.lecture_id, 0) + row.arrived
                    )
    return values
