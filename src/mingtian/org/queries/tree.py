"""Reads of the unit tree as it stood on a day, as frozen rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import LiteralString, cast

from django.db import connection
from django.utils.translation import get_language
from psycopg import sql

from mingtian.org.rules import CODED_KINDS, COUNTING_KINDS, Line, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitRow:
    """A unit as it was called and stood on one day, on one line.

    ``id`` is for other queries and never leaves the server. ``superior_id`` is None at the
    top and for a unit that did not stand on the line. ``steps`` are the names from its house
    down, where they were asked for.
    """

    id: int
    public_id: str
    kind: UnitKind
    name: str
    name_en: str
    superior_id: int | None = None
    steps: Sequence[Sequence[str]] = field(default=(), compare=False)

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return shown_name(self.name, self.name_en)

    @property
    def full_title(self) -> str:
        """The name with school and grade, for pages of people who know several schools."""
        return full_name(self.steps) or self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class UnresolvedPlaceRow:
    """A place for which no code is known on the day, and what it stands under."""

    unit: UnitRow
    superior_name: str
    noted: bool
    """True when somebody looked it up and did not find it; False when nobody has yet."""


def shown_name(name: str, name_en: str) -> str:
    """Return the English name for readers of English where there is one, else the Chinese."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


def full_name(steps: Sequence[Sequence[str]] | None) -> str:
    """Write what ``org_full_name`` returns in the reader's language: school, grade and class.

    Empty where the unit did not stand on the leading line that day.
    """
    words = [shown_name(*step) for step in steps or ()]
    if len(words) < 3:
        return " ".join(words)
    return f"{words[0]} {joined_name(words[1], words[2])}"


def joined_name(grade: str, own: str) -> str:
    """Write a grade and a class as one name; Latin letters need a space between them."""
    return f"{grade} {own}" if grade and own.isascii() else grade + own


def full_titles(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Return units as they are called where several houses are in reach. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, org_full_name(id, %s) FROM unnest(%s::bigint[]) AS asked (id)",
            [day, list(unit_ids)],
        )
        return {unit_id: full_name(steps) for unit_id, steps in cursor.fetchall() if steps}


def find_unit(public_id: str, day: date) -> UnitRow | None:
    """Return the unit with its name on the day, or None when it is unknown or not open then."""
    rows = _units("u.public_id = %(public_id)s AND l.line = 'leads'", day, public_id=public_id)
    return rows[0] if rows else None


def unit_rows(unit_ids: Collection[int], day: date, *, in_full: bool = False) -> dict[int, UnitRow]:
    """Return several units by primary key; those that did not exist on the day are left out.

    ``in_full``: each with the names of what it stands in (``full_title``), for a few units.
    """
    more: LiteralString = "org_full_name(u.id, %(day)s)" if in_full else "NULL"
    rows = _units("u.id = ANY(%(ids)s) AND l.line = 'leads'", day, more, ids=list(unit_ids))
    return {row.id: row for row in rows}


def list_children(unit_id: int, day: date, line: Line = Line.LEADS) -> list[UnitRow]:
    """Return the units directly below on the day, along the line, in the order they were founded."""
    return _units("p.superior_id = %(unit)s AND l.line = %(line)s", day, unit=unit_id, line=line)


def list_roots(day: date, line: Line = Line.LEADS) -> list[UnitRow]:
    """Return what stands at the top of the line on the day."""
    return _units(
        "p.id IS NOT NULL AND p.superior_id IS NULL AND l.line = %(line)s", day, line=line
    )


def list_subtree(
    unit_id: int,
    day: date,
    line: Line = Line.LEADS,
    kinds: Collection[UnitKind] | None = None,
) -> list[UnitRow]:
    """Return the unit and everything below it on the day, along the line."""
    return _units(
        _BELOW,
        day,
        unit=unit_id,
        line=line,
        kinds=[kind.value for kind in (UnitKind if kinds is None else kinds)],
    )


def list_counting_units(unit_id: int, day: date, line: Line = Line.LEADS) -> list[UnitRow]:
    """Return the classes, staff groups and villages below (or the unit itself, if it counts)."""
    return list_subtree(unit_id, day, line, COUNTING_KINDS)


def list_ancestors(unit_id: int, day: date, line: Line = Line.LEADS) -> list[UnitRow]:
    """Return the way from the top down to the unit itself; empty when it does not stand there."""
    path = path_on(unit_id, day, line)
    by_id = unit_rows(path, day)
    return [by_id[each] for each in path if each in by_id]


def path_on(unit_id: int, day: date, line: Line = Line.LEADS) -> list[int]:
    """Return the keys from the top down to the unit, empty when it does not stand there."""
    with connection.cursor() as cursor:
        cursor.execute(_PATH, {"unit": unit_id, "line": line.value, "day": day})
        found = cursor.fetchone()
    return [int(label) for label in found[0].split(".")] if found else []


def lines_of(unit_id: int, day: date) -> list[Line]:
    """Return the lines on which the unit stands on the day, the leading one first."""
    return [line for line in Line if path_on(unit_id, day, line)]


def count_below(unit_id: int, day: date, line: Line = Line.LEADS) -> dict[UnitKind, int]:
    """Count the units of each kind below the unit on the day, without itself."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"unit": unit_id, "line": line.value, "day": day})
        return {UnitKind(kind): number for kind, number in cursor.fetchall()}


def name_on(unit_id: int, day: date) -> str:
    """Return what the unit was called on the day, in Chinese; empty when it did not exist."""
    with connection.cursor() as cursor:
        cursor.execute(_NAME, {"unit": unit_id, "day": day})
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def superior_names(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Return the name of each unit's leading superior on the day, in the reader's language."""
    with connection.cursor() as cursor:
        cursor.execute(_SUPERIOR_NAMES, {"units": list(unit_ids), "day": day})
        return {unit_id: shown_name(name, name_en) for unit_id, name, name_en in cursor.fetchall()}


def list_unresolved_places(day: date, under: int | None = None) -> list[UnresolvedPlaceRow]:
    """Return places without a known code on the day (domain.md part 1, Minghua).

    Those down to the township need one; a village is listed only when somebody looked it
    up in vain.
    """
    values = {"day": day, "under": under, "coded": [kind.value for kind in CODED_KINDS]}
    with connection.cursor() as cursor:
        cursor.execute(_UNRESOLVED, values)
        return [
            UnresolvedPlaceRow(
                unit=_row(tuple(unit)),
                superior_name=shown_name(above or "", above_en or ""),
                noted=noted,
            )
            for *unit, above, above_en, noted in cursor.fetchall()
        ]


def _units(
    condition: LiteralString,
    day: date,
    more: LiteralString = "NULL",
    **values: int | str | list[int] | list[str],
) -> list[UnitRow]:
    statement = sql.SQL(_UNITS).format(condition=sql.SQL(condition), more=sql.SQL(more))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day, **values})
        return [_row(found) for found in cursor.fetchall()]


def _row(found: Sequence[object]) -> UnitRow:
    unit_id, public_id, kind, name, name_en, superior_id, *more = found
    return UnitRow(
        id=int(str(unit_id)),
        public_id=str(public_id),
        kind=UnitKind(str(kind)),
        name=str(name),
        name_en=str(name_en),
        superior_id=None if superior_id is None else int(str(superior_id)),
        steps=cast("list[list[str]]", more[0]) if more and more[0] else (),
    )


_UNITS: LiteralString = """
    SELECT u.id, u.public_id, u.kind, n.name, n.name_en, p.superior_id, {more}
    FROM org_unit u
    JOIN org_unit_name n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
    CROSS JOIN (VALUES ('leads'), ('guides')) AS l (line)
    LEFT JOIN org_placement p
      ON p.unit_id = u.id AND p.line = l.line AND org_holds(p.starts_on, p.ends_on, %(day)s)
    WHERE {condition}
    ORDER BY u.id
"""
_BELOW: LiteralString = """
    l.line = %(line)s AND u.kind = ANY(%(kinds)s) AND p.path <@ (
        SELECT t.path FROM org_placement t
        WHERE t.unit_id = %(unit)s AND t.line = %(line)s
          AND org_holds(t.starts_on, t.ends_on, %(day)s))
"""
_PATH = """
    SELECT path::text FROM org_placement
    WHERE unit_id = %(unit)s AND line = %(line)s AND org_holds(starts_on, ends_on, %(day)s)
"""
_COUNT = """
    SELECT u.kind, count(*)
    FROM org_placement t
    JOIN org_placement p ON p.line = t.line AND p.path <@ t.path AND p.unit_id <> t.unit_id
     AND org_holds(p.starts_on, p.ends_on, %(day)s)
    JOIN org_unit u ON u.id = p.unit_id
    WHERE t.unit_id = %(unit)s AND t.line = %(line)s
      AND org_holds(t.starts_on, t.ends_on, %(day)s)
    GROUP BY u.kind
"""
_NAME = """
    SELECT name FROM org_unit_name
    WHERE unit_id = %(unit)s AND org_holds(starts_on, ends_on, %(day)s)
"""
_SUPERIOR_NAMES = """
    SELECT p.unit_id, n.name, n.name_en
    FROM org_placement p
    JOIN org_unit_name n ON n.unit_id = p.superior_id
     AND org_holds(n.starts_on, n.ends_on, %(day)s)
    WHERE p.unit_id = ANY(%(units)s) AND p.line = 'leads'
      AND org_holds(p.starts_on, p.ends_on, %(day)s)
"""
_UNRESOLVED = """
    SELECT u.id, u.public_id, u.kind, n.name, n.name_en, p.superior_id,
           above.name, above.name_en, noted.id IS NOT NULL
    FROM org_unit u
    JOIN org_unit_name n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
    JOIN org_placement p ON p.unit_id = u.id AND p.line = 'leads'
     AND org_holds(p.starts_on, p.ends_on, %(day)s)
    LEFT JOIN org_unit_name above ON above.unit_id = p.superior_id
     AND org_holds(above.starts_on, above.ends_on, %(day)s)
    LEFT JOIN LATERAL (
        SELECT c.id FROM org_division_code c
        WHERE c.unit_id = u.id AND NOT c.resolved
          AND org_holds(c.starts_on, c.ends_on, %(day)s) LIMIT 1
    ) noted ON true
    WHERE (noted.id IS NOT NULL OR u.kind = ANY(%(coded)s))
      AND NOT EXISTS (
        SELECT 1 FROM org_division_code c
        WHERE c.unit_id = u.id AND c.resolved AND org_holds(c.starts_on, c.ends_on, %(day)s))
      AND (%(under)s::int IS NULL OR p.path ~ ('*.' || %(under)s::int || '.*')::lquery)
    ORDER BY u.id
"""
