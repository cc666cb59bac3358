"""Resolve, say who sees to it until when, and end what was to be done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.meetings.actions.meetings import note, standing
from mingtian.meetings.models import FollowUp, Resolution, Talk
from mingtian.meetings.queries.owners import list_owners
from mingtian.meetings.rules import State, check_settling, check_task


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A follow-up as it was typed. ``owner`` is a key of queries.owners, empty for nobody."""

    what: str
    owner: str
    due_on: date | None


def resolve(
    *, meeting_id: int, text: str, task: Task | None, once: str, by: Actor, now: datetime
) -> Resolution:
    """Add a resolution under the next number, with its first follow-up if there is one.

    The same form a second time returns what stands.
    """
    if not text.strip():
        raise RuleBroken("resolution_without_words")
    with transaction.atomic():
        meeting = standing(meeting_id)
        if meeting.held_at > now:
            raise RuleBroken("resolution_too_early")
        known = Resolution.objects.filter(meeting=meeting, once=once).first()
        if known is not None:
            return known
        last = meeting.resolutions.aggregate(last=Max("number"))["last"] or 0
        made = Resolution.objects.create(
            meeting=meeting,
            number=last + 1,
            once=once,
            text=text.strip(),
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
        note("meetings.resolved", meeting, by, now, number=made.number)
        if task is not None:
            follow_resolution(
                meeting_id=meeting_id, number=made.number, task=task, once=once, by=by, now=now
            )
    return made


def follow_resolution(
    *, meeting_id: int, number: int, task: Task, once: str, by: Actor, now: datetime
) -> FollowUp:
    """Add a follow-up to a resolution of the meeting."""
    with transaction.atomic():
        meeting = standing(meeting_id)
        found = Resolution.objects.get(meeting=meeting, number=number)
        return _follow(
            FollowUp(unit_id=meeting.unit_id, once=once, resolution=found), task, by, now
        )


def follow_talk(*, talk_id: int, task: Task, once: str, by: Actor, now: datetime) -> FollowUp:
    """Add a follow-up to a talk."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk_id)
        return _follow(FollowUp(unit_id=talk.unit_id, once=once, talk=talk), task, by, now)


def settle(*, follow_up_id: int, to: State, said: str, by: Actor, now: datetime) -> FollowUp:
    """End a follow-up: done, or taken back, each with a sentence.

    Raises RuleBroken when it has ended already: of two people at once one is told so.
    """
    with transaction.atomic():
        found = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up_id)
        check_settling(state=State(found.state), to=to, said=said)
        found.state, found.said = to.value, said.strip()
        found.settled_by_id, found.settled_at = by.user_id, now
        found.save(update_fields=["state", "said", "settled_by", "settled_at"])
        _note("meetings.settled", found, by, now, to=to.value)
    return found


def _follow(new: FollowUp, task: Task, by: Actor, now: datetime) -> FollowUp:
    """Keep a follow-up that is filled but for its task; the same form twice makes one."""
    known = FollowUp.objects.filter(unit_id=new.unit_id, once=new.once).first()
    if known is not None:
        return known
    check_task(what=task.what, has_owner=bool(task.owner), due_on=task.due_on, now=now)
    assert task.due_on is not None, "the rule has looked"
    owners = {each.key: each for each in list_owners(new.unit_id, day_of(now))}
    if task.owner not in owners:
        raise RuleBroken("follow_up_owner_elsewhere")
    owner = owners[task.owner]
    new.what, new.due_on = task.what.strip(), task.due_on
    new.owner_id, new.person_id = owner.unit_id, owner.user_id
    new.recorded_by_id, new.recorded_at = by.user_id, now
    new.save(force_insert=True)
    _note("meetings.followed", new, by, now, owner=new.owner_id, due=new.due_on.isoformat())
    return new


def _note(action: str, follow_up: FollowUp, by: Actor, now: datetime, **detail: str | int) -> None:
    subject = f"follow_up:{follow_up.public_id}"
    audit.record(
        actor=by.username, action=action, subject=subject, now=now, unit=follow_up.unit_id, **detail
    )
