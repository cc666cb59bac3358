"""Which county a unit belongs to: the scope in which children are found again."""

from collections.abc import Collection
from datetime import date

from django.db import connection


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
