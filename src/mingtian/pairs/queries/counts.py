"""Sums of pairs for totals; no reader, no child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from mingtian.children.rules import Category
from mingtian.vault.access import keep


@dataclass(frozen=True, kw_only=True, slots=True)
class PairCounts:
    """Pairs of a reach on a day. ``children`` are persons, each once; by category they add up to
    more by those who are in several. ``visits`` were made since the first of the year, or ``since``."""

    pairs: int
    children: int
    helpers: int
    visits: int
    by_category: dict[Category, int]


def counts(
    paths: Collection[str], day: date, *, since: date | None = None
) -> dict[str, PairCounts]:
    """Count the pairs of units as they stood at the end of the day, for each path of the leading line.

    A child counts where it lives and where it learns; in one reach it counts once. Children erased
    since are missing. One statement.
    """
    none = PairCounts(pairs=0, children=0, helpers=0, visits=0, by_category={})
    summed = dict.fromkeys(paths, none)
    if not summed:
        return summed
    with keep("count pairs"), connection.cursor() as cursor:
        cursor.execute(
            _COUNTS,
            {"paths": list(summed), "day": day, "since": since or day.replace(month=1, day=1)},
        )
        for path, pairs, children, helpers, visits, names, numbers in cursor.fetchall():
            summed[path] = PairCounts(
                pairs=pairs, children=children, helpers=helpers, visits=visits,
                by_category={
                    Category(name): number for name, number in zip(names, numbers, strict=True)
                },
            )  # fmt: skip
    return summed


_COUNTS = """
    WITH moment AS (SELECT (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS over),
    reach AS (
        SELECT wanted.path, place.unit_id
        FROM unnest(%(paths)s::text[]) AS wanted (path)
        JOIN org_placement place ON place.line = 'leads' AND place.path <@ wanted.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
    ), near AS (
        SELECT DISTINCT reach.path, child.id
        FROM reach JOIN vault_child child
          ON (child.unit_id = reach.unit_id OR child.school_id = reach.unit_id) AND child.erased_at IS NULL
    ), paired AS (
        SELECT near.path, pair.id, pair.child_id
        FROM near JOIN pairs_pair pair ON pair.child_id = near.id CROSS JOIN moment
        WHERE pair.starts_on <= %(day)s AND (pair.ended_at IS NULL OR pair.ended_at >= moment.over)
          AND (pair.until IS NULL OR pair.until >= %(day)s)
    ), helped AS (
        SELECT paired.path, count(DISTINCT paired.id) AS pairs,
               count(DISTINCT paired.child_id) AS children, count(DISTINCT duty.user_id) AS helpers
        FROM paired CROSS JOIN moment
        LEFT JOIN pairs_duty duty ON duty.pair_id = paired.id AND duty.starts_at < moment.over
         AND (duty.ends_at IS NULL OR duty.ends_at >= moment.over)
        GROUP BY paired.path
    ), visited AS (
        SELECT near.path, count(*) AS visits
        FROM near JOIN pairs_visit visit ON visit.child_id = near.id CROSS JOIN moment
        WHERE visit.made AND visit.began_at < moment.over
          AND visit.began_at >= %(since)s::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY near.path
    ), sums AS (
        SELECT paired.path, category.category, count(DISTINCT paired.child_id) AS number
        FROM paired JOIN children_category category ON category.child_id = paired.child_id
        WHERE org_holds(category.starts_on, category.ends_on, %(day)s)
        GROUP BY paired.path, category.category
    )
    SELECT wanted.path, coalesce(helped.pairs, 0), coalesce(helped.children, 0),
           coalesce(helped.helpers, 0), coalesce(visited.visits, 0),
           coalesce(array_agg(sums.category) FILTER (WHERE sums.category IS NOT NULL), '{}'),
           coalesce(array_agg(sums.number) FILTER (WHERE sums.category IS NOT NULL), '{}')
    FROM unnest(%(paths)s::text[]) AS wanted (path)
    LEFT JOIN helped ON helped.path = wanted.path
    LEFT JOIN visited ON visited.path = wanted.path
    LEFT JOIN sums ON sums.path = wanted.path
    GROUP BY wanted.path, helped.pairs, helped.children, helped.helpers, visited.visits
"""
