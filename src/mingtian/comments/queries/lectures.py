"""Which lectures the comments of houses belong to."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from mingtian.campaigns.queries.evenings import Evening, evenings_by_id


def list_evenings_of(house_ids: Collection[int]) -> list[Evening]:
    """Return the lectures at which people of these houses said something, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_HOUSES, {"houses": list(house_ids)})
        found = evenings_by_id([row[0] for row in cursor.fetchall()])
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id), reverse=True)


def evenings_beside(lecture_id: int, house_id: int) -> list[int]:
    """Return the other lectures of the same campaign at which the house said something."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"lecture": lecture_id, "house": house_id})
        return [row[0] for row in cursor.fetchall()]


def houses_without_digest(*, after: datetime, until: datetime) -> list[tuple[int, int]]:
    """Return lecture and house where something was said and no digest is drafted.

    Only of lectures that closed after the one instant and not after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_DIGEST, {"after": after, "until": until})
        return [(row[0], row[1]) for row in cursor.fetchall()]


_OF_HOUSES = """
    SELECT l.id FROM campaigns_lecture AS l
    WHERE EXISTS (SELECT FROM comments_comment AS c
                  WHERE c.lecture = l.id AND c.house = ANY(%(houses)s))
"""
_BESIDE = """
    SELECT o.id FROM campaigns_lecture AS l
    JOIN campaigns_lecture AS o ON o.campaign_id = l.campaign_id AND o.id <> l.id
    WHERE l.id = %(lecture)s
      AND EXISTS (SELECT FROM comments_comment AS c WHERE c.lecture = o.id AND c.house = %(house)s)
    ORDER BY o.id
"""
_WITHOUT_DIGEST = """
    SELECT DISTINCT c.lecture, c.house
    FROM campaigns_lecture AS l
    JOIN comments_comment AS c ON c.lecture = l.id
    WHERE l.closes_at > %(after)s AND l.closes_at <= %(until)s
      AND NOT EXISTS (SELECT FROM comments_digest AS d
                      WHERE d.lecture_id = l.id AND d.house_id = c.house)
    ORDER BY c.lecture, c.house
"""
