"""Tickets: open one, answer it, pass it up, say that it is solved, close it (STA-4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, list_holders
from mingtian.supervision.actions.contacts import receiver_of
from mingtian.supervision.models import Passing, Ticket
from mingtian.supervision.rules import (
    ACTING,
    State,
    check_cause,
    check_length,
    check_passing,
    check_step,
    check_words,
)

LENGTH_OF_KEY = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong at a unit, as it was typed. ``key`` comes with the page that asked.

    The same page sent twice makes one ticket.
    """

    cause: str
    words: str
    key: str = ""


def open_ticket(
    *, about_id: int, office_id: int, lecture_id: int | None, problem: Problem, by: Actor,
    now: datetime,
) -> Ticket:  # fmt: skip
    """Open a ticket about a unit for the office above it, or return the one that the page made."""
    cause = check_cause(problem.cause, problem.words)
    values = {
        "lecture_id": lecture_id, "about_id": about_id, "office_id": office_id,
        "cause": cause.value, "words": check_words(problem.words), "opened_by_id": by.user_id,
        "opened_at": now,
    }  # fmt: skip
    with transaction.atomic():
        if _is_key(problem.key):
            ticket, new = Ticket.objects.get_or_create(public_id=problem.key, defaults=values)
            if not new and (ticket.about_id, ticket.opened_by_id) == (about_id, by.user_id):
                return ticket
            if not new:
                ticket = Ticket.objects.create(**values)
        else:
            ticket = Ticket.objects.create(**values)
        _note("supervision.ticket_opened", ticket, by, now, cause=cause.value)
    return ticket


def answer(*, ticket_id: int, office_id: int, words: str, by: Actor, now: datetime) -> Ticket:
    """Keep the first answer; the response time ends here. ``office_id``: where it stood when read.

    Raises RuleBroken without words, when somebody has answered, and when it was passed up.
    """
    said = check_words(words)
    with transaction.atomic():
        ticket = _step(_held(ticket_id, office_id), State.ANSWERED)
        ticket.answer, ticket.answered_by_id, ticket.answered_at = said, by.user_id, now
        ticket.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        _note("supervision.ticket_answered", ticket, by, now)
    return ticket


def solve(*, ticket_id: int, words: str, by: Actor, now: datetime) -> Ticket:
    """Say that it works again; also without an answer, when it came right by itself."""
    said = check_length(words)
    with transaction.atomic():
        ticket = _step(_locked(ticket_id), State.SOLVED)
        ticket.outcome, ticket.solved_by_id, ticket.solved_at = said, by.user_id, now
        ticket.save(update_fields=["state", "outcome", "solved_by", "solved_at"])
        _note("supervision.ticket_solved", ticket, by, now)
    return ticket


def close(*, ticket_id: int, by: Actor, now: datetime) -> Ticket:
    """Close what is solved. Raises RuleBroken for what is not."""
    with transaction.atomic():
        ticket = _step(_locked(ticket_id), State.CLOSED)
        ticket.closed_by_id, ticket.closed_at = by.user_id, now
        ticket.save(update_fields=["state", "closed_by", "closed_at"])
        _note("supervision.ticket_closed", ticket, by, now)
    return ticket


def give_ticket(*, ticket_id: int, office_id: int, to: str, by: Actor, now: datetime) -> Ticket:
    """Hand an open ticket to a colleague at the same office, or to the unit that it is about.

    What came up from below is not handed down over a level again: to a colleague only.
    """
    with transaction.atomic():
        ticket = _held(ticket_id, office_id)
        check_step(State(ticket.state), State.ANSWERED)
        about_id = office_id if ticket.passed_at else ticket.about_id
        receiver = receiver_of(to, office_id=office_id, about_id=about_id, now=now)
        ticket.given_to_id, ticket.given_below = receiver.user_id, receiver.below
        ticket.save(update_fields=["given_to", "given_below"])
        _note(
            "supervision.ticket_given", ticket, by, now, below=receiver.below, to=receiver.user_id
        )
    return ticket


def pass_up(
    *, ticket_id: int, office_id: int, above: UnitRow, words: str, by: Actor, now: datetime
) -> Ticket:
    """Let the office directly above answer what this one cannot; its response time begins now.

    What this office had answered is kept with the passing. Raises RuleBroken without words, when
    it is solved, when it does not stand at this office any more, and when nobody above would read it.
    """
    said = check_words(words)
    with transaction.atomic():
        ticket = _held(ticket_id, office_id)
        check_passing(State(ticket.state))
        if not list_holders([above.id], day_of(now), ACTING[above.kind]):
            raise RuleBroken("nobody_above")
        Passing.objects.create(
            ticket=ticket, office_id=office_id, above_id=above.id, words=said,
            passed_by_id=by.user_id, passed_at=now, answer=ticket.answer,
            answered_by_id=ticket.answered_by_id, answered_at=ticket.answered_at,
        )  # fmt: skip
        ticket.office_id, ticket.passed_at, ticket.state = above.id, now, State.OPEN.value
        ticket.given_to_id, ticket.given_below = None, False
        ticket.answer, ticket.answered_by_id, ticket.answered_at = "", None, None
        ticket.save(
            update_fields=["office", "passed_at", "state", "given_to", "given_below", "answer",
                           "answered_by", "answered_at"]
        )  # fmt: skip
        _note("supervision.ticket_passed", ticket, by, now, office=office_id, above=above.id)
    return ticket


def _step(ticket: Ticket, wanted: State) -> Ticket:
    check_step(State(ticket.state), wanted)
    ticket.state = wanted.value
    return ticket


def _held(ticket_id: int, office_id: int) -> Ticket:
    ticket = _locked(ticket_id)
    if ticket.office_id != office_id:
        raise RuleBroken("ticket_passed")
    return ticket


def _locked(ticket_id: int) -> Ticket:
    return Ticket.objects.select_for_update(no_key=True).get(pk=ticket_id)


def _is_key(key: str) -> bool:
    return len(key) == LENGTH_OF_KEY and key.isascii() and key.isalnum()


def _note(
    action: str, ticket: Ticket, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    audit.record(
        actor=by.username, action=action, subject=f"ticket:{ticket.public_id}", now=now, **detail
    )
