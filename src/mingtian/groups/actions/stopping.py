"""Takes a group's robot away; texts that waited for it are pasted by hand."""

from mingtian.groups.models import Delivery, Robot
from mingtian.groups.rules import Called


def stop_robot(group_id: int) -> bool:
    """Forget address and secret; False when there was no robot. Call it in a transaction."""
    Delivery.objects.filter(group_id=group_id, robot=Called.DUE.value).update(
        robot=Called.NONE.value, robot_next_at=None
    )
    return bool(Robot.objects.filter(pk=group_id).delete()[0])
