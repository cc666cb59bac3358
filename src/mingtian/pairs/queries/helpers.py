"""Reads of helpers: who may help a child, whose checks lapse, the own record."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import connection

from mingtian.core.clock import day_of
from mingtian.org.queries import person_name, unit_rows
from mingtian.pairs.rules import Check, Kind, check_of
from mingtian.vault.access import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    """Somebody who may help a child, if vetted."""

    user_id: int
    name: str
    unit: str
    holds_until: date | None
    is_vetted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HelperRow:
    """A helper of the places that the reader supervises or works at."""

    user_id: int
    username: str
    name: str
    unit: str
    supervised: bool
    kind: Kind | None
    checked_on: date | None
    holds_until: date | None
    pairs: int
    check: Check


@dataclass(frozen=True, kw_only=True, slots=True)
class YearRow:
    """A year of somebody's own record of service."""

    year: int
    visits: int
    minutes: int

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


def line_of(door: Door, child: int) -> list[LineRow]:
    """Return who may help the child; nobody unless the person arranges for it. Two statements."""
    day = day_of(door.now)
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [child, day])
        found = cursor.fetchall()
    units = unit_rows({unit for _, _, unit, _ in found}, day) if found else {}
    rows = [
        LineRow(
            user_id=who, name=name, unit=units[unit].title if unit in units else "–",
            holds_until=until, is_vetted=until is not None and until >= day,
        )
        for who, name, unit, until in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row.is_vetted, row.name))


def list_helpers(door: Door) -> list[HelperRow]:
    """Return helpers of the reader's places, those first whose check is missing or lapses. Two statements."""
    day = day_of(door.now)
    with connection.cursor() as cursor:
        cursor.execute(_ROSTER, [day])
        found = cursor.fetchall()
    units = unit_rows({row[3] for row in found}, day) if found else {}
    rows = []
    for name, who, username, unit, _place, supervised, kind, checked, until, pairs in found:
        rows.append(
            HelperRow(
                user_id=who, username=username, name=name,
                unit=units[unit].title if unit in units else "–",
                supervised=supervised, kind=Kind(kind) if kind else None, checked_on=checked,
                holds_until=until, pairs=pairs, check=check_of(until, day),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.holds_until or date.min, row.name))


def name_of(user_id: int) -> str:
    """Return the name of somebody on the reader's list, as every page says it. One statement."""
    named = User.objects.only("username", "first_name", "last_name")
    return person_name(named.filter(pk=user_id).first())


def own_check(door: Door) -> date | None:
    """Return until when the person's own check holds or held; nothing without one. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pairs_vetted(%s)", [door.user_id])
        (until,) = cursor.fetchone() or (None,)
    return until


def list_hours(door: Door) -> list[YearRow]:  # noqa: ARG001 - nobody asks without one
    """Return the person's own record by year: visits made and their minutes. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT year, visits, minutes FROM pairs_hours()")
        return [
            YearRow(year=year, visits=visits, minutes=minutes)
            for year, visits, minutes in cursor.fetchall()
        ]


_LINE = """
    SELECT line.who, org_person_name(person.first_name, person.last_name, person.username),
           line.unit, line.holds_until
    FROM pairs_line(%s, %s) AS line JOIN auth_user person ON person.id = line.who
"""

_ROSTER = """
    SELECT org_person_name(person.first_name, person.last_name, person.username), roster.*
    FROM pairs_roster(%s) AS roster JOIN auth_user person ON person.id = roster.who
"""
