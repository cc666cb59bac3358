"""What the pages of cases show, made from rows; texts are opened here and nowhere else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext, pgettext

from mingtian.care import queries, words
from mingtian.care.access import CasePlace
from mingtian.care.queries import CaseRow, Counts, HistoryRow, MineRow, PlanRow, UnaskedRow
from mingtian.care.rules import (
    Area,
    ClosedFor,
    Due,
    Duty,
    Liaison,
    Milestone,
    Outcome,
    PlanState,
    Risk,
    Service,
    State,
    Talk,
    TicketState,
    Topic,
    Way,
    due,
)
from mingtian.care.rules.leave import GOES_ON, Answer, Body, Leave, Passed, Urgency
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing of a case as it is shown."""

    public_id: str
    title: str
    on: date
    by: str
    words: str = ""
    more: str = ""
    chip: str = ""
    chip_word: str = ""
    rule: str = ""
    rule_title: str = ""
    is_open: bool = False
    facts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanShown:
    """A version of the plan. ``goals`` are pairs of area and text, the text empty to an office."""

    row: PlanRow
    goals: Sequence[tuple[str, str]]
    agreed: str
    chip: str
    chip_word: str
    is_own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of guardianship: reached on a day, or not yet."""

    kind: str
    title: str
    on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """Somebody who works or worked in a case, from one day to another."""

    public_id: str
    duty: str
    name: str
    on: date
    ends_on: date | None
    may_end: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FileShown:
    """All of a case, part by part."""

    assessments: Sequence[Line]
    services: Sequence[Line]
    reviews: Sequence[Line]
    contacts: Sequence[Line]
    liaisons: Sequence[Line]
    talks: Sequence[Line]
    referrals: Sequence[Line]
    handovers: Sequence[Line]
    tickets: Sequence[Line]
    reports: Sequence[Line]
    steps: Sequence[Step]
    team: Sequence[Worker]
    next: tuple[str, str] | None
    """The address, and the words for it, of what its worker does next."""
    plan: PlanShown | None
    coming: PlanShown | None
    older: Sequence[PlanShown]


def file_of(door: Door, place: CasePlace, seal: "ChildSeal | None") -> FileShown:
    """Return what is shown of a case; without the keys its texts stay shut. Two statements."""
    history = queries.history_of(place)
    plans = [plan_shown(plan, seal, door.user_id) for plan in queries.plans_of(place)]
    ruling = next((each for each in plans if each.row.state is PlanState.APPROVED), None)
    newest = plans[0] if plans and plans[0].row.state is not PlanState.APPROVED else None

    def of(what: str) -> list[Line]:
        return [_line(row, seal, place.today) for row in history if row.what == what]

    services = of("service")
    step = _next(place, history, newest is not None or ruling is not None)
    return FileShown(
        assessments=of("assessment"),
        services=sorted(services, key=lambda line: (not line.is_open, line.on)),
        reviews=of("review"), contacts=of("contact"), liaisons=of("liaison"), talks=of("talk"),
        referrals=of("referral"), handovers=of("handover"),
        tickets=of("ticket"), reports=of("report"), steps=_steps(history),
        team=_team(history), next=step, plan=ruling,
        coming=newest if newest and newest.row.state is not PlanState.REPLACED else None,
        older=[each for each in plans if each.row.state is PlanState.REPLACED],
    )  # fmt: skip


def _next(
    place: CasePlace, history: Sequence[HistoryRow], has_plan: bool
) -> tuple[str, str] | None:
    """Return what is to be done first in an open case by whoever works in it."""
    if not place.works or place.closed_at is not None:
        return None
    kinds = {row.what for row in history}
    review = next((row.code for row in history if row.what == "review"), "")
    steps = (
        ("assessment" not in kinds, "care:assess", gettext("Assess how the child is")),
        (not has_plan, "care:plan", gettext("Write the plan")),
        (place.plan_state is PlanState.RETURNED, "care:plan", gettext("Change the plan")),
        (place.state is State.REVIEWED and review == Outcome.CLOSE, "care:close", gettext("Close the case")),
        (place.is_silent, "care:contact", gettext("Note this week")),
        (place.state is State.PLANNED and "service" not in kinds, "care:service", gettext("Note something to do")),
    )  # fmt: skip
    return next(((address, said) for waits, address, said in steps if waits), None)


def plan_shown(plan: PlanRow, seal: "ChildSeal | None", reader: int) -> PlanShown:
    """Return a plan with its goals opened, or with its areas alone."""
    goals = goals_of(plan, seal) if seal else dict.fromkeys(plan.areas, "")
    return PlanShown(
        row=plan,
        goals=[
            (words.word(words.AREA_WORDS, Area, area), goals.get(area, "")) for area in plan.areas
        ],
        agreed=str(words.AGREED_WORDS.get(plan.agreed, "")),  # type: ignore[call-overload]
        chip=words.PLAN_CHIPS[plan.state],
        chip_word=str(words.PLAN_WORDS[plan.state]),
        is_own=plan.by_id == reader,
    )


def goals_of(plan: PlanRow, seal: "ChildSeal") -> dict[str, str]:
    """Open the goals of a plan, by area."""
    opened = json.loads(seal.open(C.SITUATION, plan.goals, "care_plan", "goals", plan.public_id))
    return {str(area): str(text) for area, text in opened.items()}


def figures_of(counts: Counts, *, decides: bool) -> list[tuple[int, str, str]]:
    """Return number, word and label of the figures above one's cases."""
    said = [
        (counts.open, gettext("Open cases")),
        (counts.overdue, gettext("Something is overdue")),
        (counts.silent, gettext("Parents silent for over a week")),
        (counts.unanswered, gettext("Referral not answered")),
    ]
    if decides:
        said.append((counts.plan, gettext("Plans to decide on")))
    return [(number, ngettext("case", "cases", number), label) for number, label in said]


def unasked_shown(found: Sequence[UnaskedRow]) -> list[tuple[UnaskedRow, str, str, str]]:
    """Return what was done without a consent, with what it was, why, and where it is looked at."""
    return [
        (
            row,
            gettext("A talk in the counselling room"),
            words.word(words.URGENCY_WORDS, Urgency, row.why),
            "care:talk-seen",
        )
        if row.what == "talk"
        else (
            row,
            gettext("Referred to: %(body)s")
            % {"body": words.word(words.BODY_WORDS, Body, row.why)},
            str(words.LEAVE_SHORT[Leave.DANGER]),
            "care:referral-seen",
        )
        for row in found
    ]


def row_cells(row: CaseRow | MineRow) -> dict[str, object]:
    """Return a listed case with the words of its state, risk and day."""
    return {
        "row": row,
        "state": words.STATE_WORDS[row.state],
        "risk": words.RISK_WORDS[row.risk] if row.risk else "",
        "risk_chip": words.RISK_CHIPS[row.risk] if row.risk else "",
        "due_chip": words.DUE_CHIPS.get(Due(row.due), ""),
        "due_word": words.DUE_WORDS[Due(row.due)],
        "plan": words.PLAN_WORDS[row.plan_state] if row.plan_state else "",
    }


def steps_of_state(state: State) -> tuple[list[dict[str, str]], int]:
    """Return the way of a case and how far this one has come, counted from 1."""
    way = [one for one in State if one is not State.CLOSED]
    return [{"title": str(words.STATE_WORDS[one])} for one in way], (
        len(way) + 1 if state is State.CLOSED else way.index(state) + 1
    )


def head_of(place: CasePlace) -> dict[str, object]:
    """Return what stands at the top of a case's page."""
    way, current = steps_of_state(place.state)
    return {
        "state_word": words.STATE_WORDS[place.state],
        "risk_word": words.RISK_WORDS[place.risk] if place.risk else "",
        "risk_chip": words.RISK_CHIPS[place.risk] if place.risk else "",
        "due_word": words.DUE_WORDS[place.due],
        "due_chip": words.DUE_CHIPS.get(place.due, ""),
        "closed_word": words.word(words.CLOSED_WORDS, ClosedFor, place.closed_for),
        "way": way,
        "way_at": current,
        "silent_since": max(
            (each for each in (place.contact_from, place.contact_on) if each), default=None
        ),
    }


def _steps(history: Sequence[HistoryRow]) -> list[Step]:
    reached = {row.code: row.on for row in history if row.what == "milestone"}
    return [
        Step(kind=one.value, title=str(words.MILESTONE_WORDS[one]), on=reached.get(one.value))
        for one in Milestone
    ]


def _team(history: Sequence[HistoryRow]) -> list[Worker]:
    own = [row for row in history if row.what == "duty"]
    return [
        Worker(
            public_id=row.public_id, duty=words.word(words.DUTY_WORDS, Duty, row.code), name=row.by,
            on=row.on, ends_on=row.due_on, may_end=not row.settled and row.code != Duty.LEAD,
        )
        for row in sorted(own, key=lambda row: (row.settled, row.at))
    ]  # fmt: skip


def _line(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:
    make = {
        "assessment": _assessment, "service": _service, "review": _review, "contact": _contact,
        "liaison": _liaison, "referral": _referral, "talk": _talk, "handover": _handover,
    }.get(row.what)  # fmt: skip
    if make is not None:
        return make(row, seal, today)
    title = {
        "ticket": lambda: words.word(words.TOPIC_WORDS, Topic, row.code),
        "report": lambda: words.told_words(row.code.split(",")),
        "milestone": lambda: words.word(words.MILESTONE_WORDS, Milestone, row.code),
    }[row.what]()
    return Line(public_id=row.public_id, title=title, on=row.on, by=row.by, is_open=not row.settled)


def _assessment(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    said, more = "", ""
    if seal is not None and row.words:
        opened = json.loads(_open(seal, C.SITUATION, row.words, "care_assessment", "words", row))
        points = {str(item): int(number) for item, number in opened["points"].items()}
        said = str(opened["words"])
        more = " · ".join(
            f"{words.ITEM_WORDS.get(item, item)}: {words.POINT_WORDS[number]}"
            for item, number in points.items()
            if number
        )
        if row.more:
            said += "\n" + _open(seal, C.HEALTH, row.more, "care_assessment", "health", row)
    return Line(
        public_id=row.public_id, title=gettext("%(number)s points of 18") % {"number": row.number},
        on=row.on, by=row.by, words=said, more=more, chip=words.RISK_CHIPS[Risk(row.code)],
        chip_word=str(words.RISK_WORDS[Risk(row.code)]),
    )  # fmt: skip


def _service(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:
    area, outcome, rule, title = [*row.detail.split("|", 3), "", "", ""][:4]
    near = Due.NONE if row.settled else due(row.due_on, today)
    return Line(
        public_id=row.public_id,
        title=f"{words.word(words.SERVICE_WORDS, Service, row.code)} · "
        f"{words.word(words.AREA_WORDS, Area, area)}",
        on=row.on, by=row.by, is_open=not row.settled, rule=rule, rule_title=title,
        words=_open(seal, C.SITUATION, row.words, "care_service", "words", row),
        more=_open(seal, C.SITUATION, row.more, "care_service", "result", row),
        chip=_service_chip(near, outcome),
        chip_word=str(words.DUE_WORDS[near] or words.word(words.OUTCOME_WORDS, Outcome, outcome)),
    )  # fmt: skip


def _service_chip(near: Due, outcome: str) -> str:
    if near is not Due.NONE:
        return words.DUE_CHIPS[near]
    return "good" if outcome == Outcome.DONE else "off"


def _review(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    return Line(
        public_id=row.public_id, title=words.word(words.OUTCOME_WORDS, Outcome, row.code),
        on=row.on, by=row.by,
        words=_open(seal, C.SITUATION, row.words, "care_review", "words", row),
    )  # fmt: skip


def _contact(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    return Line(
        public_id=row.public_id, title=words.word(words.WAY_WORDS, Way, row.code), on=row.on,
        by=row.by, chip="good" if row.settled else "live",
    )  # fmt: skip


def _liaison(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    return Line(
        public_id=row.public_id, title=words.word(words.LIAISON_WORDS, Liaison, row.code),
        on=row.on, by=row.by, is_open=not row.settled,
        words=_open(seal, C.SITUATION, row.words, "care_liaison", "words", row),
    )  # fmt: skip


def _talk(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    why = words.word(words.URGENCY_WORDS, Urgency, row.detail) if row.detail else ""
    seen = gettext("seen by the office") if row.settled else gettext("not yet seen by the office")
    return Line(
        public_id=row.public_id, title=words.word(words.TALK_WORDS, Talk, row.code), on=row.on,
        by=row.by, facts=[gettext("without a consent"), why, seen] if why else [],
    )  # fmt: skip


def _handover(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:  # noqa: ARG001
    return Line(
        public_id=row.public_id, title=f"{row.by} → {row.detail}", on=row.on, by="",
        words=_open(seal, C.SITUATION, row.words, "care_transfer", "words", row),
    )  # fmt: skip


def _referral(row: HistoryRow, seal: "ChildSeal | None", today: date) -> Line:
    kind, leave, agreed_on, answer, answered_on, passed = row.detail.split("|")
    facts = []
    if passed:
        told = gettext(", ").join(
            words.word(words.PASSED_WORDS, Passed, each) for each in passed.split(",")
        )
        facts.append(gettext("told: %(what)s") % {"what": told})
        facts.append(f"{words.word(words.LEAVE_SHORT, Leave, leave)} {agreed_on}".strip())
    if answer:
        facts.append(f"{words.word(words.ANSWER_SHORT, Answer, answer)} {answered_on}")
    if not row.settled and row.due_on is not None:
        facts.append(gettext("answer until %(day)s") % {"day": row.due_on.isoformat()})
    chip, chip_word = _referral_chip(row, answer, today)
    return Line(
        public_id=row.public_id, on=row.on, by=row.by, is_open=not row.settled, facts=facts,
        title=f"{words.word(words.BODY_WORDS, Body, row.code)} · "
        f"{words.word(words.SERVICE_WORDS, Service, kind)}",
        words=_open(seal, C.SITUATION, row.words, "care_referral", "words", row),
        more=_open(seal, C.SITUATION, row.more, "care_referral", "result", row),
        chip=chip, chip_word=chip_word,
    )  # fmt: skip


def _referral_chip(row: HistoryRow, answer: str, today: date) -> tuple[str, str]:
    if row.settled:
        ended = answer and answer != GOES_ON
        return (
            ("good", str(words.TICKET_WORDS[TicketState.ANSWERED]))
            if ended
            else ("off", pgettext("referral", "taken back"))
        )
    late = row.due_on is not None and row.due_on < today
    return (
        ("live", gettext("no answer yet"))
        if late
        else ("wait", str(words.TICKET_WORDS[TicketState.OPEN]))
    )


def _open(
    seal: "ChildSeal | None", of: FieldClass, sealed: bytes | None, table: str, column: str,
    row: HistoryRow,
) -> str:  # fmt: skip
    return seal.open(of, sealed, table, column, row.public_id) if seal and sealed else ""
