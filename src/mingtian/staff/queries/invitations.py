"""Reads of one invitation."""

from datetime import datetime

from mingtian.staff.models import Invitation
from mingtian.staff.rules import State, hash_of_secret


def state_of_link(secret: str, now: datetime) -> State | None:
    """Return how the invitation of a link stands, or None for a link that there is not."""
    found = Invitation.objects.filter(secret_hash=hash_of_secret(secret)).first()
    return None if found is None else found.state(now)
