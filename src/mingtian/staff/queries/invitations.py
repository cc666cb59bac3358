"""Reads of one invitation."""

from datetime import datetime

from mingtian.staff.models import Invitation
from mingtian.staff.rules import State, hash_of_secret


def state_of_link(secret: str, now: datetime) -> tuple[State, bool] | None:
    """Return how the invitation of a link stands and whether it lets somebody back in.

    None for a link that there is not.
    """
    found = Invitation.objects.filter(secret_hash=hash_of_secret(secret)).first()
    return None if found is None else (found.state(now), found.renews_id is not None)
