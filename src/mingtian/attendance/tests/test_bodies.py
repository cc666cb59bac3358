"""Bodies: whole, too long, never ending, cut off."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mingtian.attendance.ingest.bodies import Bodies, Gone
from mingtian.attendance.ingest.reasons import Reason, Refused


def wire(*chunks: bytes, ends: bool = True) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Return a receive that hands out the chunks and then hangs up, or never says more."""
    waiting = list(chunks)

    async def receive() -> dict[str, Any]:
        if waiting:
            body = waiting.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(waiting) or not ends}
        if ends:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError

    return receive


async def test_chunks_become_one_body() -> None:
    assert await Bodies().read(wire(b"ab", b"cd"), 10) == b"abcd"


async def test_a_body_over_the_limit_is_refused_before_it_ends() -> None:
    with pytest.raises(Refused) as refused:
        await Bodies().read(wire(b"x" * 8, b"x" * 8, ends=False), 10)

    assert refused.value.reason is Reason.TOO_LARGE


async def test_a_phone_that_hangs_up_is_gone() -> None:
    with pytest.raises(Gone):
        await Bodies().read(wire(), 10)


async def test_a_body_that_never_ends_is_ended_by_the_second_sweep() -> None:
    bodies = Bodies()
    reading = asyncio.create_task(bodies.read(wire(b"{", ends=False), 10))
    await asyncio.sleep(0)

    bodies.sweep()
    await asyncio.sleep(0)
    assert not reading.done()
    bodies.sweep()

    with pytest.raises(Refused) as refused:
        await reading
    assert refused.value.reason is Reason.TOO_SLOW
    bodies.sweep()
    assert bodies.reading == 0


async def test_a_request_that_the_server_cancels_stays_cancelled() -> None:
    reading = asyncio.create_task(Bodies().read(wire(b"{", ends=False), 10))
    await asyncio.sleep(0)

    reading.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_nothing_is_remembered_of_finished_bodies() -> None:
    bodies = Bodies()
    for _ in range(100):
        await bodies.read(wire(b"{}"), 10)

    assert bodies.reading == 0
