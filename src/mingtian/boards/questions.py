"""Families' questions about an evening, as the class teacher reads them (CER-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtian.attendance.actions.appeals import read_appeals
from mingtian.attendance.queries.appeals import AppealRow
from mingtian.attendance.rules import AppealState
from mingtian.boards.access import Seat
from mingtian.boards.evenings import EveningRow, list_evenings
from mingtian.core.clock import day_of
from mingtian.org.queries import UnitRow
from mingtian.people.actions import RosterNameRow, read_roster_names
from mingtian.people.queries import PersonRow, list_people
from mingtian.people.queries.words import KIN_WORDS
from mingtian.people.rules import PersonKind

STATE_WORDS = {
    AppealState.OPEN: gettext_lazy("waits for your answer"),
    AppealState.GRANTED: gettext_lazy("granted"),
    AppealState.DECLINED: gettext_lazy("declined"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question with the name of whom it is about, for the class teacher alone."""

    appeal: AppealRow
    about: str
    evening: EveningRow
    state_word: str

    @property
    def open(self) -> bool:
        return self.appeal.state is AppealState.OPEN


def list_questions(
    reader: User | AnonymousUser, seat: Seat, unit: UnitRow, now: datetime
) -> list[Question]:
    """Return the questions of the class in this campaign, open ones first.

    404 for anybody but its class teacher. Texts and names are opened, which is recorded.
    """
    evenings = {
        each.id: each
        for each in list_evenings(seat.unit_id, seat.evening.held_on)
        if each.campaign_id == seat.evening.campaign_id
    }
    appeals = read_appeals(user=reader, unit=unit, lecture_ids=list(evenings), now=now)
    if not appeals:
        return []
    names = read_roster_names(user=reader, unit=unit, now=now)
    people = {each.id: each for each in list_people(seat.unit_id, day_of(now))}
    return [
        Question(
            appeal=each,
            about=_about(people.get(each.person_id), names),
            evening=evenings[each.lecture_id],
            state_word=str(STATE_WORDS[each.state]),
        )
        for each in appeals
    ]


def _about(person: PersonRow | None, names: Sequence[RosterNameRow]) -> str:
    """Name a pupil by roster, a relative by kin and child; somebody who has left by neither."""
    if person is None:
        return _("Somebody who has left the class")
    if person.kind is PersonKind.PUPIL:
        return next((f"{each.number} {each.name}" for each in names if each.id == person.id), "")
    children = [
        each.name
        for each in names
        if person.household_id is not None and each.household_id == person.household_id
    ]
    kin = str(KIN_WORDS.get(person.kin, ""))
    return f"{'、'.join(children)} · {kin}" if children else kin
