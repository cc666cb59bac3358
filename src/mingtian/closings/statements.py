"""What actions of closings share at the database."""

from django.db import connection

_LOCKS = 0x636C6F73
"""The class of this module's advisory locks; "clos"."""


def lock_day(lecture_id: int) -> None:
    """Let confirming, correcting and freezing of one day take turns, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, lecture_id])
