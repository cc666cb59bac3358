"""Sums of cases and talks for totals; no reader, no child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from mingtian.vault.access import keep


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseCount:
    """So many cases of a reach are in a state; ``state`` empty: talks with a counsellor that took place."""

    path: str
    state: str
    number: int


def count_cases(paths: Collection[str], *, first: date, last: date) -> list[CaseCount]:
    """Count cases by their state, and talks, for each path of the leading line. One statement.

    Cases that were opened until the last day and not closed before the first, in the state in which they
    are now; a case counts where the child lives and where it learns, and once in one reach. Of talks the
    days alone are read.
    """
    with keep("count cases"), connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"paths": list(paths), "first": first, "last": last})
        return [
            CaseCount(path=path, state=state, number=number)
            for path, state, number in cursor.fetchall()
        ]


_COUNTS = """
    WITH moment AS (
        SELECT %(first)s::timestamp AT TIME ZONE 'Asia/Shanghai' AS begun,
               (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS over
    ), reach AS (
        SELECT wanted.path, place.unit_id
        FROM unnest(%(paths)s::text[]) AS wanted (path)
        JOIN org_placement place ON place.line = 'leads' AND place.path <@ wanted.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(last)s)
    ), near AS (
        SELECT DISTINCT reach.path, child.id
        FROM reach JOIN vault_child child
          ON (child.unit_id = reach.unit_id OR child.school_id = reach.unit_id) AND child.erased_at IS NULL
    )
    SELECT near.path, own.state, count(*)
    FROM near JOIN care_case own ON own.child_id = near.id CROSS JOIN moment
    WHERE own.opened_at < moment.over AND (own.closed_at IS NULL OR own.closed_at >= moment.begun)
    GROUP BY near.path, own.state
    UNION ALL
    SELECT near.path, '', count(*)
    FROM near JOIN care_talk talk ON talk.child_id = near.id
    WHERE talk.held_on BETWEEN %(first)s AND %(last)s
    GROUP BY near.path
"""
