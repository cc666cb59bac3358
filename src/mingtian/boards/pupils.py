"""What the class teacher sees of one pupil: the evening, what was noted, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from mingtian.attendance.queries import list_records_of
from mingtian.attendance.queries.by_hand import NoteRow, list_helped, list_notes_at
from mingtian.boards.access import Seat
from mingtian.boards.class_lists import is_due
from mingtian.boards.forms import HOWS, REASONS, ExemptionForm, NoteForm
from mingtian.boards.rules import Attending, attending, decided_on
from mingtian.org.queries import UnitRow
from mingtian.people.actions import RosterNameRow, read_roster_name
from mingtian.people.queries.standings import StandingRow, list_standings_on
from mingtian.people.rules import StandingState

REVIEWED_AFTER = timedelta(days=90)
"""When an exemption is looked at again unless the class chooses another day."""

RECORDED = {
    Attending.NOT_YET: _("Not recorded on a phone"),
    Attending.ARRIVED: _("Arrived"),
    Attending.COMPLETED: _("Completed"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilPage:
    """One pupil at one evening, with the forms that fit.

    ``open`` says whether notes are taken, ``due`` that an exemption is to be looked at again.
    """

    person: RosterNameRow
    recorded: Attending
    recorded_word: str
    helped: bool
    note: NoteRow | None
    note_word: str
    standing: StandingRow | None
    reason_word: str
    due: bool
    open: bool
    ahead: bool
    note_form: NoteForm
    exemption_form: ExemptionForm

    @property
    def exempt(self) -> bool:
        return self.standing is not None and self.standing.state is StandingState.EXEMPT


def pupil_page(
    reader: User | AnonymousUser, seat: Seat, unit: UnitRow, person: str, now: datetime
) -> PupilPage:
    """Return the pupil's page; 404 for anybody but the class teacher. The reading is recorded."""
    found = read_roster_name(user=reader, unit=unit, person=person, now=now)
    evening, key = seat.evening, found.id
    records = list_records_of(lecture_id=evening.id, person_ids=[key])
    recorded = attending(records[0].live if records else None, evening.needed_slots)
    note = list_notes_at(lecture_id=evening.id, person_ids=[key]).get(key)
    day = decided_on(evening.held_on, evening.times, now)
    standing = list_standings_on([key], day).get(key)
    homes = [found.household_id] if found.household_id is not None else []
    return PupilPage(
        person=found,
        recorded=recorded,
        recorded_word=str(RECORDED[recorded]),
        helped=bool(list_helped(lecture_id=evening.id, household_ids=homes)),
        note=note,
        note_word=str(dict(HOWS)[note.how.value]) if note else "",
        standing=standing,
        reason_word=_reason(standing),
        due=is_due(standing, now),
        open=evening.times.doors_at <= now < evening.times.closes_at,
        ahead=now < evening.times.doors_at,
        note_form=NoteForm(),
        exemption_form=_exemption_form(standing, day),
    )


def _exemption_form(standing: StandingRow | None, day: date) -> ExemptionForm:
    reason = standing.reason if standing else None
    return ExemptionForm(
        initial={"reason": reason.value if reason else None, "review_on": day + REVIEWED_AFTER}
    )


def _reason(standing: StandingRow | None) -> str:
    if standing is None or standing.reason is None:
        return ""
    return str(dict(REASONS)[standing.reason.value])
