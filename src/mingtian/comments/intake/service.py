"""The parts of the intake that live as long as the process, and how they start and stop."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import LiteralString

import psycopg

from mingtian.attendance.ingest.buffer import Buffer
from mingtian.attendance.ingest.service import LANES, RELOAD_SECONDS, STOP_SECONDS, Service
from mingtian.attendance.ingest.store import Lanes, Store
from mingtian.comments.intake.feed import Feeds
from mingtian.comments.intake.houses import Houses
from mingtian.comments.intake.likes import LikeWriter, Wish
from mingtian.comments.intake.prepared import Prepared
from mingtian.comments.intake.says import Outcome, Row, SayWriter
from mingtian.core.statements import named

log = logging.getLogger(__name__)

QUERIES: dict[str, LiteralString] = {**named(Path(__file__).with_name("queries.sql"))}
BATCH_MOST = 500


class Talk:
    """Buffers of its own; keys, clock, schedule and bodies are those of the ingest beside it."""

    def __init__(self, ingest: Service) -> None:
        self.ingest = ingest
        url, limit = ingest.config.database_url, ingest.config.waiting_most
        # Lanes of their own: what people say must never hold up what they watched.
        self._lanes = Lanes(url, LANES, QUERIES)
        self._like_lanes = Lanes(url, LANES, QUERIES)
        self.look_ups = Store(url, QUERIES)
        self.prepared = Prepared(self.look_ups)
        self.houses = Houses(self.look_ups, limit=limit)
        self.feeds = Feeds(self.look_ups, self.prepared, ingest.sealer)
        self.says: Buffer[Row, Outcome] = Buffer(
            SayWriter(self._lanes).write, most=BATCH_MOST, limit=limit
        )
        self.likes: Buffer[Wish, bool] = Buffer(
            LikeWriter(self._like_lanes).write, most=BATCH_MOST, limit=limit
        )
        self._writers: list[asyncio.Task[None]] = []
        self._watcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to write; phrases and words are read as soon as the database answers."""
        await self._reload()
        writers = [buffer.run() for buffer in (self.says, self.likes) for _ in range(LANES)]
        writers.append(self.houses.look_ups.run())
        self._writers = [asyncio.create_task(work) for work in writers]
        self._watcher = asyncio.create_task(self._keep_prepared())

    async def stop(self) -> None:
        """Write what waits, within ``STOP_SECONDS``, then let go of the database."""
        self.says.close()
        self.likes.close()
        self.houses.look_ups.close()
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.wait([*self._writers, self._watcher], timeout=STOP_SECONDS)
        for connections in (self._lanes, self._like_lanes, self.look_ups):
            with suppress(psycopg.Error):
                await connections.close()

    async def _reload(self) -> None:
        try:
            await self.prepared.reload()
        except Exception as error:  # noqa: BLE001 - the evening goes on with what is known
            log.warning("Phrases and words could not be read (%s).", type(error).__name__)

    async def _keep_prepared(self) -> None:
        while True:
            await asyncio.sleep(RELOAD_SECONDS)
            await self._reload()
