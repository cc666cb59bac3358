"""Request bodies: with a limit, and with a deadline that costs an honest phone nothing."""

import asyncio

from starlette.types import Receive

from mingtian.attendance.ingest.reasons import Reason, Refused

BODY_SECONDS = 10
"""A body may take this long; between this and twice this it is ended."""


class Gone(Exception):
    """The phone hung up before it had sent everything; nobody is left to answer."""


class Bodies:
    """Reads bodies. One sweeper ends the reading of those that never finish.

    A timer for each request would cost more than decoding the beat. Here a request puts
    itself into the set of the present sweep and takes itself out; whoever is still in the
    set after a whole further sweep is late.
    """

    def __init__(self) -> None:
        self._present: set[asyncio.Task[object]] = set()
        self._before: set[asyncio.Task[object]] = set()
        self._late: set[asyncio.Task[object]] = set()

    @property
    def reading(self) -> int:
        """How many requests are being read."""
        return len(self._present) + len(self._before)

    async def read(self, receive: Receive, limit: int) -> bytes:
        """Return the body; refuse one over ``limit`` bytes or one that does not end."""
        task = asyncio.current_task()
        assert task is not None
        mine = self._present
        mine.add(task)
        try:
            message = await receive()
            body: bytes = message.get("body", b"")
            while message.get("more_body") and len(body) <= limit:
                message = await receive()
                body += message.get("body", b"")
        except asyncio.CancelledError:
            if task not in self._late:
                raise
            self._late.discard(task)
            task.uncancel()
            raise Refused(Reason.TOO_SLOW) from None
        finally:
            mine.discard(task)
        if message["type"] == "http.disconnect":
            raise Gone
        if len(body) > limit:
            raise Refused(Reason.TOO_LARGE)
        return body

    async def watch(self) -> None:
        """Sweep every BODY_SECONDS until cancelled."""
        while True:
            await asyncio.sleep(BODY_SECONDS)
            self.sweep()

    def sweep(self) -> None:
        """End the reading of bodies that were being read at the last sweep already."""
        for task in self._before:
            self._late.add(task)
            task.cancel()
        self._before, self._present = self._present, set()
