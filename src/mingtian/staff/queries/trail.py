"""Reads of the audit trail within a reader's reach."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.queries.tree import full_name

Value = str | int | bool | None

UNITS = frozenset({
    "above", "into", "office", "owner", "school", "school_before", "superior", "unit", "unit_before"
})  # fmt: skip
"""Keys under which units are noted: by primary key, or by public id where it is a text."""

NO_ONE_THING = frozenset({
    "certificates:persons", "child:many", "child:register", "grant:many", "household", "list:many",
    "pairs:helpers", "pairs:list", "persons", "system:sweep", "trail:all", "vault:log",
})  # fmt: skip
"""Subjects that stand for no single thing; what was done and noted says it all."""

MOST_SHOWN = 200
MOST_EXPORTED = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which entries are wanted: days, both included; an account or a name; how actions begin."""

    first: date
    last: date
    actor: str = ""
    action: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailRow:
    """One entry: ids, codes and counts. ``name`` is the actor's, ``unit`` what it is about.

    ``detail`` is what was noted, by key (``staff.noted``); units by name.
    """

    at: datetime
    actor: str
    name: str
    action: str
    subject: str
    unit: str
    detail: Mapping[str, Value]

    @property
    def by_itself(self) -> bool:
        """Whether no person did it."""
        return self.actor.startswith("system:")

    @property
    def about(self) -> str:
        """What a reader is told it is about: a unit by name, all else by its own number."""
        if self.subject in NO_ONE_THING:
            return "–"
        return self.unit or self.subject.partition(":")[2] or self.subject


def list_trail(posts: Sequence[PostRow], asked: Asked, *, most: int = MOST_SHOWN) -> list[TrailRow]:
    """Return the newest entries about units in reach, or by people who held posts there then.

    What somebody with a second post elsewhere did to units elsewhere is left out. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRAIL, _values(posts, asked) | {"most": most})
        return list(_rows(cursor.fetchall()))


def _values(posts: Sequence[PostRow], asked: Asked) -> dict[str, Any]:
    return {
        "lines": [post.line.value for post in posts],
        "paths": [post.subtree for post in posts],
        "since": datetime.combine(asked.first, time(), SHANGHAI),
        "before": datetime.combine(asked.last + timedelta(days=1), time(), SHANGHAI),
        "first": asked.first,
        "last": asked.last,
        "actor": asked.actor or None,
        "action": f"{_literal(asked.action)}%" if asked.action else None,
    }


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _rows(found: Sequence[Sequence[Any]]) -> Iterator[TrailRow]:
    details = [json.loads(row[5]) for row in found]
    noted = {value for detail in details for value in _noted_units(detail).values()}
    names = _names(noted | {_unit_of(row[4]) for row in found}, found[0][0]) if found else {}
    for (at, actor, name, action, subject, _detail), detail in zip(found, details, strict=True):
        units = {key: names.get(value, value) for key, value in _noted_units(detail).items()}
        yield TrailRow(
            at=at,
            actor=actor,
            name=name or "",
            action=action,
            subject=subject,
            unit=names.get(_unit_of(subject), ""),
            detail=detail | units,
        )


def _unit_of(subject: str) -> str:
    """Return the public id of the unit that an entry is about; "" where it is about another thing."""
    return subject.removeprefix("unit:") if subject.startswith("unit:") else ""


def _noted_units(detail: Mapping[str, Value]) -> dict[str, Value]:
    return {key: detail[key] for key in detail.keys() & UNITS}


def _names(units: Collection[Value], at: datetime) -> dict[Value, str]:
    """Return units as they were called on the day, by the numbers that were asked for. One statement.

    A unit that had closed by then has no full name; it keeps its own.
    """
    numbers = [unit for unit in units if isinstance(unit, int)]
    public = [unit for unit in units if isinstance(unit, str)]
    names: dict[Value, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [day_of(at), numbers, public])
        for number, public_id, name, name_en, steps in cursor.fetchall():
            names[number] = names[public_id] = full_name(steps) or shown_name(name, name_en)
    return names


_NAMES = """
    SELECT id, public_id, name, name_en, org_full_name(id, %s)
    FROM org_unit WHERE id = ANY(%s::bigint[]) OR public_id = ANY(%s::text[])
"""

# The reach is read as it stood on any of the days asked for: a closed school keeps its trail.
_TRAIL = """
    WITH mine AS (
        SELECT * FROM unnest(%(lines)s::text[], %(paths)s::text[]) AS m (line, path)
    ),
    reach AS (
        SELECT DISTINCT place.unit_id, unit.public_id
        FROM mine
        JOIN org_placement place ON place.line = mine.line AND place.path <@ mine.path::ltree
         AND place.starts_on <= %(last)s AND (place.ends_on IS NULL OR place.ends_on > %(first)s)
        JOIN org_unit unit ON unit.id = place.unit_id
    ),
    actors AS (
        SELECT DISTINCT person.username
        FROM reach JOIN org_post post ON post.unit_id = reach.unit_id
         AND post.starts_on <= %(last)s AND (post.ends_on IS NULL OR post.ends_on > %(first)s)
        JOIN auth_user person ON person.id = post.user_id
    )
    SELECT entry.at, entry.actor,
           org_person_name(person.first_name, person.last_name, ''),
           entry.action, entry.subject, entry.detail::text
    FROM core_audit_entry entry
    LEFT JOIN auth_user person ON person.username = entry.actor
    WHERE entry.at >= %(since)s AND entry.at < %(before)s
      AND (%(actor)s::text IS NULL OR entry.actor = %(actor)s
           OR org_person_name(person.first_name, person.last_name, '') = %(actor)s)
      AND (%(action)s::text IS NULL OR entry.action LIKE %(action)s)
      AND CASE WHEN entry.subject LIKE 'unit:%%'
               THEN substr(entry.subject, 6) IN (SELECT public_id FROM reach)
               ELSE entry.actor IN (SELECT username FROM actors)
                 OR entry.subject LIKE 'account:%%'
                    AND substr(entry.subject, 9) IN (SELECT username FROM actors)
          END
    ORDER BY entry.at DESC, entry.id DESC
    LIMIT %(most)s
"""
