"""Gifts summed up by place, for the year book. Sums of rows that name no child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from mingtian.core.figures import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftCount:
    """Gifts recorded at the units below a path, and the money among them in fen."""

    path: str
    gifts: int
    fen: int


def count_gifts(paths: Collection[str], period: Period, day: date) -> list[GiftCount]:
    """Count gifts of a period for each path of the leading line, the tree as on the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS,
            {"paths": list(paths), "day": day, "first": period.first, "last": period.last},
        )
        return [
            GiftCount(path=path, gifts=gifts, fen=fen) for path, gifts, fen in cursor.fetchall()
        ]


_COUNTS = """
    SELECT top.path, count(*), coalesce(sum(gift.amount), 0)::bigint
    FROM unnest(%(paths)s::text[]) AS top (path)
    JOIN org_placement place ON place.line = 'leads' AND place.path <@ top.path::ltree
     AND org_holds(place.starts_on, place.ends_on, %(day)s)
    JOIN gifts_gift gift ON gift.unit_id = place.unit_id AND gift.undone_at IS NULL
     AND gift.received_on BETWEEN %(first)s AND %(last)s
    GROUP BY top.path
"""
