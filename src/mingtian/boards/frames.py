"""Keeps the newest frame of every board that somebody watches, built at most once a second.

All viewers of a unit share one frame; while it is being built, others wait for it instead
of asking the database again. A frame is bytes, ready to send.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from mingtian.boards.queries import Board, build_frame, encode_board

LEAST_APART = timedelta(seconds=0.9)
"""A frame younger than this is given again. Less than the tick of a stream: a tick that comes
a hair early would otherwise find the old frame and show it for another second."""

MOST_KEPT = 512
"""Boards kept in memory; the one that was asked for longest ago goes first."""


class Key(NamedTuple):
    """What a frame shows: a lecture, a unit, and the line along which it looks down."""

    lecture_id: int
    unit_id: int
    line: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A board at one instant. ``etag`` changes only when a number or a state changed."""

    board: Board
    body: bytes
    etag: str
    built_at: datetime


@dataclass(slots=True)
class _Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    frame: Frame | None = None


class Frames:
    """The newest frames of this process. Safe to call from any thread."""

    def __init__(self, build: Callable[[Key, datetime], Board]) -> None:
        self._build = build
        self._places: OrderedDict[Key, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def frame(self, key: Key, now: datetime) -> Frame:
        """Return a frame less than a second old, building it when there is none.

        Several callers at once cost one building; an error reaches the caller who built,
        and the next one tries again.
        """
        place = self._place(key)
        with place.lock:
            kept = place.frame
            if kept is not None and timedelta() <= now - kept.built_at < LEAST_APART:
                return kept
            board = self._build(key, now)
            body, etag = encode_board(board, now)
            place.frame = Frame(board=board, body=body, etag=etag, built_at=now)
            return place.frame

    def forget(self) -> None:
        """Drop everything; the next call builds."""
        with self._lock:
            self._places.clear()

    def _place(self, key: Key) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            if len(self._places) > MOST_KEPT:
                self._places.popitem(last=False)
            return place


def _build_now(key: Key, now: datetime) -> Board:
    return build_frame(key.lecture_id, key.unit_id, key.line, now)


FRAMES = Frames(_build_now)
"""The one of this process."""
