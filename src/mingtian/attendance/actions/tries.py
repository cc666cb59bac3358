"""Let go of how often something wrong was typed on a phone."""

from datetime import datetime

from django.db import connection

from mingtian.core.clock import day_of


def drop_old_tries(*, now: datetime) -> int:
    """Drop the wrong entries of days that are over; return of how many phones and codes.

    Five a day are allowed (attendance_enter), so those of earlier days bind nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attendance_try WHERE day < %s", [day_of(now)])
        dropped: int = cursor.rowcount
    return dropped
