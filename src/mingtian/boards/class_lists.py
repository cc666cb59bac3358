"""The class teacher's lists: who is in, who has completed, who was noted, who need not come.

Names are opened by the people module, which checks the reader again and records the reading.
Nobody is ranked; the order is that of the roster.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtian.attendance.queries import list_records_of
from mingtian.attendance.queries.appeals import count_open_appeals
from mingtian.attendance.queries.by_hand import (
    GatheringRow,
    find_gathering,
    list_helped,
    list_notes_at,
)
from mingtian.boards.access import Seat
from mingtian.boards.evenings import list_evenings
from mingtian.boards.rules import Attending, attending, may_remind
from mingtian.campaigns.queries.codes import usable_code
from mingtian.campaigns.rules import learning_url
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.org.queries import UnitRow
from mingtian.people.actions import RosterNameRow, read_roster_names
from mingtian.people.queries import list_roster
from mingtian.people.queries.standings import StandingRow, list_standings_on
from mingtian.screenshots.queries import count_waiting

HEADINGS = {
    Attending.NOT_YET: gettext_lazy("Not yet"),
    Attending.ARRIVED: gettext_lazy("Arrived"),
    Attending.COMPLETED: gettext_lazy("Completed"),
    Attending.NOTED: gettext_lazy("Noted by hand"),
    Attending.EXEMPT: gettext_lazy("Exempt"),
    Attending.UNWILLING: gettext_lazy("Do not wish to take part"),
}
ICONS = {
    Attending.NOT_YET: "minus",
    Attending.ARRIVED: "clock",
    Attending.COMPLETED: "check",
    Attending.NOTED: "list",
    Attending.EXEMPT: "home",
    Attending.UNWILLING: "minus",
}
ALWAYS = frozenset({Attending.NOT_YET, Attending.ARRIVED, Attending.COMPLETED})
"""Lists that are shown even when nobody is on them."""

LONGEST_TITLE = 80
"""So much of a lecture's title stands in the reminder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Somebody on a list, with what else there is to say; ``review`` is an exemption to look at.

    ``place`` is the place on the roster, which the page's script keeps in every list.
    """

    person: RosterNameRow
    place: int
    url: str
    helped: bool
    noted: bool
    review: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NameList:
    """The people of one state, in the order of the roster."""

    state: Attending
    heading: str
    icon: str
    people: tuple[Listed, ...]
    always: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassLists:
    """The lists, what waits for the teacher, and where the page's script asks for news.

    ``entry`` is where families enter by the class's learning code; empty where none is in use.
    """

    url: str
    lists: tuple[NameList, ...]
    open_appeals: int
    pictures: int
    gathering: GatheringRow | None
    entry: str
    reminder: str


def list_names(
    reader: User | AnonymousUser, seat: Seat, unit: UnitRow, now: datetime
) -> ClassLists:
    """Return the lists of the class; 404 for anybody but its class teacher."""
    people = read_roster_names(user=reader, unit=unit, now=now)
    lecture = seat.evening.id
    facts = _facts(seat, [person.id for person in people])
    homes = [person.household_id for person in people if person.household_id is not None]
    helped = list_helped(lecture_id=lecture, household_ids=homes)
    listed = [
        Listed(
            person=person,
            place=place,
            url=reverse("boards:pupil", args=[lecture, seat.public_id, person.public_id]),
            helped=person.household_id in helped,
            noted=person.id in facts.noted,
            review=is_due(facts.standings.get(person.id), now),
        )
        for place, person in enumerate(people)
    ]
    entry = entry_url(seat)
    return ClassLists(
        url=reverse("boards:states", args=[lecture, seat.public_id]),
        lists=_lists(listed, facts.states),
        open_appeals=count_open_appeals(unit_id=seat.unit_id, lecture_ids=campaign_lectures(seat)),
        pictures=count_waiting(seat.public_id, now),
        gathering=find_gathering(lecture_id=lecture, unit_id=seat.unit_id),
        entry=entry,
        reminder=reminder(seat, entry, now),
    )


def list_not_yet(
    reader: User | AnonymousUser, seat: Seat, unit: UnitRow, now: datetime
) -> list[RosterNameRow]:
    """Return who is expected and not in yet, in the order of the roster; 404 as list_names."""
    people = read_roster_names(user=reader, unit=unit, now=now)
    states = _facts(seat, [person.id for person in people]).states
    return [person for person in people if states[person.id] is Attending.NOT_YET]


def list_states(seat: Seat, now: datetime) -> dict[str, str]:
    """Return the state of everybody on the roster by public id, without names."""
    people = list_roster(seat.unit_id, day_of(now))
    states = _facts(seat, [person.id for person in people]).states
    return {person.public_id: states[person.id].value for person in people}


def campaign_lectures(seat: Seat) -> list[int]:
    """Return the lectures of the evening's campaign in which the class takes part."""
    evenings = list_evenings(seat.unit_id, seat.evening.held_on)
    return [each.id for each in evenings if each.campaign_id == seat.evening.campaign_id]


def entry_url(seat: Seat) -> str:
    """Return the address of the class's learning code in this campaign, or nothing."""
    code = usable_code(seat.unit_id, seat.evening.campaign_id)
    return learning_url(settings.PUBLIC_ORIGIN, code) if code else ""


def reminder(seat: Seat, entry: str, now: datetime) -> str:
    """Return a text for the class's own group, or nothing where none is due.

    It names nobody: whoever is exempt or unwilling is not asked again (EXE-2), and a list of
    those who have not come would shame families in front of the others.
    """
    if not entry or not may_remind(seat.evening.times, now):
        return ""
    # The address ends the text: a group's app takes signs and Chinese words that follow it
    # into the link, and the family lands nowhere.
    return _(
        "Tonight at %(time)s: %(title)s. Whoever has no smartphone, or does not wish to take "
        "part, need do nothing. Enter with our class's learning code: %(url)s"
    ) % {
        "time": f"{seat.evening.times.starts_at.astimezone(SHANGHAI):%H:%M}",
        # A group takes 300 characters in one piece (GRP-2).
        "title": Truncator(seat.evening.shown_title).chars(LONGEST_TITLE),
        "url": entry,
    }


def is_due(standing: StandingRow | None, now: datetime) -> bool:
    """Say whether the class is to look at an exemption again, which it has not yet done."""
    if standing is None or standing.review_on is None or standing.ends_on is not None:
        return False
    return standing.review_on <= day_of(now)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    states: dict[int, Attending]
    noted: frozenset[int]
    standings: dict[int, StandingRow]


def _facts(seat: Seat, person_ids: Sequence[int]) -> _Facts:
    lecture = seat.evening.id
    maps = {
        row.person_id: row.live
        for row in list_records_of(lecture_id=lecture, person_ids=person_ids)
    }
    noted = frozenset(list_notes_at(lecture_id=lecture, person_ids=person_ids))
    standings = list_standings_on(person_ids, seat.evening.held_on)
    states = {
        each: attending(
            maps.get(each),
            seat.evening.needed_slots,
            noted=each in noted,
            standing=standings[each].state if each in standings else None,
        )
        for each in person_ids
    }
    return _Facts(states=states, noted=noted, standings=standings)


def _lists(listed: Iterable[Listed], states: dict[int, Attending]) -> tuple[NameList, ...]:
    people = list(listed)
    return tuple(
        NameList(
            state=state,
            heading=str(heading),
            icon=ICONS[state],
            people=tuple(each for each in people if states[each.person.id] is state),
            always=state in ALWAYS,
        )
        for state, heading in HEADINGS.items()
    )
