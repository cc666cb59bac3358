"""Which school's people read what somebody of a unit says."""

from typing import NamedTuple

from mingtian.attendance.ingest.store import Store

KEEP_MILLISECONDS = 600_000
KEEP_UNITS = 100_000


class House(NamedTuple):
    """A school; for a village or a group of five-old, the unit above."""

    id: int
    public_id: str


class Houses:
    """Finds the house of a unit; an answer may be ten minutes old."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, tuple[int, House | None]] = {}

    async def of(self, unit: int, now: int) -> House | None:
        """Return the house, or None for a unit that stands nowhere any more."""
        known = self._known.get(unit)
        if known is not None and now - known[0] < KEEP_MILLISECONDS:
            return known[1]
        rows = await self._store.execute("house", {"unit": unit})
        found = House(*rows[0]) if rows else None
        if len(self._known) >= KEEP_UNITS:
            self._known.clear()
        self._known[unit] = (now, found)
        return found
