"""Reads of what waits: hand-overs, problems, reports of duty, and a counsellor's talks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtian.care.rules import Talk, TicketState, Topic
from mingtian.care.statements import rows
from mingtian.core.clock import day_of
from mingtian.org.queries.tree import shown_name
from mingtian.vault.access import Door

REPORTS_FOR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRow:
    """A case that somebody is asked to take over."""

    case: str
    number: str
    unit: str
    by: str
    at: datetime
    public_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CounselledRow:
    """A child whose counsellor somebody is."""

    child_id: int
    child: str
    is_open: bool
    last_on: date | None
    talks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow:
    """A timely problem in a list."""

    public_id: str
    topic: Topic
    at: datetime
    state: TicketState
    is_own: bool
    unit: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """A report of duty in a list."""

    public_id: str
    told: tuple[str, ...]
    told_at: datetime
    by: str
    at: datetime
    unit: str
    number: str
    is_seen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class UnaskedRow:
    """A talk or a referral that nobody had agreed to and nobody above has looked at.

    ``why`` is the talk's urgency, or the body that was told.
    """

    what: str
    public_id: str
    on: date
    why: str
    by: str
    unit: str
    case: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkRow:
    """That a talk took place. ``opens``: its notes are the reader's own, or were handed over."""

    public_id: str
    kind: Talk
    held_on: date
    by: str
    opens: bool
    is_own: bool


def list_offers(door: Door) -> list[OfferRow]:
    """Return the cases that the person is asked to take over. One statement."""
    return [
        OfferRow(
            case=case, number=number, unit=shown_name(name or "", name_en or ""), by=by or "",
            at=at, public_id=public,
        )
        for case, number, name, name_en, by, at, public in rows(
            "offered", {"day": day_of(door.now)}
        )
    ]  # fmt: skip


def list_counselled(door: Door) -> list[CounselledRow]:  # noqa: ARG001 - nobody asks without one
    """Return the children whose counsellor the person is. One statement."""
    return [
        CounselledRow(child_id=key, child=child, is_open=state == "open", last_on=last, talks=talks)
        for key, child, state, last, talks in rows("counselled", {})
    ]


def list_tickets(door: Door, *, overseeing: bool) -> list[TicketRow]:
    """Return open problems: the person's own, for offices all in sight, the unanswered first."""
    return [
        TicketRow(
            public_id=public, topic=Topic(topic), at=at, state=state_of(answered, closed),
            is_own=own, unit=shown_name(name or "", name_en or ""), number=number or "",
        )
        for public, topic, at, answered, closed, own, name, name_en, number in rows(
            "tickets", {"day": day_of(door.now), "overseeing": overseeing}
        )
    ]  # fmt: skip


def list_reports(door: Door) -> list[ReportRow]:
    """Return the year's reports of duty in sight, the newest first. One statement."""
    return [
        ReportRow(
            public_id=public, told=tuple(told), told_at=told_at, by=by or "", at=at,
            unit=shown_name(name or "", name_en or ""), number=number or "", is_seen=seen,
        )
        for public, told, told_at, by, at, name, name_en, number, seen in rows(
            "reports", {"day": day_of(door.now), "after": door.now - REPORTS_FOR}
        )
    ]  # fmt: skip


def list_unasked(door: Door) -> list[UnaskedRow]:
    """Return what in sight was done without a consent and not looked at, the oldest first. One statement."""
    return [
        UnaskedRow(
            what=what, public_id=public, on=on, why=why, by=by or "",
            unit=shown_name(name or "", name_en or ""), case=case or "", number=number or "",
        )
        for what, public, on, why, by, name, name_en, case, number in rows(
            "unasked", {"day": day_of(door.now)}
        )
    ]  # fmt: skip


def talks_of(child_id: int) -> list[TalkRow]:
    """Return the talks with a child that are in sight, the newest first. One statement."""
    return [
        TalkRow(public_id=public, kind=Talk(kind), held_on=on, by=by or "", opens=opens, is_own=own)
        for public, kind, on, by, opens, own in rows("talks", {"child": child_id})
    ]


def state_of(answered_at: datetime | None, closed_at: datetime | None) -> TicketState:
    """Return how a problem stands."""
    if closed_at is not None:
        return TicketState.CLOSED
    return TicketState.OPEN if answered_at is None else TicketState.ANSWERED
