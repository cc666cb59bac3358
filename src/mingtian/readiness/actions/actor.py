"""Who acts, and the one way in which this module writes the trail."""

from dataclasses import dataclass
from datetime import datetime

from mingtian.core import audit


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts: for the trail by name, for the row by key."""

    username: str
    user_id: int | None = None


def note(
    action: str, subject: str, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    """Write one entry of the trail; call it in the transaction of the change."""
    audit.record(
        actor=by.username, action=f"readiness.{action}", subject=subject, now=now, **detail
    )
