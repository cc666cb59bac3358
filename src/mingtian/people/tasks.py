"""What people look after by night."""

from datetime import datetime

from django.core.management import call_command

from mingtian.core.jobs import every_minute, every_night
from mingtian.people.actions import drop_expired_batches


@every_minute
def delete_expired_uploads(now: datetime) -> None:
    """Delete roster uploads whose hour is over, names and all."""
    drop_expired_batches(now=now)


@every_night
def delete_ended_sessions(_now: datetime) -> None:
    """Delete the sessions of browsers that have ended."""
    call_command("clearsessions")
