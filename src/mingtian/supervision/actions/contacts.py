"""Contact tasks: take one, hand it on, say what it was; a problem stays as a ticket (STA-3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import list_holders, unit_rows
from mingtian.supervision.models import ContactTask, Ticket
from mingtian.supervision.rules import ACTING, check_cause, check_length, check_words

BELOW = "below"
"""Hand it to the unit itself; anything else names a colleague by key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the call brought, as it was typed. ``stays``: the problem is not over."""

    cause: str
    words: str = ""
    stays: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """To whom something is handed: a colleague, or the unit below."""

    user_id: int | None
    below: bool


def receiver_of(to: str, *, office_id: int, about_id: int, now: datetime) -> Receiver:
    """Return who is meant; refuse whoever has no post there today.

    A unit at which nobody would read it gets nothing.
    """
    today = day_of(now)
    below = to == BELOW and about_id != office_id
    units = unit_rows([office_id, about_id], today)
    unit = units.get(about_id if below else office_id)
    roles = ACTING.get(unit.kind, frozenset()) if unit else frozenset()
    holders = {each.user_id for each in list_holders([unit.id], today, roles)} if unit else set()
    if below:
        if not holders:
            raise RuleBroken("nobody_at_unit")
        return Receiver(user_id=None, below=True)
    if not to.isdecimal() or int(to) not in holders:
        raise RuleBroken("delegated_outside")
    return Receiver(user_id=int(to), below=False)


def take(*, task_id: int, by: Actor, now: datetime) -> ContactTask:
    """Say that one calls; a second time by the same person changes nothing.

    Raises RuleBroken when a colleague was first, or the call was made.
    """
    with transaction.atomic():
        task = _undone(task_id)
        if task.taken_by_id == by.user_id:
            return task
        if task.taken_by_id is not None:
            raise RuleBroken("call_taken")
        task.taken_by_id, task.taken_at = by.user_id, now
        task.save(update_fields=["taken_by", "taken_at"])
        _note("supervision.task_taken", task, by, now)
    return task


def give(*, task_id: int, to: str, by: Actor, now: datetime) -> ContactTask:
    """Hand the call to a colleague at the same unit, or to the unit that it is about."""
    with transaction.atomic():
        task = _undone(task_id)
        receiver = receiver_of(to, office_id=task.owner_id, about_id=task.about_id, now=now)
        task.given_to_id, task.given_below = receiver.user_id, receiver.below
        task.taken_by_id, task.taken_at = None, None
        task.save(update_fields=["given_to", "given_below", "taken_by", "taken_at"])
        _note("supervision.task_given", task, by, now, below=receiver.below, to=receiver.user_id)
    return task


def finish(*, task_id: int, said: Said, by: Actor, now: datetime) -> ContactTask:
    """Keep what the call brought; what is not over stays as a ticket.

    Raises RuleBroken without a cause, and when somebody was first.
    """
    cause = check_cause(said.cause, said.words)
    words = check_words(said.words) if said.stays else check_length(said.words)
    with transaction.atomic():
        task = _undone(task_id)
        task.cause, task.words = cause.value, words
        task.done_by_id, task.done_at = by.user_id, now
        task.save(update_fields=["cause", "words", "done_by", "done_at"])
        _note("supervision.task_done", task, by, now, cause=cause.value, stays=said.stays)
        if said.stays:
            ticket = Ticket.objects.create(
                task=task, lecture_id=task.lecture_id, about_id=task.about_id,
                office_id=task.owner_id, cause=cause.value, words=words, opened_by_id=by.user_id,
                opened_at=now,
            )  # fmt: skip
            audit.record(
                actor=by.username, action="supervision.ticket_opened",
                subject=f"ticket:{ticket.public_id}", now=now, cause=cause.value,
            )  # fmt: skip
    return task


def _undone(task_id: int) -> ContactTask:
    task = ContactTask.objects.select_for_update(no_key=True).get(pk=task_id)
    if task.done_at is not None:
        raise RuleBroken("call_done" if task.cause else "call_settled")
    return task


def _note(
    action: str, task: ContactTask, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    audit.record(
        actor=by.username, action=action, subject=f"task:{task.public_id}", now=now,
        lecture=task.lecture_id, **detail,
    )  # fmt: skip
