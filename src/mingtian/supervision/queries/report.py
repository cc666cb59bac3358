"""An evening's supervision in figures, for the bulletin (SUP-1): nobody's name, no list."""

from collections.abc import Mapping
from dataclasses import dataclass

from mingtian.closings.queries import DayRow
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.org.queries import UnitRow, path_on
from mingtian.org.rules import Line, UnitKind
from mingtian.supervision.rules import Cause
from mingtian.supervision.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class DayReport:
    """What was done on an evening at and below a unit. Times are in seconds.

    ``units_fallen`` counts units with one alert or several. ``calls_made`` were made by people,
    ``calls_settled`` needed no call any more. A ticket's response time runs to its first answer.
    """

    unit_id: str
    day: DayRow
    units_fallen: int
    alerts: int
    calls: int
    calls_made: int
    calls_settled: int
    tickets: int
    tickets_answered: int
    tickets_solved: int
    response_total: float
    response_median: float | None
    response_longest: float | None
    causes: Mapping[Cause, int]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The counts of units that can be published."""
        counted = {"units_fallen": self.units_fallen}
        period = Period(first=self.day.held_on, last=self.day.held_on)
        return tuple(
            Figure(value=value, basis=Basis.UNITS, counts=name, unit_id=self.unit_id,
                   period=period, status=Status.PROVISIONAL)
            for name, value in counted.items()
        )  # fmt: skip


def day_report(unit: UnitRow, day: DayRow) -> DayReport:
    """Return the report of a unit's subtree on a lecture's day; a sector's along its own line."""
    line = Line.GUIDES if unit.kind is UnitKind.SECTOR else Line.LEADS
    path = ".".join(map(str, path_on(unit.id, day.held_on, line)))
    values = {
        "lecture": day.lecture_id, "path": path, "line": line.value, "day": day.held_on,
    }  # fmt: skip
    [found] = rows("report", values)
    return DayReport(
        unit_id=unit.public_id, day=day, units_fallen=found[0], alerts=found[1], calls=found[2],
        calls_made=found[3], calls_settled=found[4], tickets=found[5], tickets_answered=found[6],
        tickets_solved=found[7], response_total=found[8], response_median=found[9],
        response_longest=found[10],
        causes={Cause(cause): number for cause, number in rows("causes", values)},
    )  # fmt: skip
