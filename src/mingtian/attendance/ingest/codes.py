"""Learning codes as the hot path knows them: looked up once, remembered for a short while."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from psycopg.rows import TupleRow

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.schedule import seats_expire
from mingtian.attendance.ingest.store import Store
from mingtian.core.ids import CROCKFORD

KEEP_MILLISECONDS = 30_000
KEEP_CODES = 50_000
LONGEST_CODE = 16
ALPHABET = frozenset(CROCKFORD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """What a learning code stands for; names in Chinese and English (English may repeat).

    ``seats_expire`` in seconds since 1970.
    """

    id: int
    code: str
    campaign: int
    unit: int
    audience: str
    open: bool
    seats_expire: int
    unit_name: tuple[str, str]
    within: tuple[str, str]
    issuer: tuple[str, str]


class Codes:
    """Finds codes. An answer may be half a minute old; the entry itself checks again in SQL.

    Unknown codes are remembered too, so that a mistyped code costs one look-up. While the
    database is away the last known answer stands: a family at the door needs its page.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[str, tuple[int, Code | None]] = OrderedDict()
        self._lock = asyncio.Lock()
        self._failures = 0

    async def find(self, code: str, now: int) -> Code | None:
        """Return the code, or None when there is none. Raises Refused when nobody can tell.

        What cannot be a code is neither asked for nor remembered: it may be as long as an
        address, or hold what PostgreSQL takes for no text.
        """
        if not 0 < len(code) <= LONGEST_CODE or not ALPHABET.issuperset(code):
            return None
        if (fresh := self._fresh(code, now)) is not None:
            return fresh[1]
        failures = self._failures
        async with self._lock:
            if (fresh := self._fresh(code, now)) is not None:
                return fresh[1]
            try:
                found = await self._ask(code, failures)
            except Refused:
                # A code that was unknown may have been issued since; one that was known stays.
                if (found := self._last(code)) is None:
                    raise
            self._known[code] = (now, found)
            self._known.move_to_end(code)
            if len(self._known) > KEEP_CODES:
                self._known.popitem(last=False)
        return found

    async def _ask(self, code: str, failures: int) -> Code | None:
        """Look the code up; who waited here while somebody else got no answer gets none either."""
        if failures != self._failures:
            raise Refused(Reason.NOT_DURABLE)
        try:
            rows = await self._store.execute("code", {"code": code})
        except Refused:
            self._failures += 1
            raise
        return code_from(code, rows[0]) if rows else None

    def _last(self, code: str) -> Code | None:
        _, found = self._known.get(code, (0, None))
        return found

    def _fresh(self, code: str, now: int) -> tuple[int, Code | None] | None:
        known = self._known.get(code)
        return known if known and now - known[0] < KEEP_MILLISECONDS else None


def code_from(code: str, row: TupleRow) -> Code:
    """Return the code from a row of the statement ``code``."""
    (number, campaign, unit, audience, is_open, last_on, name, name_en, within, within_en,
     issuer, issuer_en) = row  # fmt: skip
    return Code(
        id=number, code=code, campaign=campaign, unit=unit, audience=audience, open=is_open,
        seats_expire=seats_expire(last_on),
        unit_name=(name, name_en or name), within=(within, within_en or within),
        issuer=(issuer, issuer_en or issuer),
    )  # fmt: skip
