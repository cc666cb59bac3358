"""The parts of the hot path that live as long as the process, and how they start and stop."""

import asyncio
import gc
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import psycopg

from mingtian.attendance.ingest.beats import BeatWriter, Settled
from mingtian.attendance.ingest.bodies import Bodies
from mingtian.attendance.ingest.buffer import Buffer
from mingtian.attendance.ingest.codes import Codes
from mingtian.attendance.ingest.config import Config
from mingtian.attendance.ingest.entries import Admitted, EntryWriter
from mingtian.attendance.ingest.metrics import Metrics
from mingtian.attendance.ingest.pages import Shells
from mingtian.attendance.ingest.reasons import Refused
from mingtian.attendance.ingest.schedule import Schedule
from mingtian.attendance.ingest.steps import Heard
from mingtian.attendance.ingest.store import Lanes, Store, column
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.core.clock import now_in_milliseconds
from mingtian.core.seal import Sealer

log = logging.getLogger(__name__)

RELOAD_SECONDS = 3
STOP_SECONDS = 10
GARBAGE_THRESHOLD = 50_000
ENTRIES_MOST = 100
LANES = 2
"""Batches of beats, and of entries, under way at once, each on a connection of its own. While
PostgreSQL writes one, the next is not kept waiting for the answer to come back."""


class Service:
    """Stores, buffers, schedule and keys. Holds nothing for any single phone."""

    def __init__(self, config: Config, *, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self.config = config
        self.clock = clock
        self.mint = Mint(config.seat_keys)
        self.sealer = Sealer(config.seal_keys, config.index_key)
        self.shells = Shells(config.pages)
        self.metrics = Metrics()
        self.bodies = Bodies()
        self.schedule = Schedule()
        # Lanes of their own: a burst of families entering must not hold up those who are
        # watching, nor the first look at a code wait behind a batch of entries.
        self._beat_lanes = Lanes(config.database_url, LANES)
        self._entry_lanes = Lanes(config.database_url, LANES)
        self._look_up_store = Store(config.database_url)
        self.codes = Codes(self._look_up_store)
        self.beats: Buffer[Heard, Settled] = Buffer(
            BeatWriter(self._beat_lanes).write, most=config.batch_most, limit=config.waiting_most
        )
        self.entries: Buffer[bytes, Admitted] = Buffer(
            EntryWriter(self._entry_lanes).write, most=ENTRIES_MOST, limit=config.waiting_most
        )
        self.database_answers = False
        self._writers: list[asyncio.Task[None]] = []
        self._watchers: list[asyncio.Task[None]] = []

    @property
    def epoch(self) -> str:
        """The epoch of what is written; before the first beat, of what is read."""
        return self._beat_lanes.epoch or self._look_up_store.epoch

    async def start(self) -> None:
        """Connect and begin to write.

        Raises SettingsWeakened when PostgreSQL would lose what it confirms. A database that
        is merely down is no reason not to start: phones are told to keep their maps.
        """
        try:
            await self._beat_lanes.stores[0].open()
            await self.reload()
        except (psycopg.OperationalError, Refused) as error:
            log.warning("The database does not answer yet (%s).", type(error).__name__)
        # What lives as long as the process is not looked through again for garbage, and beats
        # leave none in cycles: each collection would stop thousands of phones for nothing.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)
        writers = [buffer.run() for buffer in (self.beats, self.entries) for _ in range(LANES)]
        watchers = [self.bodies.watch(), self._keep_schedule()]
        self._writers = [asyncio.create_task(work) for work in writers]
        self._watchers = [asyncio.create_task(work) for work in watchers]

    async def stop(self) -> None:
        """Write what waits, within ``STOP_SECONDS``, then let go of the database."""
        self.beats.close()
        self.entries.close()
        for endless in self._watchers:
            endless.cancel()
        if self._writers:
            await asyncio.wait([*self._writers, *self._watchers], timeout=STOP_SECONDS)
        for connections in (self._beat_lanes, self._entry_lanes, self._look_up_store):
            with suppress(psycopg.Error):
                await connections.close()

    async def reload(self) -> None:
        """Read lectures and departed persons again; keeps the old ones when nobody answers."""
        answered = False
        try:
            await self._look_up_store.execute("renew_epoch", {})
            rows = await self._look_up_store.execute("lectures", {})
            departed = await self._look_up_store.execute("departed", {})
            answered = True
        finally:
            self.database_answers = answered
        self.schedule = Schedule.of(rows, departed)

    async def welcome_back(self, seat: Seat) -> None:
        """Ask about the people of a seat whose leave is remembered: they may have agreed again.

        Raises Refused when nobody can tell.
        """
        people = {person for person, _, _ in seat.members}
        rows = await self._look_up_store.execute("departed_of", {"person": column(people)})
        back = people - {person for (person,) in rows}
        self.schedule = replace(self.schedule, departed=self.schedule.departed - back)

    async def _keep_schedule(self) -> None:
        while True:
            await asyncio.sleep(RELOAD_SECONDS)
            try:
                await self.reload()
            except Exception as error:  # noqa: BLE001 - the evening goes on with what is known
                log.warning("The schedule could not be read (%s).", type(error).__name__)
