"""What screenshots look after by themselves."""

from datetime import datetime

from mingtian.core.jobs import every_minute
from mingtian.screenshots.actions import delete_expired


@every_minute
def delete_expired_pictures(now: datetime) -> None:
    """Delete pictures whose time is over (STA-2)."""
    delete_expired(now=now)
