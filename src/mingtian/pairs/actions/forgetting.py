"""A child's pairs go with its erasure; the hours of those who helped stay with them."""

from datetime import datetime

from django.db import connection

from mingtian.pairs.models import Duty, Goal, Pair, Visit


def forget(child: int, now: datetime) -> int:  # noqa: ARG001 - as vault.events wants it
    """Delete what pairs keep about a child; returns how many rows went. As the keeper.

    A helper's record of service is the helper's own and says nothing of the child (Volunteer rules
    19): visits made become sums by year.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_HOURS, [child])
    gone = 0
    for kept in (Visit, Goal, Duty, Pair):
        rows, _ = kept.objects.filter(child_id=child).delete()
        gone += rows
    return gone


_KEEP_HOURS = """
    INSERT INTO pairs_kept (user_id, year, visits, minutes)
    SELECT by_id, extract(year FROM began_at AT TIME ZONE 'Asia/Shanghai')::smallint,
           count(*), sum(minutes)
    FROM pairs_visit WHERE child_id = %s AND made GROUP BY 1, 2
    ON CONFLICT (user_id, year) DO UPDATE
    SET visits = pairs_kept.visits + excluded.visits,
        minutes = pairs_kept.minutes + excluded.minutes
"""
