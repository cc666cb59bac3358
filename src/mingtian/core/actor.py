"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Whoever changes something: for the trail by name, for the row by key.

    ``user_id`` is None for what the product does by itself.
    """

    username: str
    user_id: int | None = None
