"""Request bodies: with a limit, and with a deadline that costs an honest phone nothing."""

import asyncio

from starlette.types import Receive

from mingtian.attendance.ingest.reasons import Reason, Refused

BODY_SECONDS = 10
SWEEP_SECONDS = 1


class Gone(Exception):
    """The phone hung up before it had sent everything; nobody is left to answer."""


class Bodies:
    """Reads bodies. One sweeper ends the reading of those that never finish.

    A timer for each request would cost more than decoding the beat; here a request pays two
    writes to a dictionary.
    """

    def __init__(self) -> None:
        self._reading: dict[asyncio.Task[object], float] = {}
        self._late: set[asyncio.Task[object]] = set()

    async def read(self, receive: Receive, limit: int) -> bytes:
        """Return the body; refuse one over ``limit`` bytes or unfinished after BODY_SECONDS."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self._reading[task] = loop.time()
        try:
            return await collect(receive, limit)
        except asyncio.CancelledError:
            if task not in self._late:
                raise
            task.uncancel()
            raise Refused(Reason.TOO_SLOW) from None
        finally:
            del self._reading[task]
            self._late.discard(task)

    async def watch(self) -> None:
        """Sweep every second until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.sweep(loop.time())

    def sweep(self, now: float) -> None:
        """End the reading of bodies that began more than BODY_SECONDS before ``now``."""
        for task, since in self._reading.items():
            if now - since > BODY_SECONDS and task not in self._late:
                self._late.add(task)
                task.cancel()


async def collect(receive: Receive, limit: int) -> bytes:
    """Return the whole body, or refuse as soon as it is longer than ``limit``."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        if len(body) > limit:
            break
        message = await receive()
        body += message.get("body", b"")
    if message["type"] == "http.disconnect":
        raise Gone
    if len(body) > limit:
        raise Refused(Reason.TOO_LARGE)
    return body
