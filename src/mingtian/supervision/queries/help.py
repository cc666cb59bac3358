"""Reads of one evening at a unit: what fell below it, whom it calls, what it is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mingtian.closings.queries import DayRow
from mingtian.core.clock import day_of
from mingtian.org.queries import (
    PostRow,
    UnitRow,
    full_name,
    list_holders,
    path_on,
    shown_name,
    unit_rows,
)
from mingtian.org.rules import Line, UnitKind
from mingtian.supervision.models import Alert, FollowUp, Mark, Passing, Ticket
from mingtian.supervision.rules import (
    ACTING,
    OFFICES,
    SMALLEST,
    Cause,
    Stage,
    State,
    Visiting,
    Why,
)
from mingtian.supervision.statements import rows

STILL_ASKED = timedelta(days=3)
"""So long a call that nobody made stays on the page; after that it helps nobody."""

BELOW = {
    Line.LEADS: [kind.value for kind in OFFICES],
    Line.GUIDES: [kind.value for kind in (*OFFICES, UnitKind.SECTOR)],
}
"""What stands in a table of units below. A sector committee's schools stand on its own line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkRow:
    """What a unit counted at a stage; ``usual``, ``low`` and ``before`` are None where it was new.

    While the lecture runs: persons watching in one minute.
    """

    stage: Stage
    value: int
    before: int | None
    usual: int | None
    low: int | None

    @property
    def is_fall(self) -> bool:
        """Below the band, of a unit that is large enough to say so."""
        if self.usual is None or self.low is None:
            return False
        return self.usual >= SMALLEST and self.value < self.low


@dataclass(frozen=True, kw_only=True, slots=True)
class BelowRow:
    """A unit one level down: its last mark, and what is under way at and below it."""

    id: int
    public_id: str
    kind: UnitKind
    name: str
    name_en: str
    mark: MarkRow | None
    calls: int
    calls_made: int
    tickets: int
    tickets_open: int
    response: float | None
    questions: int

    @property
    def title(self) -> str:
        return shown_name(self.name, self.name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRow:
    """A contact task. ``mark`` is its last alert; ``cause`` None while nobody called."""

    public_id: str
    lecture_id: int
    number: int
    unit: str
    kind: UnitKind
    title: str
    why: Why
    made_at: datetime
    due_at: datetime
    taken_by: str
    given_to: str
    given_below: bool
    cause: Cause | None
    words: str
    done_at: datetime | None
    done_by: str
    mark: MarkRow | None
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow:
    """A ticket. ``house`` was asked first, ``office`` holds it; ``own`` when this unit is to answer."""

    public_id: str
    number: int | None
    unit: str
    kind: UnitKind
    title: str
    house: str
    cause: Cause
    words: str
    state: State
    opened_at: datetime
    opened_by: str
    given_below: bool
    given_to: str
    answer: str
    answered_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    own: bool
    passed_at: datetime | None
    office: str

    @property
    def response(self) -> float | None:
        """Seconds to the first answer, from the opening or from when it was passed up."""
        asked_at = self.passed_at or self.opened_at
        return (self.answered_at - asked_at).total_seconds() if self.answered_at else None


@dataclass(frozen=True, kw_only=True, slots=True)
class PassingRow:
    """One way up of a ticket, with its offices."""

    passing: Passing
    office: UnitRow
    above: UnitRow


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitRow:
    """A visit as the list shows it."""

    public_id: str
    unit: str
    school: str
    visitor: str
    role: str
    kind: Visiting
    visits_at: datetime
    announced_on: date | None
    purpose: str
    findings: str
    called_off_at: datetime | None
    follow_ups: int
    follow_ups_open: int


@dataclass(frozen=True, kw_only=True, slots=True)
class YearRow:
    """Visits of a year below a unit: by kind, and how many schools had any."""

    year: int
    comprehensive: int
    helping: int
    schools: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolRow:
    """A school to choose, with what stands above it."""

    id: int
    public_id: str
    title: str
    above: str


def list_below(day: DayRow, path: str, line: Line) -> list[BelowRow]:
    """Return the units directly below that answer for a part of the evening, in tree order."""
    values = {
        "lecture": day.lecture_id, "path": path, "line": line.value, "day": day.held_on,
        "kinds": BELOW[line],
    }  # fmt: skip
    return [
        BelowRow(
            id=each[0], public_id=each[1], kind=UnitKind(each[2]), name=each[3], name_en=each[4],
            mark=_mark(*each[5:10]), calls=each[10], calls_made=each[11], tickets=each[12],
            tickets_open=each[13], response=each[14], questions=each[15],
        )
        for each in rows("below", values)
    ]  # fmt: skip


def find_mark(day: DayRow, unit_id: int) -> MarkRow | None:
    """Return the last mark of one unit on an evening."""
    order = {Stage.FINAL.value: 0, Stage.MIDDLE.value: 1, Stage.EARLY.value: 2}
    found = sorted(
        Mark.objects.filter(lecture_id=day.lecture_id, unit_id=unit_id),
        key=lambda mark: order[mark.stage],
    )
    return next((_mark(m.stage, m.value, m.before, m.usual, m.low) for m in found), None)


def list_calls(
    day: DayRow, unit_id: int, now: datetime, guided: Iterable[int] = ()
) -> list[CallRow]:
    """Return a unit's calls, those to be made first. ``guided`` are units it looks on at."""
    values = {
        "unit": unit_id, "lecture": day.lecture_id, "guided": list(guided), "now": now,
        "after": now - STILL_ASKED,
    }  # fmt: skip
    return [
        CallRow(
            public_id=each[0], lecture_id=each[1], number=each[2], unit=each[3],
            kind=UnitKind(each[4]), title=full_name(each[5]), why=Why(each[6]),
            made_at=each[7], due_at=each[8], taken_by=each[9] or "", given_to=each[10] or "",
            given_below=each[11], cause=Cause(each[12]) if each[12] else None, words=each[13],
            done_at=each[14], done_by=each[15] or "", mark=_mark(*each[16:21]),
            ticket=each[21] or "",
        )
        for each in rows("calls", values)
    ]  # fmt: skip


def list_tickets(
    day: DayRow, unit_id: int, *, guided: Iterable[int] = (), name_classes: bool
) -> list[TicketRow]:
    """Return a unit's tickets, open ones first; at most 200. Above a school, no class is named."""
    values = {
        "unit": unit_id, "lecture": day.lecture_id, "day": day.held_on, "guided": list(guided),
    }  # fmt: skip
    return [_ticket(each, name_classes) for each in rows("tickets", values)]


def list_alerts_of(task_id: int) -> list[tuple[MarkRow, datetime]]:
    """Return the alerts of a call in their order, with when each was raised."""
    found = Alert.objects.filter(task_id=task_id).order_by("raised_at", "pk")
    marks = [(_mark(a.stage, a.value, a.before, a.usual, a.low), a.raised_at) for a in found]
    return [(mark, at) for mark, at in marks if mark is not None]


def ticket_of(task_id: int) -> str:
    """Return the public id of the ticket that came of a call; empty when there is none."""
    return str(
        Ticket.objects.filter(task_id=task_id).values_list("public_id", flat=True).first() or ""
    )


def list_passings(ticket_id: int, day: date) -> list[PassingRow]:
    """Return the ways up of a ticket, the first one first."""
    found = list(
        Passing.objects.filter(ticket_id=ticket_id)
        .select_related("passed_by", "answered_by")
        .order_by("passed_at", "pk")
    )
    units = (
        unit_rows({key for each in found for key in (each.office_id, each.above_id)}, day)
        if found
        else {}
    )
    return [
        PassingRow(passing=each, office=units[each.office_id], above=units[each.above_id])
        for each in found
    ]


def list_receivers(unit_id: int, kind: UnitKind, day: date) -> list[PostRow]:
    """Return who makes calls and answers tickets at a unit."""
    return list_holders([unit_id], day, ACTING.get(kind, frozenset()))


def list_visits(path: str, line: Line, today: date) -> list[VisitRow]:
    """Return the visits to the schools below a path, of this year, the last and what is planned."""
    values = {"path": path, "line": line.value, "day": today, "year": today.year}
    return [
        VisitRow(
            public_id=each[0], unit=each[1], school=shown_name(each[2], each[3]),
            visitor=shown_name(each[4] or "", each[5] or ""), role=each[6], kind=Visiting(each[7]),
            visits_at=each[8], announced_on=each[9], purpose=each[10], findings=each[11],
            called_off_at=each[12], follow_ups=each[13], follow_ups_open=each[14],
        )
        for each in rows("visits", values)
    ]  # fmt: skip


def visits_of_year(path: str, line: Line, today: date) -> YearRow:
    """Return how often the schools below a path are visited this year."""
    values = {"path": path, "line": line.value, "day": today, "year": today.year}
    [(comprehensive, helping, schools)] = rows("year", values)
    return YearRow(year=today.year, comprehensive=comprehensive, helping=helping, schools=schools)


def list_schools(path: str, line: Line, today: date) -> list[SchoolRow]:
    """Return the schools below a path to choose from, in tree order."""
    return [
        SchoolRow(
            id=each[0], public_id=each[1], title=shown_name(each[2], each[3]),
            above=shown_name(each[4] or "", each[5] or ""),
        )
        for each in rows("schools_below", {"path": path, "line": line.value, "day": today})
    ]  # fmt: skip


def list_follow_ups(visit_id: int) -> list[FollowUp]:
    """Return what a visit left to be done, the next due first."""
    found = FollowUp.objects.filter(visit_id=visit_id).select_related("done_by")
    return list(found.order_by("done_at", "due_on", "pk"))


def latest_lecture(unit_id: int, now: datetime) -> int | None:
    """Return the lecture that a unit looks at first: the last that has begun, else the next."""
    path = ".".join(map(str, path_on(unit_id, day_of(now))))
    found = rows("latest_of_unit", {"path": path, "now": now}) if path else []
    return int(found[0][0]) if found else None


def _mark(
    stage: str | None, value: int, before: int | None, usual: int | None, low: int | None
) -> MarkRow | None:
    if stage is None:
        return None
    return MarkRow(stage=Stage(stage), value=value, before=before, usual=usual, low=low)


def _ticket(found: tuple[Any, ...], name_classes: bool) -> TicketRow:
    kind, house = UnitKind(found[4]), shown_name(found[6] or "", found[7] or "")
    named = name_classes or kind not in {UnitKind.CLASS, UnitKind.GRADE, UnitKind.STAFF_GROUP}
    return TicketRow(
        public_id=found[0], number=found[2], unit=found[3], kind=kind,
        title=full_name(found[5]) if named else house, house=house,
        cause=Cause(found[8]), words=found[9], state=State(found[10]), opened_at=found[11],
        opened_by=found[12] or "", given_below=found[13], given_to=found[14] or "",
        answer=found[15], answered_at=found[16], solved_at=found[17], closed_at=found[18],
        own=found[19], passed_at=found[20], office=shown_name(found[21] or "", found[22] or ""),
    )  # fmt: skip
