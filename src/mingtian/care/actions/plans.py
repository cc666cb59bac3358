"""The plan: written by the worker, agreed to by guardian and child, approved without a name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingtian.care import consents
from mingtian.care.access import CasePlace
from mingtian.care.actions.common import changed, locked, note, seal_of
from mingtian.care.models import Case, Plan
from mingtian.care.rules import (
    Agreed,
    Area,
    PlanState,
    check_choice,
    check_day,
    check_due,
    check_goals,
)
from mingtian.care.rules.leave import check_agreed
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

OPEN = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """The rule of county or city on which something rests (AID-4); empty for none."""

    public_id: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A plan as it was typed."""

    goals: Mapping[Area, str]
    agreed: str
    agreed_on: date | None
    review_on: date | None
    rule: Cited = field(default_factory=Cited)


def save_plan(door: Door, place: CasePlace, draft: Draft, *, version: int) -> Plan:
    """Keep the plan that is being written, or begin the next version. Goes to the office next.

    Raises RuleBroken without assessment, without consent, where the child from 14 was not asked, and when somebody changed the case since the
    page was made (``care_changed_meanwhile``).
    """
    goals = check_goals(draft.goals)
    row = locked(place, version=version)
    if row.assessed_at is None:
        raise RuleBroken("care_not_assessed")
    consents.require(door, row.child_id)
    agreed = check_choice(Agreed, draft.agreed)
    check_agreed(agreed is Agreed.GUARDIAN, consents.parties(door, row.child_id))
    plan = Plan.objects.filter(case=row, state__in=OPEN).select_for_update().first()
    if plan is None:
        plan = _next(door, row)
    plan.areas = [area.value for area in goals]
    plan.goals = seal_of(door, row.child_id, FieldClass.SITUATION).seal(
        FieldClass.SITUATION, json.dumps(goals, ensure_ascii=False), "care_plan", "goals",
        plan.public_id,
    )  # fmt: skip
    plan.agreed = agreed
    plan.agreed_on = check_day(draft.agreed_on, door.now)
    plan.review_on = check_due(draft.review_on, door.now)
    plan.rule, plan.rule_title = draft.rule.public_id, draft.rule.title
    plan.state, plan.submitted_at = PlanState.SUBMITTED, door.now
    if plan._state.adding:
        plan.save(force_insert=True)
    else:
        plan.save(
            update_fields=["areas", "goals", "agreed", "agreed_on", "review_on", "rule",
                           "rule_title", "state", "submitted_at"]
        )  # fmt: skip
    changed(row)
    note(
        door, "plan_submitted", f"case:{row.public_id}", version=plan.version,
        areas=",".join(plan.areas),
    )  # fmt: skip
    return plan


def approve_plan(door: Door, place: CasePlace, plan: Plan) -> Plan:
    """Approve a plan for the office, by number, areas and days; the one in force before is replaced.

    Whoever wrote it does not approve it (``care_own_plan``).
    """
    ruling = _to_decide(door, place, plan)
    if ruling.state == PlanState.APPROVED:
        return ruling
    consents.require(door, place.child_id)
    for before in Plan.objects.filter(case_id=place.id, state=PlanState.APPROVED):
        before.state = PlanState.REPLACED
        before.save(update_fields=["state"])
    return _decide(door, place, ruling, PlanState.APPROVED)


def return_plan(door: Door, place: CasePlace, plan: Plan) -> Plan:
    """Give a plan back to its worker to be changed."""
    ruling = _to_decide(door, place, plan)
    if ruling.state == PlanState.RETURNED:
        return ruling
    return _decide(door, place, ruling, PlanState.RETURNED)


def _next(door: Door, row: Case) -> Plan:
    versions = Plan.objects.filter(case=row).values_list("version", flat=True)
    return Plan(
        public_id=public_id(), case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
        version=max(versions, default=0) + 1,
    )  # fmt: skip


def _to_decide(door: Door, place: CasePlace, plan: Plan) -> Plan:
    if place.closed_at is not None:
        raise RuleBroken("care_erased" if place.was_erased else "care_closed")
    ruling = Plan.objects.select_for_update().get(pk=plan.pk)
    if ruling.by_id == door.user_id:
        raise RuleBroken("care_own_plan")
    if ruling.state not in {PlanState.SUBMITTED, PlanState.APPROVED, PlanState.RETURNED}:
        raise RuleBroken("care_plan_not_waiting")
    if ruling.decided_by_id not in {None, door.user_id} and ruling.state != PlanState.SUBMITTED:
        raise RuleBroken("care_plan_not_waiting")
    return ruling


def _decide(door: Door, place: CasePlace, plan: Plan, state: PlanState) -> Plan:
    if plan.state != PlanState.SUBMITTED:
        raise RuleBroken("care_plan_not_waiting")
    plan.state, plan.decided_at, plan.decided_by_id = state, door.now, door.user_id
    plan.save(update_fields=["state", "decided_at", "decided_by"])
    note(door, f"plan_{state.value}", f"case:{place.public_id}", version=plan.version)
    return plan
