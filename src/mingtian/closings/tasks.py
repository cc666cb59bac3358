"""What closings look after by themselves."""

from datetime import datetime

from mingtian.closings.actions import ask_everywhere, count_at_end
from mingtian.core.jobs import every_minute


@every_minute
def count_when_lectures_end(now: datetime) -> None:
    """Keep what was counted when a lecture ended, to tell minutes that came afterwards."""
    count_at_end(now=now)


@every_minute
def ask_what_looks_odd(now: datetime) -> None:
    """Ask the schools about what looks odd, in the hour after a lecture's end and its closing."""
    ask_everywhere(now=now)
