"""Work in a case: assessment, services, reviews, milestones, the parents' contact, liaison."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mingtian.care import consents, rules
from mingtian.care.access import CasePlace, ChildPlace
from mingtian.care.actions.common import changed, locked, note, once, seal_of, sealed
from mingtian.care.actions.plans import Cited
from mingtian.care.models import (
    Assessment,
    Contact,
    Liaison,
    Milestone,
    Plan,
    Review,
    Service,
)
from mingtian.care.rules import (
    Area,
    Outcome,
    PlanState,
    Way,
    check_choice,
    check_day,
    check_due,
    check_milestone,
    check_words,
    level_of,
    scale_on,
)
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An assessment as it was typed. ``key`` comes with the page."""

    points: Mapping[str, int]
    words: str
    health: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A service as it was typed."""

    kind: str
    area: str
    due_on: date | None
    words: str = ""
    rule: Cited = field(default_factory=Cited)
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A review as it was typed."""

    held_on: date | None
    outcome: str
    words: str
    next_on: date | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A liaison contact as it was typed."""

    kind: str
    held_on: date | None
    reached: bool
    words: str = ""
    key: str = ""


def assess(door: Door, place: CasePlace, told: Told) -> Assessment:
    """Keep an assessment by the scale in force; needs consent. The newest gives the case its level."""
    scale = scale_on(day_of(door.now))
    score, level = level_of(told.points, scale)
    words = check_words(told.words)
    health = check_words(told.health, required=False)
    row = locked(place)
    consents.require(door, row.child_id)
    seal = door.keys([row.child_id], [C.SITUATION, C.HEALTH])[row.child_id]
    text = json.dumps({"points": dict(told.points), "words": words}, ensure_ascii=False)
    made, new = once(
        Assessment, told.key,
        lambda own: Assessment(
            public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
            scale=scale.word, score=score, level=level,
            words=seal.seal(C.SITUATION, text, "care_assessment", "words", own),
            health=seal.seal(C.HEALTH, health, "care_assessment", "health", own) if health else None,
        ),
    )  # fmt: skip
    if new:
        changed(row)
        note(door, "assessed", f"case:{row.public_id}", level=level.value, scale=scale.word)
    return made


def add_service(door: Door, place: CasePlace, wanted: Wanted) -> Service:
    """Note something to be done under the plan in force, with the day until which."""
    kind, area = check_choice(rules.Service, wanted.kind), check_choice(Area, wanted.area)
    due_on = check_due(wanted.due_on, door.now)
    words = check_words(wanted.words, required=False)
    row = locked(place)
    if not Plan.objects.filter(case=row, state=PlanState.APPROVED).exists():
        raise RuleBroken("care_not_planned")
    consents.require(door, row.child_id)
    made, new = once(
        Service, wanted.key,
        lambda own: Service(
            public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
            kind=kind, area=area, due_on=due_on, rule=wanted.rule.public_id,
            rule_title=wanted.rule.title,
            words=sealed(door, row, words, "care_service", "words", own),
        ),
    )  # fmt: skip
    if new:
        note(door, "service_planned", f"case:{row.public_id}", kind=kind.value)
    return made


def finish_service(
    door: Door,
    place: CasePlace,
    service: Service,
    *,
    done_on: date | None,
    outcome: str,
    words: str,
) -> Service:
    """Note that a service was given, or why not; the first to say so is kept."""
    came = check_choice(Outcome, outcome, rules.OF_SERVICES)
    day = check_day(done_on, door.now, since=day_of(service.at))
    text = check_words(words, required=False)
    row = locked(place)
    own = Service.objects.select_for_update().get(pk=service.pk)
    if own.called_off_at is not None:
        raise RuleBroken("care_service_over")
    if own.done_at is not None:
        return own
    own.done_on, own.done_at, own.outcome = day, door.now, came
    own.result = sealed(door, row, text, "care_service", "result", own.public_id)
    own.save(update_fields=["done_on", "done_at", "outcome", "result"])
    note(door, "service_done", f"case:{row.public_id}", kind=own.kind, outcome=came.value)
    return own


def call_off_service(door: Door, place: CasePlace, service: Service) -> Service:
    """Call a service off that is no longer wanted."""
    row = locked(place)
    own = Service.objects.select_for_update().get(pk=service.pk)
    if own.done_at is not None:
        raise RuleBroken("care_service_over")
    if own.called_off_at is None:
        own.called_off_at = door.now
        own.save(update_fields=["called_off_at"])
        note(door, "service_called_off", f"case:{row.public_id}", kind=own.kind)
    return own


def hold_review(door: Door, place: CasePlace, looked: Looked) -> Review:
    """Keep how the plan in force has helped, and when to look again."""
    outcome = check_choice(Outcome, looked.outcome, rules.OF_REVIEWS)
    held_on = check_day(looked.held_on, door.now)
    words = check_words(looked.words)
    next_on = None if outcome is Outcome.CLOSE else check_due(looked.next_on, door.now)
    row = locked(place)
    if not Plan.objects.filter(case=row, state=PlanState.APPROVED).exists():
        raise RuleBroken("care_not_planned")
    seal = seal_of(door, row.child_id, C.SITUATION)
    made, new = once(
        Review, looked.key,
        lambda own: Review(
            public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
            held_on=held_on, next_on=next_on, outcome=outcome,
            words=seal.seal(C.SITUATION, words, "care_review", "words", own),
        ),
    )  # fmt: skip
    if new:
        changed(row)
        note(door, "reviewed", f"case:{row.public_id}", outcome=outcome.value)
    return made


def reach_milestone(door: Door, place: CasePlace, *, kind: str, on: date | None) -> Milestone:
    """Note a step of guardianship or orphan assistance with its day; a second time corrects the day."""
    step = check_choice(rules.Milestone, kind)
    day = check_day(on, door.now)
    row = locked(place)
    reached = {rules.Milestone(one.kind): one for one in Milestone.objects.filter(case=row)}
    days = {each: one.reached_on for each, one in reached.items() if each is not step}
    check_milestone(step, day, days)
    if step in reached:
        own = reached[step]
        own.reached_on, own.by_id, own.at = day, door.user_id, door.now
        own.save(update_fields=["reached_on", "by", "at"])
    else:
        own = Milestone.objects.create(
            case=row, child_id=row.child_id, by_id=door.user_id, at=door.now, kind=step,
            reached_on=day,
        )  # fmt: skip
    note(door, "milestone", f"case:{row.public_id}", step=step.value, on=day.isoformat())
    return own


def note_contact(door: Door, place: CasePlace, *, way: str, on: date | None) -> Contact:
    """Note how the parents kept in touch, or that they did not; one row a week, corrected if noted again."""
    how = check_choice(Way, way)
    day = check_day(on, door.now)
    row = locked(place)
    spoke_on = None if how is Way.NONE else day
    values = {
        "child_id": row.child_id, "by_id": door.user_id, "at": door.now, "way": how,
        "spoke_on": spoke_on,
    }  # fmt: skip
    monday = day - timedelta(days=day.weekday())
    own, new = Contact.objects.get_or_create(case=row, week_on=monday, defaults=values)
    if not new and (own.spoke_on is None or how is not Way.NONE):
        own.spoke_on, own.way, own.by_id, own.at = spoke_on, how, door.user_id, door.now
        own.save(update_fields=["spoke_on", "way", "by", "at"])
    note(door, "contact_noted", f"case:{row.public_id}", way=how.value)
    return own


def note_liaison(door: Door, place: CasePlace, met: Met) -> Liaison:
    """Note a visit or talk between home and school, or a try at one (AID-6)."""
    kind, held_on = check_choice(rules.Liaison, met.kind), check_day(met.held_on, door.now)
    words = check_words(met.words, required=False)
    row = locked(place)
    made, new = once(
        Liaison, met.key,
        lambda own: Liaison(
            public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
            kind=kind, held_on=held_on, reached=met.reached,
            words=sealed(door, row, words, "care_liaison", "words", own),
        ),
    )  # fmt: skip
    if new:
        note(door, "liaison_noted", f"case:{row.public_id}", kind=kind.value, reached=met.reached)
    return made


def note_truancy(door: Door, place: ChildPlace, met: Met) -> Liaison:
    """Let a counsellor note that a child who stayed away was looked for (AID-3): day and outcome only."""
    held_on = check_day(met.held_on, door.now)
    case_id = place.case_id
    if case_id is None:
        raise RuleBroken("care_no_case")
    made, new = once(
        Liaison, met.key,
        lambda own: Liaison(
            public_id=own, case_id=case_id, child_id=place.id, by_id=door.user_id,
            at=door.now, kind=rules.Liaison.TRUANCY, held_on=held_on, reached=met.reached,
        ),
    )  # fmt: skip
    if new:
        note(door, "truancy_noted", f"child:{place.public_id}", reached=met.reached)
    return made
