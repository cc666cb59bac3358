"""Server-sent events: one building a second for each board, handed to all who watch it.

A stream sends a frame only when something changed, a sign of life every fifteen seconds,
ends after ten minutes (the browser comes back by itself), and within a second when the
server is about to stop, because an open stream would hold it up.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import FrameType
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

from mingtian.boards.frames import FRAMES, Frame, Frames, Key
from mingtian.core import clock

TICK_SECONDS = 1.0
LIFE_SIGN_SECONDS = 15
LIFE_SECONDS = 600
PATIENCE_SECONDS = 10
"""No building for so long ends the stream; the browser comes back or asks instead."""
MOST_STREAMS = 500
"""Streams of one process; beyond it browsers fall back to asking (each stream is a thread)."""

logger = logging.getLogger(__name__)

_draining = threading.Event()
_open_streams = 0
# Two: one slow province must not hold up every other board.
_builders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="boards")


# --- Stopping ---------------------------------------------------------------


def drain() -> None:
    """Ask every stream to end; they do within a second. New ones end at once."""
    _draining.set()


def resume() -> None:
    """Take streams again, after a drain that was called off."""
    _draining.clear()


def drain_on_signal() -> None:
    """End the streams when the process is told to stop, and let the server's handler run too.

    Servers wait for open connections before they tell the application anything, so the
    signal is the only word in time. Called when the first stream opens, after the server
    has put its own handlers in place; does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if getattr(before, "drains_boards", False):
            continue
        signal.signal(number, _draining_handler(before))


def _draining_handler(
    before: "Callable[[int, FrameType | None], object] | int | None",
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        drain()
        if callable(before):
            before(number, frame)
        elif before == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    handle.drains_boards = True  # type: ignore[attr-defined]
    return handle


# --- One building for all viewers -------------------------------------------


def _read_at(frame: Frame | None) -> bytes:
    return f"{frame.built_at.astimezone(clock.SHANGHAI):%H:%M:%S}".encode() if frame else b""


class Channel:
    """Builds one board once a second while somebody watches it, in one event loop."""

    def __init__(self, frames: Frames, key: Key) -> None:
        self._frames = frames
        self._key = key
        self._watchers = 0
        self._ticked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.frame: Frame | None = None
        self.troubled = False

    def join(self) -> None:
        """Start building when this is the first watcher."""
        self._watchers += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def leave(self) -> None:
        """Stop building when nobody watches any more."""
        self._watchers -= 1
        if self._watchers == 0 and self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def idle(self) -> bool:
        return self._watchers == 0

    async def tick(self) -> bool:
        """Wait for the next building, successful or not; False when none comes."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._ticked.wait()
        except TimeoutError:
            return False
        return True

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await self._build(clock.now())
            ticked, self._ticked = self._ticked, asyncio.Event()
            ticked.set()
            await asyncio.sleep(max(0.0, TICK_SECONDS - (loop.time() - began)))

    async def _build(self, now: datetime) -> None:
        loop = asyncio.get_running_loop()
        try:
            self.frame = await loop.run_in_executor(_builders, self._frame, now)
            self.troubled = False
        except DatabaseError:
            # The viewers keep their numbers and are told how old they are.
            self.troubled = True
            logger.warning("A board could not be built.", extra={"action": "board_failed"})

    def _frame(self, now: datetime) -> Frame:
        try:
            return self._frames.frame(self._key, now)
        finally:
            connection.close()


_channels: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Key, Channel]]" = WeakKeyDictionary()


def _channel(key: Key) -> Channel:
    here = _channels.setdefault(asyncio.get_running_loop(), {})
    return here.setdefault(key, Channel(FRAMES, key))


def _forget_idle(key: Key) -> None:
    here = _channels.get(asyncio.get_running_loop(), {})
    if key in here and here[key].idle:
        del here[key]


# --- One viewer -------------------------------------------------------------


def may_open() -> bool:
    """Say whether this process takes one more stream."""
    return _open_streams < MOST_STREAMS and not _draining.is_set()


async def events(key: Key, *, last_seen: str = "") -> AsyncIterator[bytes]:
    """Yield the events of one viewer's stream.

    ``last_seen`` is the etag the browser already shows; an unchanged board is not sent again.
    """
    global _open_streams
    drain_on_signal()
    channel = _channel(key)
    _open_streams += 1
    channel.join()
    try:
        yield b"retry: 3000\n\n"
        async for event in _events(channel, last_seen):
            yield event
    finally:
        channel.leave()
        _open_streams -= 1
        _forget_idle(key)


async def _events(channel: Channel, last_seen: str) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    ends = loop.time() + LIFE_SECONDS
    spoke = loop.time()
    told_trouble = False
    while loop.time() < ends and await channel.tick() and not _draining.is_set():
        frame = channel.frame
        if channel.troubled or frame is None:
            if not told_trouble:
                told_trouble, spoke = True, loop.time()
                yield b"event: trouble\ndata: {}\n\n"
        elif frame.etag != last_seen or told_trouble:
            last_seen, told_trouble, spoke = frame.etag, False, loop.time()
            yield b"id: %b\nevent: frame\ndata: %b\n\n" % (frame.etag.encode(), frame.body)
        if loop.time() - spoke >= LIFE_SIGN_SECONDS:
            spoke = loop.time()
            # An event and no mere comment: scripts cannot see comments.
            yield b'event: still\ndata: {"read_at":"%b"}\n\n' % _read_at(frame)
