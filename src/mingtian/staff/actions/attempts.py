"""Count what fails, lock what fails too often. One row a key, the same for every process."""

import hashlib
from datetime import datetime
from math import ceil

from django.conf import settings
from django.db import connection

from mingtian.core.errors import RuleBroken
from mingtian.staff.models import Attempt
from mingtian.staff.rules import LIMITS, Tries


def refuse_while_locked(tries: dict[Tries, str], *, now: datetime) -> None:
    """Refuse while one of these is locked; each kind comes with whom it is about."""
    keys = [_key(kind, about) for kind, about in tries.items()]
    locked = Attempt.objects.filter(pk__in=keys, locked_until__gt=now).order_by("-locked_until")
    if (row := locked.first()) is not None and row.locked_until is not None:
        raise RuleBroken("too_many_tries", minutes=ceil((row.locked_until - now).seconds / 60) or 1)


def count_failure(tries: dict[Tries, str], *, now: datetime) -> bool:
    """Count one failure of each and say whether it locked one of them."""
    locked = [_count(kind, about, now) for kind, about in tries.items()]
    return any(locked)


def clear_failures(tries: dict[Tries, str]) -> None:
    """Forget the failures after a success. What counts over all places stays."""
    Attempt.objects.filter(
        pk__in=[_key(kind, about) for kind, about in tries.items() if kind is not Tries.NAME]
    ).delete()


def drop_old_attempts(*, now: datetime) -> int:
    """Delete what no longer counts and locks nothing; return how many rows."""
    longest = max(within + hold for _most, within, hold in LIMITS.values())
    return Attempt.objects.filter(since__lt=now - longest).delete()[0]


def _key(kind: Tries, about: str) -> bytes:
    message = f"staff.attempt|{kind}|{about}".encode()
    return hashlib.blake2b(message, key=settings.INDEX_KEY, digest_size=16).digest()


def _count(kind: Tries, about: str, now: datetime) -> bool:
    most, within, hold = LIMITS[kind]
    values: dict[str, bytes | int | datetime] = {
        "key": _key(kind, about),
        "now": now,
        "earliest": now - within,
        "most": most,
        "until": now + hold,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        found = cursor.fetchone()
    return found is not None and found[0] == now + hold


# One statement, so that two who fail together are counted twice. A lock begins a new count.
_COUNT = """
    INSERT INTO staff_attempt AS kept (key, failures, since, locked_until)
    VALUES (%(key)s, 1, %(now)s, NULL)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN kept.since <= %(earliest)s OR kept.locked_until <= %(now)s
                        THEN 1 ELSE kept.failures + 1 END,
        since = CASE WHEN kept.since <= %(earliest)s OR kept.locked_until <= %(now)s
                     THEN %(now)s ELSE kept.since END,
        locked_until = CASE
            WHEN kept.since <= %(earliest)s OR kept.locked_until <= %(now)s THEN NULL
            WHEN kept.failures + 1 >= %(most)s THEN %(until)s
            ELSE kept.locked_until END
    RETURNING locked_until
"""
