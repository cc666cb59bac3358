"""Who posts to groups."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who posts, and for which unit. ``user_id`` is None for what the machine posts."""

    username: str
    unit_id: int
    user_id: int | None = None
