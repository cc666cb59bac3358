"""Groups writes into batches, and lets each caller wait for its batch."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from mingtian.attendance.ingest.reasons import Reason, Refused

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")


class Buffer(Generic[Item, Result]):
    """Group items into batches, and let each caller wait for its result.

    Promise: ``add`` returns only after ``write`` has made the item durable. A crash loses
    nothing that was acknowledged. At most ``limit`` items wait; more are refused at once.
    When a write fails every waiter of its batch is told.

    A batch is whatever came while the one before it was being written, ``most`` at most, so
    an idle system answers at once and a busy one groups by itself (docs/decisions/0006).
    """

    def __init__(
        self, write: Callable[[list[Item]], Awaitable[list[Result]]], *, most: int, limit: int
    ) -> None:
        self._write = write
        self._most = most
        self._limit = limit
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._wake = asyncio.Event()
        self._closing = False

    @property
    def waiting(self) -> int:
        """How many items wait for their batch to begin."""
        return len(self._waiting)

    @property
    def load(self) -> float:
        """How full the buffer is, 0 to 1."""
        return len(self._waiting) / self._limit

    def add(self, item: Item) -> "asyncio.Future[Result]":
        """Queue the item and return what to wait for; refuse with BUSY when full or closing."""
        if self._closing or len(self._waiting) >= self._limit:
            raise Refused(Reason.BUSY)
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        if not self._waiting:
            self._wake.set()
        self._waiting.append((item, future))
        return future

    async def run(self) -> None:
        """Write batches until ``close`` was called and nothing waits."""
        while True:
            await self._wake.wait()
            while self._waiting:
                # Kept in no name here: who was written is let go of, not held until the next.
                await self._flush(self._take())
            if self._closing:
                return
            self._wake.clear()

    def close(self) -> None:
        """Refuse new items; ``run`` ends when those that wait are written."""
        self._closing = True
        self._wake.set()

    def _take(self) -> "list[tuple[Item, asyncio.Future[Result]]]":
        batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        return batch

    async def _flush(self, batch: list[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever went wrong, all waiters must hear it
            reason = error.reason if isinstance(error, Refused) else Reason.NOT_DURABLE
            if not isinstance(error, Refused):
                log.warning(
                    "A batch of %d could not be stored (%s); its phones keep it.",
                    len(batch), type(error).__name__, extra={"action": "batch_failed"},
                )  # fmt: skip
            for _, future in batch:
                if not future.done():
                    future.set_exception(Refused(reason))
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
