"""What aid does by itself."""

from datetime import datetime

from mingtian.aid.actions.importing import drop_expired
from mingtian.core.jobs import every_minute


@every_minute
def drop_uploads(now: datetime) -> None:
    """Delete schools' files that were not taken over within their hour."""
    drop_expired(now)
