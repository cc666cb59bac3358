"""What groups look after by themselves."""

from datetime import datetime

from mingtian.core.jobs import every_minute
from mingtian.groups.actions import call_due


@every_minute
def call_robots(now: datetime) -> None:
    """Let the robots of groups say what was posted, or what they did not take before."""
    call_due(now=now)
