"""Reads of phones that took a seat."""

from collections.abc import Collection

from django.db import connection

_ARRIVALS = """
    SELECT a.seat, count(*)
    FROM attendance_seat AS s
    JOIN campaigns_lecture AS l ON l.campaign_id = s.campaign
    JOIN attendance_arrival AS a ON a.lecture = l.id AND a.seat = s.id
    WHERE s.id = ANY (%s)
    GROUP BY a.seat
"""


def count_arrivals(seat_ids: Collection[int]) -> dict[int, int]:
    """Return on how many evenings each seat has come; those that never came are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVALS, [list(seat_ids)])
        return dict(cursor.fetchall())
