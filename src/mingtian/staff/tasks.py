"""What nobody asks for: sessions of former staff end, old tries and very old entries go."""

from datetime import datetime, timedelta

from mingtian.core import audit
from mingtian.core.jobs import every_night
from mingtian.staff.actions import drop_old_attempts, end_sessions_without_post
from mingtian.staff.rules import KEPT_DAYS, LEAST_KEPT_DAYS


@every_night
def end_former_sessions(now: datetime) -> None:
    """End the sessions of whoever's last post ended at midnight; they reach nothing since then."""
    end_sessions_without_post(now=now)


@every_night
def forget_old_tries(now: datetime) -> None:
    """Delete failed tries that no longer count."""
    drop_old_attempts(now=now)


@every_night
def let_old_entries_go(now: datetime) -> None:
    """Delete entries of the trail after three years, never within six months."""
    audit.forget_before(
        now - timedelta(days=KEPT_DAYS), keep=now - timedelta(days=LEAST_KEPT_DAYS), now=now
    )
