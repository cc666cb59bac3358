"""Note by hand how somebody took part without a phone of the own, and undo it again.

A basis of its own: nothing here touches what phones recorded (EXE-1, STA-5).
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.attendance.models import ByHand
from mingtian.attendance.queries.by_hand import Situation, find_situation
from mingtian.attendance.rules import How
from mingtian.core import audit
from mingtian.core.errors import RuleBroken


def note_by_hand(
    *, person_id: int, lecture_id: int, how: How, now: datetime, actor: str, by: int | None = None
) -> ByHand:
    """Note somebody between the opening of the doors and the closing of the lecture.

    ``by`` is the account that notes. Refused when a note stands already, when the person was
    not in the class on that day, or when the family has withdrawn; after the closing the way
    is the family's question (:mod:`mingtian.attendance.actions.appeals`).
    """
    with transaction.atomic():
        before = check_person(person_id=person_id, lecture_id=lecture_id, now=now)
        if now >= before.closes_at:
            raise RuleBroken("note_after_closing")
        note = write_note(person_id, lecture_id, before, how, now=now, by=by)
        if note is None:
            raise RuleBroken("noted_already")
        record("attendance.noted", before, lecture_id, how, now=now, actor=actor)
    return note


def undo_note(*, person_id: int, lecture_id: int, now: datetime, actor: str) -> bool:
    """Take the note back; False when none stands. The row stays for the trail.

    Whatever has become of the family since: a note that was a mistake is never held fast.
    """
    with transaction.atomic():
        before = find_situation(lecture_id=lecture_id, person_id=person_id)
        if before is None:
            raise RuleBroken("person_not_invited")
        if before.campaign_state != "open":
            raise RuleBroken("notes_after_campaign")
        note = (
            ByHand.objects.select_for_update(no_key=True, of=("self",))
            .filter(person_id=person_id, lecture_id=lecture_id, undone_at=None)
            .first()
        )
        if note is None:
            return False
        note.undone_at = now
        note.save(update_fields=["undone_at"])
        record("attendance.note_undone", before, lecture_id, How(note.how), now=now, actor=actor)
    return True


def check_person(
    *, person_id: int, lecture_id: int, now: datetime, late: bool = False
) -> Situation:
    """Return the situation, or refuse whoever cannot have taken part in the lecture.

    ``late`` lets a question be granted that was asked before the campaign was closed.
    """
    before = find_situation(lecture_id=lecture_id, person_id=person_id)
    if before is None or not before.unit_invited or not before.kind_invited:
        raise RuleBroken("person_not_invited")
    if now < before.doors_at:
        raise RuleBroken("lecture_ahead")
    if before.campaign_state != "open" and not late:
        raise RuleBroken("notes_after_campaign")
    if before.left_on is not None and before.left_on <= before.held_on:
        raise RuleBroken("person_left_before")
    if before.departed:
        raise RuleBroken("family_withdrew")
    return before


def write_note(
    person_id: int, lecture_id: int, before: Situation, how: How, *, now: datetime, by: int | None
) -> ByHand | None:
    """Store a note inside the caller's transaction; None when one stands already."""
    try:
        with transaction.atomic():
            return ByHand.objects.create(
                lecture_id=lecture_id,
                person_id=person_id,
                unit_id=before.unit_id,
                kind=before.kind,
                how=how.value,
                recorded_by_id=by,
                recorded_at=now,
            )
    except IntegrityError:
        return None


def record(
    action: str, before: Situation, lecture_id: int, how: How, *, now: datetime, actor: str
) -> None:
    """Write the trail of one note."""
    audit.record(
        actor=actor,
        action=action,
        subject=f"person:{before.person}",
        now=now,
        lecture=lecture_id,
        how=how.value,
    )
