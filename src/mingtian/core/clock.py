"""The one place that reads the wall clock.

Rules, queries and actions take ``now`` as an argument; only the edges (views, commands,
the ingest application) call :func:`now`.
"""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which people read times (SES-1); without summer time since 1991."""


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one permitted call


def now_in_milliseconds() -> int:
    """Return the current instant in whole milliseconds since 1970, as the hot path reads it."""
    return time.time_ns() // 1_000_000


def milliseconds(instant: datetime) -> int:
    """Return the instant as whole milliseconds since 1970, the unit used on the wire."""
    return int(instant.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    """Return the aware UTC instant for milliseconds since 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)


def day_of(instant: datetime) -> date:
    """Return the day in Asia/Shanghai, on which posts, rosters and the tree are read."""
    return instant.astimezone(SHANGHAI).date()
