"""Decide at the class that a family is exempt (EXE-1) or unwilling (EXE-2), and end it again.

No proof is asked and none is kept. A refusal to take part is a normal state: nothing follows
from it, and nobody is reminded.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.people.models import Person, Standing
from mingtian.people.queries.rosters import present_on
from mingtian.people.rules import ExemptReason, PersonKind, StandingState

LONGEST_UNREVIEWED = timedelta(days=366)
"""An exemption is looked at again within a year."""

BACK = timedelta(days=1)
"""A decision may still hold for the evening before: classes note it on the next morning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What the class decides. An exemption has a coded reason and a day of review."""

    state: StandingState
    starts_on: date
    reason: ExemptReason | None = None
    review_on: date | None = None


def decide_standing(
    *, person_id: int, decision: Decision, now: datetime, actor: str, by: int | None = None
) -> Standing:
    """Let a decision hold for a pupil's family from its first day on; it replaces the one before.

    ``by`` is the account that decides. The same decision again changes nothing.
    """
    _check(decision, now)
    with transaction.atomic():
        person = _locked(person_id, decision.starts_on)
        standing = Standing.objects.filter(person=person, ends_on=None).first()
        if standing is not None and _same(standing, decision):
            return standing
        _cut(person_id, decision.starts_on)
        made = Standing.objects.create(
            person=person,
            unit_id=person.unit_id,
            state=decision.state.value,
            reason=decision.reason.value if decision.reason else "",
            starts_on=decision.starts_on,
            review_on=decision.review_on,
            decided_by_id=by,
            decided_at=now,
        )
        audit.record(
            actor=actor,
            action="people.standing_decided",
            subject=f"person:{person.public_id}",
            now=now,
            state=made.state,
            reason=made.reason,
            starts_on=made.starts_on.isoformat(),
        )
    return made


def end_standing(*, person_id: int, on: date, now: datetime, actor: str) -> bool:
    """Let the family be expected again from ``on``; False when nothing stands."""
    _check_day(on, now)
    with transaction.atomic():
        standing = (
            Standing.objects.select_for_update(no_key=True, of=("person",))
            .select_related("person")
            .filter(person_id=person_id, ends_on=None)
            .first()
        )
        if standing is None:
            return False
        _cut(person_id, on)
        audit.record(
            actor=actor,
            action="people.standing_ended",
            subject=f"person:{standing.person.public_id}",
            now=now,
            state=standing.state,
            on=on.isoformat(),
        )
    return True


def _check(decision: Decision, now: datetime) -> None:
    _check_day(decision.starts_on, now)
    if decision.state is StandingState.UNWILLING:
        # Whoever does not wish to take part owes no reason and is not asked again.
        if decision.reason is not None or decision.review_on is not None:
            raise RuleBroken("unwilling_needs_no_reason")
        return
    if decision.reason is None:
        raise RuleBroken("exemption_needs_reason")
    review = decision.review_on
    if review is None or not decision.starts_on < review <= decision.starts_on + LONGEST_UNREVIEWED:
        raise RuleBroken("review_day_wrong")


def _check_day(day: date, now: datetime) -> None:
    today = day_of(now)
    if not today - BACK <= day <= today:
        raise RuleBroken("standing_other_day")


def _locked(person_id: int, day: date) -> Person:
    """Return the pupil, locked, so that two decisions come one after the other."""
    person = (
        Person.objects.select_for_update(no_key=True)
        .filter(present_on(day), pk=person_id, kind=PersonKind.PUPIL)
        .first()
    )
    if person is None:
        raise RuleBroken("standing_not_pupil")
    return person


def _same(standing: Standing, decision: Decision) -> bool:
    if standing.starts_on > decision.starts_on:
        return False
    return (standing.state, standing.reason, standing.review_on) == (
        decision.state.value,
        decision.reason.value if decision.reason else "",
        decision.review_on,
    )


def _cut(person_id: int, day: date) -> None:
    """Let nothing hold from the day on; what began later held on no day."""
    later = Standing.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), person_id=person_id)
    later.update(ends_on=Greatest("starts_on", Value(day)))
