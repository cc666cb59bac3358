"""Who works in a case: the worker, a second, a counsellor; and how it changes hands.

Each dated assignment gives one part in the vault, under a source of its own, so that ending one
leaves the others as they are.
"""

from django.db import IntegrityError, transaction

from mingtian.care.access import CasePlace, get_case_to_hand_over
from mingtian.care.actions.common import changed, locked, note, sealed
from mingtian.care.models import Assignment, Case, Transfer
from mingtian.care.rules import Duty, check_words
from mingtian.care.statements import rows
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.org.queries import list_holders, path_on
from mingtian.org.rules import Role
from mingtian.vault import actions as vault
from mingtian.vault.access import Door
from mingtian.vault.rules import Part

PART_OF = {Duty.LEAD: Part.WORKER, Duty.SECOND: Part.WORKER, Duty.COUNSELLOR: Part.COUNSELLOR}


def begin(door: Door, row: Case, *, user_id: int, duty: Duty) -> Assignment:
    """Put somebody to work in the case from now on; the same twice is one."""
    own = Assignment(
        case=row, child_id=row.child_id, by_id=door.user_id, at=door.now, user_id=user_id, duty=duty
    )
    vault.give_part(door, row.child_id, user_id=user_id, part=PART_OF[duty], source=_source(own))
    own.save(force_insert=True)
    note(door, "put_to_work", f"case:{row.public_id}", user=user_id, duty=duty.value)
    return own


def end_workers(door: Door, row: Case) -> None:
    """End the work of the worker and the second; a counsellor keeps what the law bids to keep."""
    for own in Assignment.objects.filter(
        case=row, ends_at=None, duty__in=[Duty.LEAD, Duty.SECOND]
    ).select_for_update():
        _end(door, own)


def add_second(door: Door, place: CasePlace, *, user_id: int) -> Assignment:
    """Let a second worker of the line read and write the case beside the first."""
    row = locked(place)
    _check_worker(door, place, user_id)
    if user_id == row.worker_id:
        raise RuleBroken("care_works_already")
    return _begin_once(door, row, user_id, Duty.SECOND)


def bring_counsellor(door: Door, place: CasePlace, *, user_id: int) -> Assignment:
    """Bring in a counsellor of the child's school, who reads names and own talks, no more (AID-3)."""
    row = locked(place)
    held = [] if place.school_id is None else list_holders(
        [place.school_id], day_of(door.now), [Role.COUNSELLOR]
    )  # fmt: skip
    if user_id not in {post.user_id for post in held}:
        raise RuleBroken("care_counsellor_elsewhere")
    return _begin_once(door, row, user_id, Duty.COUNSELLOR)


def end_duty(door: Door, place: CasePlace, own: Assignment) -> None:
    """End a second's or counsellor's work at once. The worker's ends by a hand-over or by closing.

    Ended twice is ended once.
    """
    row = locked(place)
    own.refresh_from_db(fields=["ends_at"])
    if own.ends_at is not None:
        return
    if own.duty == Duty.LEAD:
        raise RuleBroken("care_lead_stays")
    _end(door, own)
    note(door, "work_ended", f"case:{row.public_id}", user=own.user_id, duty=own.duty)


def end_by_number(door: Door, child: int, public_id: str) -> None:
    """End somebody's work for a child that has moved away from it; a worker's case is handed over first."""
    own = (
        Assignment.objects.select_related("case")
        .filter(child_id=child, public_id=public_id)
        .first()
    )
    if own is not None and own.ends_at is None:
        end_duty(door, get_case_to_hand_over(door, own.case.public_id), own)


def ask_transfer(door: Door, place: CasePlace, *, user_id: int, words: str = "") -> Transfer:
    """Ask somebody of the line to take the case over. Nothing changes until it is accepted.

    ``words`` are read by whoever has the case next. An office, which opens no file, says none.
    """
    told = check_words(words, required=False) if place.works else ""
    row = locked(place)
    _check_worker(door, place, user_id)
    if user_id == row.worker_id:
        raise RuleBroken("care_works_already")
    before = Transfer.objects.filter(case=row, accepted_at=None, ended_at=None).first()
    if before is not None:
        if before.to_id == user_id:
            return before
        raise RuleBroken("care_handover_waits")
    own = public_id()
    asked = Transfer.objects.create(
        public_id=own, case=row, child_id=row.child_id, by_id=door.user_id, at=door.now,
        to_id=user_id, words=sealed(door, row, told, "care_transfer", "words", own),
    )  # fmt: skip
    note(door, "handover_asked", f"case:{row.public_id}", to=user_id)
    return asked


def accept_transfer(door: Door, place: CasePlace, transfer: Transfer) -> Case:
    """Take the case over: from this moment the receiver is its worker and the other is not.

    The receiver must still stand in the line of the child's place, which may have changed since.
    """
    row = locked(place)
    asked = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if asked.to_id == door.user_id and asked.accepted_at is not None:
        return row
    if asked.to_id != door.user_id or asked.ended_at is not None:
        raise RuleBroken("care_handover_gone")
    _check_worker(door, place, door.user_id)
    asked.accepted_at = door.now
    asked.save(update_fields=["accepted_at"])
    for own in Assignment.objects.filter(case=row, ends_at=None, duty=Duty.LEAD):
        _end(door, own)
    for own in Assignment.objects.filter(case=row, ends_at=None, user_id=door.user_id):
        if own.duty == Duty.SECOND:
            _end(door, own)
    begin(door, row, user_id=door.user_id, duty=Duty.LEAD)
    row.worker_id = door.user_id
    changed(row, "worker")
    note(door, "handed_over", f"case:{row.public_id}", sender=asked.by_id)
    return row


def end_transfer(door: Door, place: CasePlace, transfer: Transfer) -> None:
    """Decline a hand-over, or take it back. One that was accepted is not undone here."""
    asked = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if asked.accepted_at is not None:
        raise RuleBroken("care_handover_gone")
    if asked.ended_at is None:
        asked.ended_at = door.now
        asked.save(update_fields=["ended_at"])
        note(door, "handover_ended", f"case:{place.public_id}", to=asked.to_id)


def _begin_once(door: Door, row: Case, user_id: int, duty: Duty) -> Assignment:
    before = Assignment.objects.filter(case=row, user_id=user_id, duty=duty, ends_at=None).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return begin(door, row, user_id=user_id, duty=duty)
    except IntegrityError:
        return Assignment.objects.get(case=row, user_id=user_id, duty=duty, ends_at=None)


def _end(door: Door, own: Assignment) -> None:
    """End somebody's work, and with a worker's whatever other part the same person had in the child's
    life as a worker: whoever registered the child does not stay in its file after a hand-over."""
    sources = [_source(own)]
    if PART_OF[Duty(own.duty)] is Part.WORKER:
        sources += [
            source for (source,) in rows("sources", {"child": own.child_id, "user": own.user_id})
        ]
    for source in sources:
        vault.end_parts(door, own.child_id, source=source)
    own.ends_at = door.now
    own.save(update_fields=["ends_at"])


def _check_worker(door: Door, place: CasePlace, user_id: int) -> None:
    """Refuse somebody who works with cases neither at the child's place nor above it."""
    day = day_of(door.now)
    held = list_holders(path_on(place.unit_id, day), day, [Role.CASE_WORKER])
    if user_id not in {post.user_id for post in held}:
        raise RuleBroken("care_handover_outside")


def _source(own: Assignment) -> str:
    return f"care.part:{own.public_id}"
