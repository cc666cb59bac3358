"""The promise of the buffer: nothing is acknowledged that is not written; nothing waits for ever."""

import asyncio

import pytest

from mingtian.attendance.ingest.buffer import Buffer
from mingtian.attendance.ingest.reasons import Reason, Refused


class Sink:
    """Writes when it is let; remembers the batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()
        self.fails_with: Exception | None = None

    async def write(self, items: list[int]) -> list[int]:
        await self.gate.wait()
        if self.fails_with:
            raise self.fails_with
        self.batches.append(items)
        return [item * 10 for item in items]


async def turns(count: int = 5) -> None:
    """Let other tasks run, without any clock."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_nobody_is_answered_before_the_write_and_everybody_after() -> None:
    sink = Sink()
    buffer: Buffer[int, int] = Buffer(sink.write, most=10, limit=100)
    running = asyncio.create_task(buffer.run())
    futures = [buffer.add(n) for n in range(3)]
    await turns()
    assert not any(future.done() for future in futures)

    sink.gate.set()

    assert await asyncio.gather(*futures) == [0, 10, 20]
    buffer.close()
    await running


async def test_what_comes_during_a_write_makes_the_next_batch_up_to_its_size() -> None:
    sink = Sink()
    buffer: Buffer[int, int] = Buffer(sink.write, most=3, limit=100)
    running = asyncio.create_task(buffer.run())
    first = buffer.add(0)
    await turns()
    rest = [buffer.add(n) for n in range(1, 6)]

    sink.gate.set()
    await asyncio.gather(first, *rest)

    assert sink.batches == [[0], [1, 2, 3], [4, 5]]
    buffer.close()
    await running


async def test_a_full_buffer_refuses_at_once_and_keeps_what_it_has() -> None:
    sink = Sink()
    buffer: Buffer[int, int] = Buffer(sink.write, most=10, limit=2)
    running = asyncio.create_task(buffer.run())
    kept = [buffer.add(1), buffer.add(2)]

    with pytest.raises(Refused) as refused:
        buffer.add(3)

    assert refused.value.reason is Reason.BUSY
    sink.gate.set()
    assert await asyncio.gather(*kept) == [10, 20]
    buffer.close()
    await running


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(RuntimeError("disk"), Reason.NOT_DURABLE), (Refused(Reason.BUSY), Reason.BUSY)],
)
async def test_a_failed_write_tells_every_waiter_and_the_next_batch_goes_on(
    failure: Exception, reason: Reason
) -> None:
    sink = Sink()
    sink.fails_with = failure
    sink.gate.set()
    buffer: Buffer[int, int] = Buffer(sink.write, most=10, limit=100)
    running = asyncio.create_task(buffer.run())
    failed = await asyncio.gather(buffer.add(1), buffer.add(2), return_exceptions=True)
    sink.fails_with = None

    stored = await buffer.add(3)

    assert [getattr(error, "reason", None) for error in failed] == [reason, reason]
    assert stored == 30
    buffer.close()
    await running


async def test_closing_writes_what_waits_and_refuses_what_comes() -> None:
    sink = Sink()
    buffer: Buffer[int, int] = Buffer(sink.write, most=10, limit=100)
    running = asyncio.create_task(buffer.run())
    waiting = buffer.add(1)
    buffer.close()

    with pytest.raises(Refused):
        buffer.add(2)
    sink.gate.set()
    await running

    assert waiting.result() == 10


async def test_a_phone_that_hung_up_does_not_hold_up_the_others() -> None:
    sink = Sink()
    buffer: Buffer[int, int] = Buffer(sink.write, most=10, limit=100)
    running = asyncio.create_task(buffer.run())
    gone, there = buffer.add(1), buffer.add(2)
    gone.cancel()

    sink.gate.set()

    assert await there == 20
    buffer.close()
    await running
