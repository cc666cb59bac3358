"""What attendance looks after by night."""

from datetime import datetime

from mingtian.attendance.actions.forget import drop_marks, sweep_leftovers
from mingtian.attendance.actions.tries import drop_old_tries
from mingtian.core.jobs import every_night

ACTOR = "system:sweep"


@every_night
def sweep(now: datetime) -> None:
    """Fold rows of persons and phones that are gone into the totals; drop what had its time."""
    sweep_leftovers(now=now, actor=ACTOR)
    drop_marks(now=now)
    drop_old_tries(now=now)
