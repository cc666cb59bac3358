"""Record a meeting, change it, call it off (DOC-2, DOC-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.documents.access import readable
from mingtian.documents.rules import OUT
from mingtian.meetings.actions.telling import about, tell
from mingtian.meetings.models import Meeting
from mingtian.meetings.rules import Attending, Kind, check_calling_off, check_kind, check_meeting
from mingtian.org.queries import UnitRow


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingSpec:
    """A meeting as it was typed. ``document`` is a document's public id, empty for none."""

    kind: Kind
    title: str
    held_at: datetime
    attended: Mapping[Attending, int]
    place: str = ""
    chair: str = ""
    partners: str = ""
    staff_ids: Sequence[int] = ()
    agenda: str = ""
    minutes: str = ""
    campaign_id: int | None = None
    document: str = ""
    document_words: str = ""

    @property
    def people(self) -> int:
        return sum(self.attended.values())


def record(*, unit: UnitRow, spec: MeetingSpec, once: str, by: Actor, now: datetime) -> Meeting:
    """Keep a meeting of the unit; the same form a second time returns what stands.

    Tells the document it was about and the school's checklist. Raises RuleBroken for minutes or
    people ahead of its time, for a meeting held by nobody, and for a document of others.
    """
    _check(spec, unit, now)
    with transaction.atomic():
        meeting, new = Meeting.objects.get_or_create(
            unit_id=unit.id,
            once=once,
            defaults={**_columns(spec, unit.id, now), "recorded_by_id": by.user_id},
        )
        if new:
            meeting.staff.set(spec.staff_ids)
            tell(meeting, unit, by=by, now=now)
            note("meetings.recorded", meeting, by, now, kind=spec.kind.value, people=spec.people)
    return meeting


def change(
    *, meeting_id: int, unit: UnitRow, spec: MeetingSpec, revision: int, by: Actor, now: datetime
) -> Meeting:
    """Write a meeting anew. Raises RuleBroken as :func:`record`, and when somebody was faster."""
    _check(spec, unit, now)
    with transaction.atomic():
        meeting = standing(meeting_id)
        if meeting.revision != revision:
            raise RuleBroken("meeting_changed_meanwhile")
        before = about(meeting)
        columns = _columns(spec, unit.id, now)
        del columns["recorded_at"]
        if meeting.minutes_at is not None and spec.minutes:
            columns["minutes_at"] = meeting.minutes_at
        columns["revision"] = revision + 1
        for name, value in columns.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(columns))
        meeting.staff.set(spec.staff_ids)
        tell(meeting, unit, before=before, by=by, now=now)
        note("meetings.changed", meeting, by, now, kind=spec.kind.value, people=spec.people)
    return meeting


def call_off(*, meeting_id: int, reason: str, by: Actor, now: datetime) -> Meeting:
    """Say that a meeting does not take place; it stays in the list with the reason."""
    with transaction.atomic():
        meeting = standing(meeting_id)
        check_calling_off(held_at=meeting.held_at, people=meeting.people, reason=reason, now=now)
        meeting.called_off_at, meeting.called_off_why = now, reason.strip()
        meeting.save(update_fields=["called_off_at", "called_off_why"])
        note("meetings.called_off", meeting, by, now)
    return meeting


def standing(meeting_id: int) -> Meeting:
    """Return the meeting, locked. Refuses one that was called off."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    if meeting.called_off_at is not None:
        raise RuleBroken("meeting_called_off")
    return meeting


def note(
    action: str, meeting: Meeting, by: Actor, now: datetime, **detail: str | int | None
) -> None:
    """Write into the trail what was done to a meeting."""
    subject = f"meeting:{meeting.public_id}"
    audit.record(
        actor=by.username, action=action, subject=subject, now=now, unit=meeting.unit_id, **detail
    )


def _check(spec: MeetingSpec, unit: UnitRow, now: datetime) -> None:
    check_kind(spec.kind, unit.kind)
    check_meeting(
        title=spec.title,
        held_at=spec.held_at,
        attended=spec.attended,
        minutes=spec.minutes,
        now=now,
    )


def _columns(spec: MeetingSpec, unit_id: int, now: datetime) -> dict[str, object]:
    return {
        "kind": spec.kind.value,
        "title": spec.title.strip(),
        "held_at": spec.held_at,
        "place": spec.place.strip(),
        "chair": spec.chair.strip(),
        "partners": spec.partners.strip(),
        "attended": {role.value: number for role, number in spec.attended.items() if number},
        "people": spec.people,
        "agenda": spec.agenda.strip(),
        "minutes": spec.minutes.strip(),
        "minutes_at": now if spec.minutes.strip() else None,
        "campaign_id": spec.campaign_id,
        "document_id": _document_id(spec.document, unit_id),
        "document_words": spec.document_words.strip(),
        "recorded_at": now,
    }


def _document_id(public_id: str, unit_id: int) -> int | None:
    """Return the key of a document that the unit issued or received; refuse any other."""
    if not public_id:
        return None
    issued = readable([unit_id]).filter(state__in=[state.value for state in OUT])
    found = issued.filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise RuleBroken("meeting_document_unknown")
    return int(found)
