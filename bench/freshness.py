"""How old a number on the city's board is: from the acknowledged arrival to the frame with it."""

import asyncio
import json
import subprocess
import time
from typing import Any

import aiohttp

from bench.ground import CITY, FIRST_CLASS, LECTURE, Ground
from bench.load import read_wrk, write_script
from bench.measure import BENCH_APP, server
from mingtian.attendance.ingest.tokens import Seat
from mingtian.run.phones import Invitation, Phone, Wire

BEATS_A_SECOND = 5000
CONNECTIONS = 128
ANSWER_MS = 3
"""What a reply takes on top of the pause between two requests of one connection."""
MARKERS = 100
EVERY_SECONDS = 0.37
"""Not a divisor of a second, so that markers fall on all phases of the board's tick."""


def freshness(ground: Ground) -> dict[str, float]:
    """Return the 99th percentile, in milliseconds, under 5,000 beats a second."""
    delay = CONNECTIONS * 1000 // BEATS_A_SECOND - ANSWER_MS
    script = write_script(ground.folder, "steady", "/b", ground.beats(50_000), delay=delay)
    session = ground.office()
    with server(ground, BENCH_APP) as hot, server(ground, "mingtian.asgi:application") as whole:
        seconds = int(MARKERS * EVERY_SECONDS) + 12
        load = subprocess.Popen(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), hot.origin],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            ages = asyncio.run(watch(ground, hot.origin, whole.origin, session))
            printed, _ = load.communicate(timeout=60)
        finally:
            load.kill()
    ages.sort()
    return {
        "freshness_p99_ms": round(ages[int(len(ages) * 0.99) - 1] * 1000),
        "freshness_median_ms": round(ages[len(ages) // 2] * 1000),
        "freshness_at_beats_per_second": round(read_wrk(printed).rate),
    }


async def watch(ground: Ground, hot: str, pages: str, session_key: str) -> list[float]:
    """Send markers (persons nobody has seen) and note when the board's total includes each."""
    cookies = {"sessionid": session_key}
    address = f"{pages}/boards/{LECTURE}/{CITY:012x}/stream"
    timeout = aiohttp.ClientTimeout(total=None, sock_read=30)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        wire = Wire(hot, session)
        board = await session.get(address, cookies=cookies)
        board.raise_for_status()
        seen = Seen()
        reading = asyncio.create_task(seen.read(board))
        # The load's own phones have all arrived once their first round is over.
        await asyncio.wait_for(seen.until_steady(), 60)
        pending: list[tuple[int, float]] = []
        base = seen.arrived
        for number in range(1, MARKERS + 1):
            phone = marker(ground, number)
            await phone.beat(wire, LECTURE, 0)
            pending.append((base + number, time.perf_counter()))
            await asyncio.sleep(EVERY_SECONDS)
        await asyncio.wait_for(seen.until(base + MARKERS), 10)
        reading.cancel()
    return [seen.when(count) - sent for count, sent in pending]


class Seen:
    """What the board has shown so far: arrivals and when."""

    def __init__(self) -> None:
        self.arrived = 0
        self._frames: list[tuple[int, float]] = []
        self._changed = asyncio.Condition()

    async def read(self, board: aiohttp.ClientResponse) -> None:
        async for line in board.content:
            if not line.startswith(b"data:"):
                continue
            frame = json.loads(line[5:])
            if "board" not in frame:
                continue  # a sign of life, or of trouble that the next frame ends
            self.arrived = arrived_in(frame)
            self._frames.append((self.arrived, time.perf_counter()))
            async with self._changed:
                self._changed.notify_all()

    async def until(self, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self.arrived >= count)

    async def until_steady(self) -> None:
        """Wait until three frames in a row show the same total."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: len(self._frames) > 3 and len({n for n, _ in self._frames[-3:]}) == 1
            )

    def when(self, count: int) -> float:
        return next(at for arrived, at in self._frames if arrived >= count)


def arrived_in(frame: dict[str, Any]) -> int:
    """Return the persons that arrived, from a frame."""
    figures = frame["board"]["figures"]
    return next(int(figure["value"]) for figure in figures if figure["counts"] == "arrived")


def marker(ground: Ground, number: int) -> Phone:
    """Return a phone with a person that nobody has seen yet."""
    person = 10**12 + number
    unit = FIRST_CLASS + number
    seat = Seat(int(time.time()) + 3600, 1, person, person, unit, ((person, unit, 1),))
    return Phone(Invitation(code="", unit=unit, people=()), seat=ground.mint.seat(seat))
