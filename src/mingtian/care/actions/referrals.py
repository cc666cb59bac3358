"""A child is referred to another body, which answers by an agreed day (AID-1, AID-3).

The case stays with its worker. The other body has no account: what it was told, by whose leave, and what
it said is written down here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mingtian.care import consents, rules
from mingtian.care.access import CasePlace
from mingtian.care.actions.common import locked, note, once, seal_of, sealed
from mingtian.care.models import Referral
from mingtian.care.rules import check_choice, check_day, check_due, check_words
from mingtian.care.rules.leave import GOES_ON, Answer, Body, Leave, Passed, check_passing
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Referred:
    """A referral as it was typed. ``passed`` empty: the body was told the case's number alone."""

    body: str
    kind: str
    referred_on: date | None
    answer_by: date | None
    words: str
    passed: Collection[str] = ()
    leave: str = ""
    agreed_on: date | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """An answer as it was typed. ``answer_by``: until when more is to be heard, where it is taken up."""

    answer: str
    answered_on: date | None
    words: str = ""
    answer_by: date | None = None


def refer(door: Door, place: CasePlace, referred: Referred) -> Referral:
    """Note that the child was referred. What names it needs leave; in danger somebody above is shown it."""
    body, kind = check_choice(Body, referred.body), check_choice(rules.Service, referred.kind)
    on, by = check_day(referred.referred_on, door.now), check_due(referred.answer_by, door.now)
    words = check_words(referred.words)
    passed = sorted({check_choice(Passed, each) for each in referred.passed})
    row = locked(place)
    leave, agreed_on = check_passing(
        passed, referred.leave, referred.agreed_on,
        needed=consents.parties(door, row.child_id), now=door.now,
    )  # fmt: skip
    if agreed_on is not None and agreed_on > on:
        raise RuleBroken("care_passed_unasked")
    if leave is not Leave.DANGER:
        consents.require(door, row.child_id)
    seal = seal_of(door, row.child_id, C.SITUATION)
    made, new = once(
        Referral, referred.key,
        lambda own: Referral(
            public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
            body=body, kind=kind, referred_on=on, answer_by=by, passed=[each.value for each in passed],
            leave=leave.value if leave else "", agreed_on=agreed_on,
            words=seal.seal(C.SITUATION, words, "care_referral", "words", own),
        ),
    )  # fmt: skip
    if new:
        note(
            door, "referred", f"case:{row.public_id}", body=body.value,
            passed=",".join(made.passed), leave=made.leave,
        )  # fmt: skip
    return made


def note_answer(door: Door, place: CasePlace, referral: Referral, heard: Heard) -> Referral:
    """Keep what the other body said. Where it has taken the matter up, more is heard by a further day."""
    answer = check_choice(Answer, heard.answer)
    on = check_day(heard.answered_on, door.now, since=referral.referred_on)
    words = check_words(heard.words, required=False)
    until = check_due(heard.answer_by, door.now) if answer is GOES_ON else None
    row = locked(place)
    own = _open(referral)
    own.answer, own.answered_on = answer, on
    own.answer_by = until or own.answer_by
    own.ended_at = None if answer is GOES_ON else door.now
    own.result = sealed(door, row, words, "care_referral", "result", own.public_id)
    own.save(update_fields=["answer", "answered_on", "answer_by", "ended_at", "result"])
    note(door, "referral_answered", f"case:{row.public_id}", body=own.body, answer=answer.value)
    return own


def take_back(door: Door, place: CasePlace, referral: Referral) -> Referral:
    """End a referral without an answer. What the other body was told, it was told."""
    row = locked(place)
    own = _open(referral)
    own.ended_at = door.now
    own.save(update_fields=["ended_at"])
    note(door, "referral_taken_back", f"case:{row.public_id}", body=own.body)
    return own


def _open(referral: Referral) -> Referral:
    own = Referral.objects.select_for_update().get(pk=referral.pk)
    if own.ended_at is not None:
        raise RuleBroken("care_referral_over")
    return own
