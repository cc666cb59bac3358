"""Reads of checklists and requirements: one school's, and those of all below a unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.org.queries import person_name, shown_name, unit_rows
from mingtian.org.rules import Line
from mingtian.readiness.models import Checklist, Sheet
from mingtian.readiness.rules import NOT_READY, NOTHING_YET, Points, State, state_of
from mingtian.readiness.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistRow:
    """A school's three points; ``in_charge`` is a person's name, empty for nobody.

    ``met_in`` is the public id of the recorded meeting, empty where the day was typed.
    """

    points: Points
    in_charge: str
    in_charge_account: str = ""
    met_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One version of a school's requirements."""

    version: int
    text: str
    by: str
    issued_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolRow:
    """A school below a unit: ``gaps`` are evenings ahead without anybody in charge."""

    id: int
    public_id: str
    title: str
    path: str
    superior_id: int
    points: Points
    state: State
    gaps: int
    has_sheet: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CountsRow:
    """Schools by state below one unit; ``direct`` when they stand there without anything between."""

    public_id: str
    title: str
    schools: int
    states: dict[State, int]
    gaps: int
    sheets: int

    def of(self, state: State) -> int:
        return self.states.get(state, 0)

    @property
    def ready(self) -> int:
        return self.of(State.READY)

    @property
    def late(self) -> int:
        return self.of(State.LATE)

    @property
    def begun(self) -> int:
        return self.of(State.BEGUN)

    @property
    def silent(self) -> int:
        return self.of(State.SILENT)


def find_checklist(campaign_id: int, unit_id: int) -> ChecklistRow:
    """Return a school's checklist, empty where nobody has begun."""
    own = Checklist.objects.filter(campaign_id=campaign_id, unit_id=unit_id)
    found = own.select_related("in_charge").first()
    if found is None:
        return ChecklistRow(points=NOTHING_YET, in_charge="")
    return ChecklistRow(
        points=points_of(found),
        in_charge=person_name(found.in_charge),
        in_charge_account=found.in_charge.get_username() if found.in_charge else "",
        met_in=found.met_in,
    )


def points_of(checklist: Checklist) -> Points:
    """Return the points of a loaded checklist."""
    return Points(
        met_on=checklist.met_on,
        named=checklist.in_charge_id is not None,
        plan_on=checklist.plan_on,
        completed_on=checklist.completed_on,
    )


def list_sheets(campaign_id: int, unit_id: int) -> list[SheetRow]:
    """Return the versions of a school's requirements, the one that holds first."""
    found = Sheet.objects.filter(campaign_id=campaign_id, unit_id=unit_id)
    return [
        SheetRow(
            version=each.version,
            text=each.text,
            by=person_name(each.issued_by),
            issued_at=each.issued_at,
        )
        for each in found.select_related("issued_by").order_by("-version")
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Below:
    """What is asked about the schools below a path."""

    campaign_id: int
    first_on: date
    path: str
    line: Line
    day: date
    now: datetime


def list_schools_below(below: Below) -> list[SchoolRow]:
    """Return every school below the path, in tree order. One statement."""
    values = {
        "campaign": below.campaign_id,
        "path": below.path,
        "line": below.line.value,
        "day": below.day,
        "now": below.now,
    }
    found = []
    for row in rows("schools_below", values):
        points = Points(met_on=row[6], named=row[7], plan_on=row[8], completed_on=row[9])
        found.append(
            SchoolRow(
                id=row[0],
                public_id=row[1],
                title=shown_name(row[2], row[3]),
                path=row[4],
                superior_id=row[5],
                points=points,
                state=state_of(points, below.first_on),
                gaps=row[10],
                has_sheet=row[11],
            )
        )
    return found


def counts_by_child(schools: Iterable[SchoolRow], depth: int, day: date) -> list[CountsRow]:
    """Return the schools by state for each unit directly below that has some beneath it.

    ``depth`` is how many keys the path of the unit itself has. Schools that stand directly
    below are left out. One statement.
    """
    by_child: dict[int, list[SchoolRow]] = defaultdict(list)
    for school in schools:
        keys = school.path.split(".")
        if len(keys) > depth + 1:
            by_child[int(keys[depth])].append(school)
    units = unit_rows(by_child, day) if by_child else {}
    return [
        counts_of(found, title=units[key].title, public_id=units[key].public_id)
        for key, found in by_child.items()
        if key in units
    ]


def counts_of(schools: Iterable[SchoolRow], *, title: str = "", public_id: str = "") -> CountsRow:
    """Count schools by state."""
    found = list(schools)
    return CountsRow(
        public_id=public_id,
        title=title,
        schools=len(found),
        states={state: sum(each.state is state for each in found) for state in State},
        gaps=sum(each.gaps for each in found),
        sheets=sum(each.has_sheet for each in found),
    )


def not_ready_of(schools: Iterable[SchoolRow], unit_id: int) -> list[SchoolRow]:
    """Return the schools directly below the unit that are not ready, the silent ones first."""
    found = [each for each in schools if each.superior_id == unit_id and each.state in NOT_READY]
    return sorted(found, key=lambda each: (each.state is not State.SILENT, each.path))
