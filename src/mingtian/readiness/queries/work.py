"""Reads of what helpers do: duties of the five-old (PER-1) and the log of levers (PER-2)."""

from dataclasses import dataclass
from datetime import date

from mingtian.org.queries import UnitRow, list_subtree, shown_name
from mingtian.org.rules import Line
from mingtian.readiness.rules import GROUPS, LEG_OF_LEVER, Leg, Lever, Task
from mingtian.readiness.statements import rows

MOST_LINES = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """So many five-old of a group do this at a block. Nobody is named."""

    public_id: str
    task: Task
    block: str
    volunteers: int
    unit_id: int
    group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityRow:
    """One line of the log of a lever; ``served`` counts person-times."""

    public_id: str
    lever: Lever
    done_on: date
    what: str
    served: int
    unit: str
    unit_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LeverRow:
    """What one lever did below a unit: lines of the log, and person-times served."""

    lever: Lever
    leg: Leg
    activities: int
    served: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Under:
    """A campaign below a path, on a day of the tree."""

    campaign_id: int
    path: str
    line: Line
    day: date

    def values(self) -> dict[str, object]:
        return {
            "campaign": self.campaign_id,
            "path": self.path,
            "line": self.line.value,
            "day": self.day,
        }


def list_duties(under: Under) -> list[DutyRow]:
    """Return the duties of the five-old at the path and below. One statement."""
    return [
        DutyRow(
            public_id=row[0],
            task=Task(row[1]),
            block=row[2],
            volunteers=row[3],
            unit_id=row[4],
            group=shown_name(row[5], row[6]),
        )
        for row in rows("duties_below", under.values())
    ]


def list_groups(unit_id: int, day: date) -> list[UnitRow]:
    """Return the groups and villages at the unit and below whose five-old may have duties."""
    return list_subtree(unit_id, day, kinds=GROUPS)


def list_activities(under: Under) -> list[ActivityRow]:
    """Return the latest lines of the log at the path and below. One statement."""
    found = rows("activities_below", {**under.values(), "most": MOST_LINES})
    return [
        ActivityRow(
            public_id=row[0],
            lever=Lever(row[1]),
            done_on=row[2],
            what=row[3],
            served=row[4],
            unit=shown_name(row[6], row[7]),
            unit_id=row[8],
        )
        for row in found
    ]


def lever_sums(under: Under) -> list[LeverRow]:
    """Return what each lever did at the path and below, all five of them. One statement."""
    sums = {Lever(row[0]): (row[1], int(row[2])) for row in rows("levers_below", under.values())}
    return [
        LeverRow(
            lever=lever,
            leg=LEG_OF_LEVER[lever],
            activities=sums.get(lever, (0, 0))[0],
            served=sums.get(lever, (0, 0))[1],
        )
        for lever in Lever
    ]
