"""Reads of cases and of what belongs to one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingtian.care.access import CasePlace
from mingtian.care.models import Case
from mingtian.care.rules import Duty, PlanState, Risk, State
from mingtian.care.rules import due as near
from mingtian.care.rules import is_silent as silent
from mingtian.care.statements import STATEMENTS, Row, rows, run
from mingtian.core.clock import day_of
from mingtian.org.queries.tree import shown_name
from mingtian.vault.access import Door
from mingtian.web.paging import ROWS

MOST_IN_FILE = 5000


class Show(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    SILENT = "silent"
    UNANSWERED = "unanswered"
    PLAN = "plan"
    PRESSING = "pressing"
    CLOSED = "closed"


CONDITIONS: Mapping[Show, str] = {
    Show.OPEN: "own.closed_at IS NULL",
    Show.OVERDUE: "own.closed_at IS NULL AND own.due_on < %(day)s",
    Show.SILENT: "own.closed_at IS NULL AND own.contact_from IS NOT NULL"
    " AND %(day)s - greatest(own.contact_from, own.contact_on) > 7",
    Show.PLAN: "own.closed_at IS NULL AND own.plan_state = 'submitted'",
    Show.PRESSING: "own.closed_at IS NULL AND own.risk IN ('high', 'urgent')",
    Show.CLOSED: "own.closed_at IS NOT NULL",
    Show.UNANSWERED: "own.closed_at IS NULL AND own.answer_on < %(day)s",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """A case in a list, without a name."""

    id: int
    public_id: str
    number: str
    child_id: int
    state: State
    risk: Risk | None
    unit: str
    worker: str
    opened_at: datetime
    due_on: date | None
    is_silent: bool
    plan_state: PlanState | None
    closed_at: datetime | None
    due: str
    is_unanswered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many cases a list would show of each kind."""

    open: int
    overdue: int
    silent: int
    plan: int
    pressing: int
    closed: int
    unanswered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MineRow:
    """A case in which somebody works."""

    public_id: str
    number: str
    child_id: int
    child: str
    state: State
    risk: Risk | None
    unit: str
    duty: Duty
    due_on: date | None
    due: str
    contact_on: date | None
    is_silent: bool
    plan_state: PlanState | None
    is_handed_over: bool
    is_unanswered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryRow:
    """One thing of a case. ``words`` and ``more`` are sealed still."""

    what: str
    public_id: str
    on: date
    at: datetime
    by: str
    code: str
    detail: str
    due_on: date | None
    number: int | None
    settled: bool
    words: bytes | None
    more: bytes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """A version of a plan; its goals are sealed still."""

    public_id: str
    version: int
    state: PlanState
    areas: tuple[str, ...]
    goals: bytes
    agreed: str
    agreed_on: date
    review_on: date
    rule: str
    rule_title: str
    at: datetime
    by: str
    decided_at: datetime | None
    decided_by: str
    by_id: int


def list_cases(door: Door, show: Show, *, page: int = 1, most: int = ROWS) -> list[CaseRow]:
    """Return a page of the cases that the person's posts see, the newest first. One statement."""
    today = day_of(door.now)
    values = {"day": today, "limit": most, "offset": (page - 1) * most}
    found = run(STATEMENTS["list_cases"].format(where=CONDITIONS[show]), values)
    return [_row(each, today) for each in found]


def count_cases(door: Door) -> Counts:
    """Count the cases in sight by what a list shows. One statement."""
    ((opened, overdue, quiet, plan, pressing, closed, unanswered),) = rows(
        "count_cases", {"day": day_of(door.now)}
    )
    return Counts(
        open=opened, overdue=overdue, silent=quiet, plan=plan, pressing=pressing, closed=closed,
        unanswered=unanswered,
    )  # fmt: skip


def list_mine(door: Door) -> list[MineRow]:
    """Return the open cases in which the person works, the first due first. One statement."""
    today = day_of(door.now)
    return [
        MineRow(
            public_id=public, number=number, child_id=child_id, child=child, state=State(state),
            risk=Risk(risk) if risk else None, unit=shown_name(name or "", name_en or ""),
            duty=Duty(duty), due_on=due_on, due=near(due_on, today), contact_on=heard,
            is_silent=silent(since, heard, today),
            plan_state=PlanState(plan) if plan else None, is_handed_over=handed,
            is_unanswered=bool(unanswered),
        )
        for public, number, child_id, child, state, risk, name, name_en, duty, due_on, since, heard,
            plan, handed, unanswered in rows("mine", {"day": today})
    ]  # fmt: skip


def history_of(place: CasePlace) -> list[HistoryRow]:
    """Return all of a case but its plans, the newest first. One statement."""
    return [
        HistoryRow(
            what=what, public_id=public, on=on, at=at, by=by or "", code=code, detail=detail or "",
            due_on=due_on, number=number, settled=settled, words=words, more=more,
        )
        for what, public, on, at, by, code, detail, due_on, number, settled, words, more in rows(
            "history", {"case": place.id, "child": place.child_id}
        )
    ]  # fmt: skip


def plans_of(place: CasePlace) -> list[PlanRow]:
    """Return the versions of a case's plan, the newest first. One statement."""
    return [
        PlanRow(
            public_id=public, version=version, state=PlanState(state), areas=tuple(areas),
            goals=goals, agreed=agreed, agreed_on=agreed_on, review_on=review_on, rule=rule,
            rule_title=title, at=at, by=by or "", decided_at=decided_at, decided_by=decider or "",
            by_id=by_id,
        )
        for public, version, state, areas, goals, agreed, agreed_on, review_on, rule, title, at, by,
            decided_at, decider, by_id in rows("plans", {"case": place.id})
    ]  # fmt: skip


def staff_names(users: Collection[int | None]) -> dict[int | None, str]:
    """Return what these accounts are called; None is nobody."""
    found = rows("staff_names", {"users": [each for each in users if each is not None]})
    return {None: "", **dict(found)}


def find_open_case(child_id: int) -> str | None:
    """Return the public id of a child's open case, for other modules behind the door."""
    row = Case.objects.filter(child_id=child_id, closed_at=None).values_list("public_id").first()
    return row[0] if row else None


def unfinished(child_id: int) -> str:
    """Say what must end before the child's file is closed (``vault.events``): an open case, or ''."""
    return "care_case_still_open" if find_open_case(child_id) else ""


def _row(row: Row, today: date) -> CaseRow:
    (
        public, number, state, risk, name, name_en, worker, opened_at, due_on, since, heard, plan,
        closed_at, key, child_id, answer_on,
    ) = row  # fmt: skip
    is_open = closed_at is None
    return CaseRow(
        id=key, public_id=public, number=number, child_id=child_id, state=State(state),
        risk=Risk(risk) if risk else None, unit=shown_name(name or "", name_en or ""),
        worker=worker or "", opened_at=opened_at, due_on=due_on,
        is_silent=is_open and silent(since, heard, today),
        plan_state=PlanState(plan) if plan else None, closed_at=closed_at,
        due=near(due_on if is_open else None, today),
        is_unanswered=bool(is_open and answer_on and answer_on < today),
    )  # fmt: skip
