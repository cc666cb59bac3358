"""Open the names of one class for its class teacher; every opening is recorded."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.org.queries import UnitRow
from mingtian.people.access import Reader, can_read_names
from mingtian.people.models import Person
from mingtian.people.queries.rosters import present_on
from mingtian.people.rules import ROSTER_KINDS, PersonKind
from mingtian.people.sealing import opened


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterNameRow:
    """Somebody on the roster of a class, with number and name opened."""

    id: int
    public_id: str
    kind: PersonKind
    number: str
    name: str
    household_id: int | None


def read_roster_names(*, user: Reader, unit: UnitRow, now: datetime) -> list[RosterNameRow]:
    """Return the roster of a class with names, by number, and record who read it.

    404 for everybody but the class teacher of this very class.
    """
    rows = _read(_roster(user, unit, now), user=user, unit=unit, now=now)
    return sorted(rows, key=lambda row: natural(row.number))


def read_roster_name(*, user: Reader, unit: UnitRow, person: str, now: datetime) -> RosterNameRow:
    """Return one of the roster of a class, by public id, and record who read it.

    404 for everybody but the class teacher, and for somebody who does not stand on the roster.
    """
    found = _roster(user, unit, now).filter(public_id=person)
    if not found.exists():
        raise Http404
    return _read(found, user=user, unit=unit, now=now)[0]


def _roster(user: Reader, unit: UnitRow, now: datetime) -> QuerySet[Person]:
    today = day_of(now)
    if not can_read_names(user, unit.id, today):
        raise Http404
    return Person.objects.filter(present_on(today), unit_id=unit.id, kind__in=ROSTER_KINDS)


def _read(
    people: QuerySet[Person], *, user: Reader, unit: UnitRow, now: datetime
) -> list[RosterNameRow]:
    rows = [
        RosterNameRow(
            id=person.pk,
            public_id=person.public_id,
            kind=PersonKind(person.kind),
            number=opened(person, "number"),
            name=opened(person, "name"),
            household_id=person.household_id,
        )
        for person in people
    ]
    audit.record(
        actor=user.get_username(),
        action="people.names_read",
        subject=f"unit:{unit.public_id}",
        now=now,
        persons=len(rows),
    )
    return rows


def natural(number: str) -> list[tuple[int, str]]:
    """Return a key that sorts 2 before 10 and keeps letters in their order."""
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
