"""Where the sealed address and secret of a group's robot belong."""

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer

__all__ = ["place_of_robot", "sealer"]


def place_of_robot(column: str, group_public_id: str) -> Place:
    """Return where the sealed ``address`` or ``secret`` of a group's robot belongs."""
    return Place("groups_robot", column, group_public_id)
