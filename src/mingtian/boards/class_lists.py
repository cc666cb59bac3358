"""The class teacher's lists: who has not come yet, who has arrived, who has completed.

Names are opened by the people module, which checks the reader again and records the reading.
Nobody is ranked; the order is that of the roster.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.attendance.queries import list_records_of
from mingtian.boards.access import Seat, today
from mingtian.boards.rules import Attending, attending
from mingtian.org.queries import UnitRow
from mingtian.people.actions import RosterNameRow, read_roster_names
from mingtian.people.queries import list_roster


@dataclass(frozen=True, kw_only=True, slots=True)
class NameList:
    """The people of one state, in the order of the roster."""

    state: Attending
    heading: str
    people: tuple[RosterNameRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassLists:
    """The three lists, and where the page's script asks for news without names."""

    url: str
    lists: tuple[NameList, ...]


def list_names(
    reader: User | AnonymousUser, seat: Seat, unit: UnitRow, now: datetime
) -> ClassLists:
    """Return the lists of the class; 404 for anybody but its class teacher."""
    people = read_roster_names(user=reader, unit=unit, now=now)
    states = _states(seat, [person.id for person in people])
    headings = (
        (Attending.NOT_YET, _("Not yet")),
        (Attending.ARRIVED, _("Arrived")),
        (Attending.COMPLETED, _("Completed")),
    )
    return ClassLists(
        url=reverse("boards:states", args=[seat.evening.id, seat.public_id]),
        lists=tuple(
            NameList(
                state=state,
                heading=heading,
                people=tuple(person for person in people if states[person.id] is state),
            )
            for state, heading in headings
        ),
    )


def list_states(seat: Seat, now: datetime) -> dict[str, str]:
    """Return the state of everybody on the roster by public id, without names."""
    people = list_roster(seat.unit_id, today(now))
    states = _states(seat, [person.id for person in people])
    return {person.public_id: states[person.id].value for person in people}


def _states(seat: Seat, person_ids: Iterable[int]) -> dict[int, Attending]:
    ids = list(person_ids)
    maps = {
        row.person_id: row.live
        for row in list_records_of(lecture_id=seat.evening.id, person_ids=ids)
    }
    return {each: attending(maps.get(each), seat.evening.needed_slots) for each in ids}
