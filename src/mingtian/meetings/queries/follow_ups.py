"""Reads of follow-ups as frozen rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from mingtian.meetings.models import FollowUp
from mingtian.meetings.rules import State, is_late
from mingtian.meetings.words import STATE_WORDS
from mingtian.org.queries import full_titles, person_name, shown_name
from mingtian.org.rules import UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpRow:
    """A follow-up. ``number`` and ``meeting`` are of the resolution, ``talk`` of the talk."""

    public_id: str
    what: str
    unit: str
    owner: str
    person: str
    due_on: date
    state: State
    late: bool
    said: str
    settled_by: str
    settled_at: datetime | None
    about: str
    number: int | None = None
    resolution_id: int | None = None
    meeting: str = ""
    talk: str = ""

    @property
    def state_word(self) -> str:
        return str(STATE_WORDS[self.state])


def list_follow_ups(found: QuerySet[FollowUp], *, day: date) -> list[FollowUpRow]:
    """Return follow-ups as rows, in the order in which they come. Two statements at most.

    A class is named with its school and grade: many are called Class 1.
    """
    rows = found.select_related(
        "unit", "owner", "person", "settled_by", "talk", "resolution__meeting"
    )
    classes = {each.owner_id for each in rows if each.owner.kind == UnitKind.CLASS}
    titles = full_titles(classes, day) if classes else {}
    return [_row(each, day, titles.get(each.owner_id, "")) for each in rows]


def in_order(found: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Put open ones first, those that are due first before the others."""
    return found.order_by(F("settled_at").asc(nulls_first=True), "due_on", "pk")


def narrowed(found: QuerySet[FollowUp], state: str, day: date) -> QuerySet[FollowUp]:
    """Narrow to open, late or ended ones; any other word leaves them all."""
    if state == "open":
        return found.filter(state=State.OPEN.value)
    if state == "late":
        return found.filter(state=State.OPEN.value, due_on__lt=day)
    if state == "ended":
        return found.exclude(state=State.OPEN.value)
    return found


def owned_by(
    found: QuerySet[FollowUp], *, units: Collection[int], user_id: int | None
) -> QuerySet[FollowUp]:
    """Narrow to those that these units, or this person, have to see to."""
    return found.filter(Q(owner_id__in=units) | Q(person_id=user_id))


def of_meeting(meeting_id: int) -> QuerySet[FollowUp]:
    """Return the follow-ups of everything that a meeting resolved."""
    return in_order(FollowUp.objects.filter(resolution__meeting_id=meeting_id))


def of_talk(talk_id: int) -> QuerySet[FollowUp]:
    """Return the follow-ups of a talk."""
    return in_order(FollowUp.objects.filter(talk_id=talk_id))


def _row(each: FollowUp, day: date, full: str) -> FollowUpRow:
    meeting = each.resolution.meeting if each.resolution else None
    state = State(each.state)
    return FollowUpRow(
        public_id=each.public_id,
        what=each.what,
        unit=shown_name(each.unit.name, each.unit.name_en),
        owner=full or shown_name(each.owner.name, each.owner.name_en),
        person=person_name(each.person),
        due_on=each.due_on,
        state=state,
        late=is_late(state, each.due_on, day),
        said=each.said,
        settled_by=person_name(each.settled_by),
        settled_at=each.settled_at,
        about=meeting.title if meeting else each.talk.with_whom if each.talk else "",
        number=each.resolution.number if each.resolution else None,
        resolution_id=each.resolution_id,
        meeting=meeting.public_id if meeting else "",
        talk=each.talk.public_id if each.talk else "",
    )
