"""Counselling: that a talk took place is seen by few, what was said by the counsellor alone (AID-3).

A talk is noted by consent: the guardian's, from 14 the child's own; or with the reason why it could
not wait, which somebody above is shown.
"""

from dataclasses import dataclass
from datetime import date

from mingtian.care import consents, rules
from mingtian.care.access import ChildPlace
from mingtian.care.actions.common import note, once, seal_of
from mingtian.care.models import Note, Talk
from mingtian.care.rules import check_choice, check_day, check_words
from mingtian.care.rules.leave import check_talk
from mingtian.children.actions import ConsentSpec, note_consent
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import list_holders
from mingtian.org.rules import Role
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A talk as it was typed. ``urgency``: why it could not wait for a consent."""

    kind: str
    held_on: date | None
    words: str
    urgency: str = ""
    key: str = ""


def note_talk(door: Door, place: ChildPlace, said: Said) -> Talk:
    """Keep a talk and its notes, sealed for the counsellor at the door.

    Refuses a talk to which nobody agreed and that could have waited (``care_talk_not_agreed``).
    """
    kind, held_on = check_choice(rules.Talk, said.kind), check_day(said.held_on, door.now)
    words = check_words(said.words)
    stands = consents.standing(door, place.id, ConsentPurpose.COUNSELLING)
    urgency = check_talk(stands, said.urgency)
    seal = seal_of(door, place.id, C.TALKS)
    talk, new = once(
        Talk, said.key,
        lambda own: Talk(
            public_id=own, child_id=place.id, by_id=door.user_id, at=door.now, kind=kind,
            held_on=held_on, urgency=urgency,
        ),
    )  # fmt: skip
    if new:
        Note.objects.create(
            talk=talk, child_id=place.id, by_id=door.user_id,
            words=seal.seal(C.TALKS, words, "care_note", "words", talk.public_id),
        )  # fmt: skip
        note(door, "talk_held", f"child:{place.public_id}", kind=kind.value, urgency=urgency)
    return talk


def note_agreed(door: Door, place: ChildPlace, said: ConsentSpec) -> None:
    """Let a counsellor, who is with the child, note the consent to counselling."""
    assert said.purpose is ConsentPurpose.COUNSELLING
    note_consent(door, place.id, said)


def hand_over_notes(door: Door, place: ChildPlace, *, user_id: int) -> int:
    """Let another counsellor of the school read one's own notes of a child; returns how many talks.

    Only the counsellor whose notes they are hands them over; a successor gets nothing otherwise.
    """
    held = [] if place.school_id is None else list_holders(
        [place.school_id], day_of(door.now), [Role.COUNSELLOR]
    )  # fmt: skip
    if user_id == door.user_id or user_id not in {post.user_id for post in held}:
        raise RuleBroken("care_counsellor_elsewhere")
    own = Note.objects.filter(child_id=place.id, by_id=door.user_id)
    number = own.exclude(handed_to_id=user_id).update(handed_to_id=user_id)
    if number:
        note(door, "notes_handed_over", f"child:{place.public_id}", to=user_id, talks=number)
    return number
