"""Tell the document and the checklist below that a meeting was held, or no longer was.

Nobody types it twice: "own meeting held" of the document that the unit received (DOC-4), and the
first point of a school's checklist (PUB-2). Both ask again after every change which meeting was
the first, so that a meeting that turns out to be of another kind, day or campaign is taken back.
"""

from dataclasses import dataclass
from datetime import datetime

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.documents import actions as documents
from mingtian.meetings.models import Meeting
from mingtian.meetings.queries.meetings import first_about, first_of_leaders
from mingtian.org.queries import UnitRow
from mingtian.readiness import actions as readiness


@dataclass(frozen=True, slots=True)
class About:
    """What a meeting is about, by key."""

    documents: frozenset[int] = frozenset()
    campaigns: frozenset[int] = frozenset()


NOTHING = About()


def about(meeting: Meeting) -> About:
    """Return what a meeting is about; its document's campaign is its own where it names none."""
    document = meeting.document
    campaign_id = meeting.campaign_id or (document.campaign_id if document else None)
    return About(
        documents=frozenset({document.pk} if document else ()),
        campaigns=frozenset({campaign_id} if campaign_id else ()),
    )


def tell(
    meeting: Meeting, unit: UnitRow, *, before: About = NOTHING, by: Actor, now: datetime
) -> None:
    """Tell what the meeting is about, and was about before it was changed. In its transaction."""
    # Its fields were set by key: what it was about before may still hang on it.
    meeting.refresh_from_db(fields=["document", "campaign"])
    after = about(meeting)
    for document_id in sorted(before.documents | after.documents):
        _tell_document(document_id, unit, by, now)
    for campaign_id in sorted(before.campaigns | after.campaigns):
        _tell_checklist(campaign_id, unit, by, now)


def _tell_document(document_id: int, unit: UnitRow, by: Actor, now: datetime) -> None:
    def find() -> documents.Held | None:
        held = first_about(unit.id, document_id)
        if held is None:
            return None
        return documents.Held(meeting=held.public_id, at=held.held_at, words=held.title)

    documents.take_meeting(
        document_id=document_id, unit_id=unit.id, find=find, by=by, now=now
    )  # fmt: skip


def _tell_checklist(campaign_id: int, unit: UnitRow, by: Actor, now: datetime) -> None:
    def find() -> readiness.Held | None:
        held = first_of_leaders(unit.id, campaign_id)
        if held is None:
            return None
        return readiness.Held(meeting=held.public_id, on=day_of(held.held_at))

    readiness.take_meeting(campaign_id=campaign_id, unit=unit, find=find, by=by, now=now)
