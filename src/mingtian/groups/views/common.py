"""What the pages of groups share."""

from django.http import HttpRequest

from mingtian.groups.actions import Sender


def sender(request: HttpRequest, unit_id: int) -> Sender:
    """Return who asks, for a unit."""
    return Sender(username=request.user.get_username(), user_id=request.user.pk, unit_id=unit_id)
