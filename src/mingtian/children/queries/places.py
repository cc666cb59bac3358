"""Which county a unit belongs to: the scope in which children are found again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from mingtian.core.clock import day_of
from mingtian.org.queries import (
    PostRow,
    UnitRow,
    list_ancestors,
    list_subtree,
    superior_names,
    unit_rows,
)
from mingtian.org.rules import UnitKind
from mingtian.vault.access import Door
from mingtian.vault.rules import REGISTERING

ANSWERING = (UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE)
"""What may answer for a child."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where the holder of posts registers children, and the schools that may be theirs.

    ``for_aid``: names and years alone, for lists of aid.
    """

    units: tuple[UnitRow, ...]
    schools: tuple[UnitRow, ...]
    for_aid: bool


def places_of(posts: Sequence[PostRow], day: date) -> Places:
    """Return where these posts register: a case worker's own unit and below, or a clerk's place.

    A school's clerk registers at the town or county above the school.
    """
    workers = [post for post in posts if post.role in REGISTERING]
    post = (workers or list(posts))[0]
    if post.unit.kind is UnitKind.SCHOOL:
        above = [unit for unit in list_ancestors(post.unit.id, day) if unit.kind in ANSWERING]
        return Places(units=tuple(above[-1:]), schools=(post.unit,), for_aid=True)
    county = counties_of([post.unit.id], day)[post.unit.id]
    return Places(
        units=tuple(list_subtree(post.unit.id, day, kinds=ANSWERING)),
        schools=tuple(list_subtree(county, day, kinds=[UnitKind.SCHOOL])),
        for_aid=not workers,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Destinations:
    """Where a child may move, each with what stands above it, and the schools that may be its own."""

    units: tuple[tuple[UnitRow, str], ...]
    schools: tuple[UnitRow, ...]


def destinations_of(door: Door, unit_id: int, *, works: bool) -> Destinations:
    """Return where a child of this unit may move to, and the schools of its county.

    Whoever works for it moves it anywhere in the county, or to another county of the city, whose office
    then finds the place; others move it within their own reach.
    """
    day = day_of(door.now)
    county = counties_of([unit_id], day)[unit_id]
    near = list_subtree(county, day, kinds=(*ANSWERING, UnitKind.SCHOOL))
    units = [unit for unit in near if unit.kind in ANSWERING]
    if works:
        around = unit_rows(counties_around(unit_id, day), day).values()
        units += [
            unit for unit in around if unit.kind is UnitKind.COUNTY and unit.id != county
        ]  # fmt: skip
    else:
        reached = _reached()
        units = [unit for unit in units if unit.id in reached]
    above = superior_names([unit.id for unit in units], day)
    return Destinations(
        units=tuple((unit, above.get(unit.id, "")) for unit in units),
        schools=tuple(unit for unit in near if unit.kind is UnitKind.SCHOOL),
    )


def _reached() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(vault_ids('supervised') || vault_ids('registering'))")
        return {unit for (unit,) in cursor.fetchall()}


def counties_of(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """Return the county of each unit on the day, or the top of its tree where there is no county."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTIES, {"units": sorted(set(unit_ids)), "day": day})
        return dict(cursor.fetchall())


def counties_around(unit_id: int, day: date) -> list[int]:
    """Return the counties of the same city, and what stands at its top. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, {"unit": unit_id, "day": day})
        return [unit for (unit,) in cursor.fetchall()]


_COUNTIES = """
    SELECT DISTINCT ON (own.unit_id) own.unit_id, above.unit_id
    FROM org_placement own
    JOIN org_placement above ON above.line = 'leads' AND own.path <@ above.path
     AND org_holds(above.starts_on, above.ends_on, %(day)s)
    JOIN org_unit unit ON unit.id = above.unit_id
     AND (unit.kind = 'county' OR above.superior_id IS NULL)
    WHERE own.line = 'leads' AND own.unit_id = ANY (%(units)s)
      AND org_holds(own.starts_on, own.ends_on, %(day)s)
    ORDER BY own.unit_id, (unit.kind = 'county') DESC
"""

_AROUND = """
    WITH city AS (
        SELECT above.path, above.unit_id FROM org_placement own
        JOIN org_placement above ON above.line = 'leads' AND own.path <@ above.path
         AND org_holds(above.starts_on, above.ends_on, %(day)s)
        JOIN org_unit unit ON unit.id = above.unit_id
         AND (unit.kind = 'city' OR above.superior_id IS NULL)
        WHERE own.line = 'leads' AND own.unit_id = %(unit)s
          AND org_holds(own.starts_on, own.ends_on, %(day)s)
        ORDER BY (unit.kind = 'city') DESC LIMIT 1
    )
    SELECT below.unit_id FROM city
    JOIN org_placement below ON below.line = 'leads' AND below.path <@ city.path
     AND org_holds(below.starts_on, below.ends_on, %(day)s)
    JOIN org_unit unit ON unit.id = below.unit_id
    WHERE unit.kind = 'county' OR below.unit_id = city.unit_id
"""
