"""Where an appeal's sealed words belong."""

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer

__all__ = ["place_of_appeal", "sealer"]


def place_of_appeal(column: str, appeal_public_id: str) -> Place:
    """Return where a sealed ``text`` or ``answer`` of an appeal belongs."""
    return Place("attendance_appeal", column, appeal_public_id)
