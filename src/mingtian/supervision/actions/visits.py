"""Visits to schools: plan one within the yearly cap, keep what was found, follow it up (SUP-2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, path_on
from mingtian.org.rules import Line, Role
from mingtian.supervision.models import FollowUp, Visit
from mingtian.supervision.rules import (
    NORM,
    Visiting,
    check_findings,
    check_follow_up,
    check_length,
    check_visit,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A visit as it was typed; ``role`` is the post in which somebody goes."""

    kind: str
    role: Role
    visits_at: datetime
    announced_on: date | None = None
    purpose: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDo:
    """What a visit leaves to be done, as it was typed."""

    words: str
    owner_id: int
    due_on: date | None


def plan_visit(
    *, school: UnitRow | None, visitor: UnitRow, plan: Plan, by: Actor, now: datetime
) -> Visit:
    """Plan a visit, or return the one that was planned for that hour.

    Raises RuleBroken for a school that is not below the visitor, for a second comprehensive visit
    of the year by whomever, for one without notice, and for a helping one that does not say why.
    """
    on = day_of(plan.visits_at)
    if school is None or not _is_below(school, visitor, day_of(now)):
        raise RuleBroken("visit_foreign_school")
    kind = check_visit(
        kind=plan.kind, visitor=visitor.kind, on=on, announced_on=plan.announced_on,
        purpose=plan.purpose, today=day_of(now),
    )  # fmt: skip
    same = {"school_id": school.id, "visitor_id": visitor.id, "visits_at": plan.visits_at}
    values = {
        "kind": kind.value, "role": plan.role.value, "year": on.year, "planned_at": now,
        "announced_on": plan.announced_on if kind is Visiting.COMPREHENSIVE else None,
        "purpose": check_length(plan.purpose), "planned_by_id": by.user_id,
    }  # fmt: skip
    try:
        with transaction.atomic():
            visit, new = Visit.objects.get_or_create(**same, called_off_at=None, defaults=values)
            if new:
                _note("supervision.visit_planned", visit, by, now, kind=kind.value)
    except IntegrityError as clash:
        # The table counts the year's comprehensive visits, whoever else plans one just now.
        audit.record(
            actor=by.username, action="supervision.visit_refused",
            subject=f"unit:{school.public_id}", now=now, year=on.year,
        )  # fmt: skip
        raise RuleBroken("visit_above_cap", norm=NORM, year=on.year) from clash
    return visit


def call_off(*, visit_id: int, by: Actor, now: datetime) -> Visit:
    """Call a visit off; a second time changes nothing. Raises RuleBroken once it has findings."""
    with transaction.atomic():
        visit = _locked(visit_id)
        if visit.found_at is not None:
            raise RuleBroken("visit_over")
        if visit.called_off_at is None:
            visit.called_off_at = now
            visit.save(update_fields=["called_off_at"])
            _note("supervision.visit_called_off", visit, by, now)
    return visit


def keep_findings(*, visit_id: int, findings: str, by: Actor, now: datetime) -> Visit:
    """Keep what was found. Raises RuleBroken before the visit, and for one that was called off."""
    with transaction.atomic():
        visit = _held(visit_id)
        found = check_findings(findings, on=day_of(visit.visits_at), today=day_of(now))
        visit.findings, visit.found_by_id, visit.found_at = found, by.user_id, now
        visit.save(update_fields=["findings", "found_by", "found_at"])
        _note("supervision.visit_found", visit, by, now)
    return visit


def follow_up(*, visit_id: int, to_do: ToDo, by: Actor, now: datetime) -> FollowUp:
    """Add what is to be done, by the school or by the visitor; twice the same is once."""
    words, due_on = check_follow_up(words=to_do.words, due_on=to_do.due_on, today=day_of(now))
    with transaction.atomic():
        visit = _held(visit_id)
        if to_do.owner_id not in {visit.school_id, visit.visitor_id}:
            raise RuleBroken("follow_up_outside")
        found, new = FollowUp.objects.get_or_create(
            visit=visit, owner_id=to_do.owner_id, words=words, defaults={"due_on": due_on}
        )
        if new:
            _note("supervision.follow_up_added", visit, by, now, owner=to_do.owner_id)
    return found


def do_follow_up(*, follow_up_id: int, by: Actor, now: datetime) -> FollowUp:
    """Say that it is done; a second time changes nothing."""
    with transaction.atomic():
        found = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up_id)
        if found.done_at is None:
            found.done_by_id, found.done_at = by.user_id, now
            found.save(update_fields=["done_by", "done_at"])
            audit.record(
                actor=by.username, action="supervision.follow_up_done",
                subject=f"follow_up:{found.public_id}", now=now,
            )  # fmt: skip
    return found


def _is_below(school: UnitRow, visitor: UnitRow, day: date) -> bool:
    return any(visitor.id in path_on(school.id, day, line)[:-1] for line in Line)


def _locked(visit_id: int) -> Visit:
    return Visit.objects.select_for_update(no_key=True).get(pk=visit_id)


def _held(visit_id: int) -> Visit:
    visit = _locked(visit_id)
    if visit.called_off_at is not None:
        raise RuleBroken("visit_called_off")
    return visit


def _note(action: str, visit: Visit, by: Actor, now: datetime, **detail: str | int) -> None:
    audit.record(
        actor=by.username, action=action, subject=f"visit:{visit.public_id}", now=now, **detail
    )
