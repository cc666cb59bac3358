"""A case is opened, closed, and opened again; a child whose parents are away is watched for."""

from datetime import date

from django.db import IntegrityError, transaction

from mingtian.care import rules
from mingtian.care.access import CasePlace, ChildPlace
from mingtian.care.actions.common import changed, locked, note
from mingtian.care.actions.team import begin, end_workers
from mingtian.care.models import Case, Referral, Service, Ticket, Transfer
from mingtian.care.rules import ClosedFor, Duty, State, check_choice, check_day
from mingtian.care.statements import next_number
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.vault import actions as vault
from mingtian.vault.access import Door
from mingtian.vault.rules import FileState


def open_case(door: Door, place: ChildPlace) -> Case:
    """Open the child's case with the person at the door as its worker.

    A child has one open case at a time: a second is refused (``care_open_already``), also when both
    were asked for at the same moment.
    """
    if place.case_id is not None:
        raise RuleBroken("care_open_already", number=place.number)
    try:
        with transaction.atomic():
            row = Case.objects.create(
                number=f"{day_of(door.now).year}-{next_number():06d}", child_id=place.id,
                unit_id=place.unit_id, school_id=place.school_id, worker_id=door.user_id,
                opened_at=door.now, opened_by_id=door.user_id,
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken("care_open_already", number="") from None
    note(door, "case_opened", f"case:{row.public_id}", unit=place.unit_id)
    vault.set_state(door, place.id, FileState.OPEN)
    begin(door, row, user_id=door.user_id, duty=Duty.LEAD)
    return row


def watch_contact(door: Door, place: CasePlace, *, since: date | None) -> Case:
    """Watch for the parents' weekly contact from a day on, or no longer (AID-6)."""
    row = locked(place)
    row.contact_from = None if since is None else check_day(since, door.now)
    changed(row, "contact_from")
    note(door, "contact_watched", f"case:{row.public_id}", since=str(since or ""))
    return row


def close_case(door: Door, place: CasePlace, *, reason: str, version: int) -> Case:
    """Close the case and the child's file; what was still to be done, asked or awaited is called off.

    Goals met are seen at a review of the plan (``care_not_reviewed``).
    """
    among = [one for one in ClosedFor if one is not ClosedFor.ERASED]
    why = check_choice(ClosedFor, reason, among)
    row = locked(place, version=version)
    if State(row.state) is not State.REVIEWED and why not in rules.CLOSED_WITHOUT_REVIEW:
        raise RuleBroken("care_not_reviewed")
    row.closed_at, row.closed_by_id, row.closed_for = door.now, door.user_id, why
    for service in Service.objects.filter(case=row, done_at=None, called_off_at=None):
        service.called_off_at = door.now
        service.save(update_fields=["called_off_at"])
    Transfer.objects.filter(case=row, accepted_at=None, ended_at=None).update(ended_at=door.now)
    Referral.objects.filter(case=row, ended_at=None).update(ended_at=door.now)
    Ticket.objects.filter(child_id=row.child_id, closed_at=None).update(closed_at=door.now)
    changed(row, "closed_at", "closed_by", "closed_for")
    note(door, "case_closed", f"case:{row.public_id}", reason=why.value)
    end_workers(door, row)
    vault.set_state(door, row.child_id, FileState.CLOSED)
    return row


def reopen_case(door: Door, place: CasePlace) -> Case:
    """Open a closed case again; whoever does is its worker from now on."""
    row = Case.objects.select_for_update().get(pk=place.id)
    if row.closed_for == ClosedFor.ERASED:
        raise RuleBroken("care_erased")
    if row.closed_at is None:
        return row
    row.closed_at, row.closed_by_id, row.closed_for = None, None, ""
    row.reopened_at, row.worker_id = door.now, door.user_id
    try:
        with transaction.atomic():
            changed(row, "closed_at", "closed_by", "closed_for", "reopened_at", "worker")
    except IntegrityError:
        raise RuleBroken("care_open_already", number="") from None
    note(door, "case_reopened", f"case:{row.public_id}")
    vault.set_state(door, row.child_id, FileState.OPEN)
    begin(door, row, user_id=door.user_id, duty=Duty.LEAD)
    return row
