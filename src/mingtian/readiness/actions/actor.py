"""Who acts, and the one way in which this module writes the trail."""

from datetime import datetime

from mingtian.core import audit
from mingtian.core.actor import Actor


def note(
    action: str, subject: str, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    """Write one entry of the trail; call it in the transaction of the change."""
    audit.record(
        actor=by.username, action=f"readiness.{action}", subject=subject, now=now, **detail
    )
