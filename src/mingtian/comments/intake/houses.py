"""Which school's people read what somebody of a unit says."""

from typing import NamedTuple

from mingtian.attendance.ingest.buffer import Buffer
from mingtian.attendance.ingest.store import Store, column

KEEP_MILLISECONDS = 600_000
KEEP_UNITS = 100_000
MOST_AT_ONCE = 500


class House(NamedTuple):
    """A school; for a village or a group of five-old, the unit above."""

    id: int
    public_id: str


class Houses:
    """Finds the house of a unit; an answer may be ten minutes old.

    A city's classes all begin to speak in the same minute, so what is asked meanwhile is looked
    up together. ``look_ups`` has to run.
    """

    def __init__(self, store: Store, *, limit: int) -> None:
        self._store = store
        self._known: dict[int, tuple[int, House | None]] = {}
        self.look_ups: Buffer[int, House | None] = Buffer(
            self._find, most=MOST_AT_ONCE, limit=limit
        )

    async def of(self, unit: int, now: int) -> House | None:
        """Return the house, or None for a unit that stands nowhere any more.

        Raises Refused when the database does not answer.
        """
        known = self._known.get(unit)
        if known is not None and now - known[0] < KEEP_MILLISECONDS:
            return known[1]
        found = await self.look_ups.add(unit)
        if len(self._known) >= KEEP_UNITS:
            self._known.clear()
        self._known[unit] = (now, found)
        return found

    async def _find(self, units: list[int]) -> list[House | None]:
        rows = await self._store.execute("houses", {"units": column(set(units))})
        found = {unit: House(*house) for unit, *house in rows}
        return [found.get(unit) for unit in units]
