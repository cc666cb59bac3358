"""What supervision looks after by itself."""

from datetime import datetime

from mingtian.core.jobs import every_minute
from mingtian.supervision.actions import look_around, settle


@every_minute
def look_at_evenings(now: datetime) -> None:
    """Compare at 20:10, 20:30 and after the end; after the due time see who is silent."""
    look_around(now=now)


@every_minute
def settle_calls(now: datetime) -> None:
    """Take back calls to the silent who have confirmed meanwhile."""
    settle(now=now)
