"""PostgreSQL behind the hot path: one connection, durable or refused.

Every write is idempotent, so a statement whose outcome is unknown (the connection broke
during the commit) is simply sent again.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString, cast

import psycopg
from psycopg.rows import TupleRow

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.core.statements import named

log = logging.getLogger(__name__)

QUERIES = named(Path(__file__).with_name("queries.sql"))
NONE: Mapping[str, LiteralString] = {}

DURABLE = ("on", "on")
SAFE_COMMITS = frozenset({"on", "remote_apply", "remote_write", "local"})
CONNECT_SECONDS = 5
PATIENCE = {"statement": "15s", "lock": "5s"}
"""Beyond this a phone is better served by 503 than by waiting; a batch takes milliseconds."""


class SettingsWeakened(RuntimeError):
    """PostgreSQL would lose what it confirms. Nothing may be acknowledged until that is mended."""


PASSING = (psycopg.OperationalError, SettingsWeakened)
"""What may go better the second time: a lock cycle, a server that just came back."""


class Store:
    """One connection that opens itself again, and says in which epoch it writes.

    ``epoch`` is ``system_identifier:timeline_id``, known after :meth:`open`. ``more`` are
    statements of another part of the hot path, beside those of ``queries.sql``.
    """

    def __init__(self, url: str, more: Mapping[str, LiteralString] = NONE) -> None:
        self._url = url
        self._more = more
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None
        self._opening = asyncio.Lock()
        self.epoch = ""

    async def open(self) -> None:
        """Connect, refuse weakened settings (SettingsWeakened), read the epoch."""
        connection = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            prepare_threshold=0,
            connect_timeout=CONNECT_SECONDS,
            application_name="mingtian ingest",
            # A database machine that vanishes without a word is noticed in seconds, not hours.
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
            tcp_user_timeout=15_000,
        )
        try:
            fsync, pages, commit = await _row(connection, "durability")
            if (fsync, pages) != DURABLE or commit not in SAFE_COMMITS:
                raise SettingsWeakened(
                    f"fsync is {fsync}, full_page_writes {pages}, synchronous_commit {commit}. "
                    "Mingtian acknowledges only what survives a power cut; set all three to on."
                )
            await connection.execute(statement("session"), PATIENCE)
            (self.epoch,) = await _row(connection, "epoch")
        except BaseException:
            await connection.close()
            raise
        self._connection = connection

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def execute(self, name: str, values: dict[str, object]) -> list[TupleRow]:
        """Run a named statement and return its rows, none for a bare write.

        Tries a second time after a lock cycle or a broken connection, then refuses with
        NOT_DURABLE.
        """
        try:
            return await self._attempt(name, values)
        except PASSING as error:
            log.info("%s is tried again (%s).", name, type(error).__name__)
        try:
            return await self._attempt(name, values)
        except PASSING as error:
            log.warning("%s could not be stored: %s", name, type(error).__name__)
            raise Refused(Reason.NOT_DURABLE) from error

    async def _attempt(self, name: str, values: dict[str, object]) -> list[TupleRow]:
        async with self._opening:
            if self._connection is None or self._connection.closed:
                await self.open()
        connection = cast("psycopg.AsyncConnection[TupleRow]", self._connection)
        try:
            cursor = await connection.execute(self._more.get(name) or statement(name), values)
        except psycopg.OperationalError:
            await connection.close()
            raise
        return await cursor.fetchall() if cursor.description else []


class Lanes:
    """Connections to one database that batches take in turn, one each."""

    def __init__(self, url: str, count: int, more: Mapping[str, LiteralString] = NONE) -> None:
        self.stores = tuple(Store(url, more) for _ in range(count))
        # The first is taken while it suffices; the others open under load only.
        self._idle = list(reversed(self.stores))

    @property
    def epoch(self) -> str:
        """The epoch that the first connection knows; one that opened later may know a newer."""
        return self.stores[0].epoch

    @contextmanager
    def one(self) -> Iterator[Store]:
        """Lend a store; no more than there are may be lent at once."""
        store = self._idle.pop()
        try:
            yield store
        finally:
            self._idle.append(store)

    async def close(self) -> None:
        for store in self.stores:
            with suppress(psycopg.Error):
                await store.close()


async def _row(connection: "psycopg.AsyncConnection[TupleRow]", name: str) -> TupleRow:
    row = await (await connection.execute(statement(name))).fetchone()
    return cast("TupleRow", row)


def statement(name: str) -> LiteralString:
    """Return a statement of ``queries.sql``, which holds no values of anybody."""
    return QUERIES[name]


def column(values: Iterable[int | None]) -> str:
    """Return whole numbers as the text of a PostgreSQL array.

    Text without a type of its own: the statement's cast decides, so the statement is
    prepared once and not again for every width of numbers.
    """
    return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"
