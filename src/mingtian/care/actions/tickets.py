"""Timely problems: put to the office without a name, answered, closed (AID-2)."""

from collections.abc import Collection
from dataclasses import dataclass

from mingtian.care.access import ChildPlace
from mingtian.care.actions.common import note, once
from mingtian.care.models import Ticket
from mingtian.care.rules import LONGEST_QUESTION, Topic, check_anonymous, check_choice, check_words
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A problem as it was typed; ``names`` are what the child is called, which may not stand in it."""

    topic: str
    words: str
    names: Collection[str]
    key: str = ""


def open_ticket(door: Door, place: ChildPlace, problem: Problem) -> Ticket:
    """Put a problem to the offices above. The child's name in it is refused (``care_names_child``)."""
    topic = check_choice(Topic, problem.topic)
    words = check_words(problem.words, most=LONGEST_QUESTION)
    check_anonymous(words, problem.names)
    ticket, new = once(
        Ticket, problem.key,
        lambda own: Ticket(
            public_id=own, child_id=place.id, by_id=door.user_id, at=door.now, topic=topic,
            words=words,
        ),
    )  # fmt: skip
    if new:
        note(door, "ticket_opened", f"ticket:{ticket.public_id}", topic=topic.value)
    return ticket


def answer_ticket(door: Door, ticket: Ticket, *, words: str) -> Ticket:
    """Keep the office's first answer; the response time ends here."""
    said = check_words(words, most=LONGEST_QUESTION)
    own = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if own.closed_at is not None or own.answered_at is not None:
        if own.answer == said and own.answered_by_id == door.user_id:
            return own
        raise RuleBroken("care_answered_already")
    own.answer, own.answered_at, own.answered_by_id = said, door.now, door.user_id
    own.save(update_fields=["answer", "answered_at", "answered_by"])
    note(door, "ticket_answered", f"ticket:{own.public_id}")
    return own


def close_ticket(door: Door, ticket: Ticket) -> Ticket:
    """Close a problem that is solved; whoever opened it says so. Twice is once."""
    own = Ticket.objects.select_for_update().get(pk=ticket.pk)
    if own.closed_at is None:
        own.closed_at = door.now
        own.save(update_fields=["closed_at"])
        note(door, "ticket_closed", f"ticket:{own.public_id}")
    return own
