"""What prompts look after by themselves."""

from datetime import datetime

from mingtian.core.jobs import every_minute
from mingtian.prompts.actions import keep_rhythm, say_by_robots


@every_minute
def keep_the_evening_rhythm(now: datetime) -> None:
    """Ask schools and class teachers half an hour and five minutes before a lecture (SGN-2)."""
    keep_rhythm(now=now)
    say_by_robots(now=now)
