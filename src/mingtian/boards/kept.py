"""Keeps what boards read often and what changes seldom, for a short while, in memory."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST_KEPT = 512
"""Values kept at most; the one that was read longest ago goes first."""


class Kept(Generic[K, V]):
    """Values by key, each given again until it is older than ``lasts``. Safe between threads."""

    def __init__(self, lasts: timedelta) -> None:
        self._lasts = lasts
        self._values: OrderedDict[K, tuple[datetime, V]] = OrderedDict()
        self._lock = threading.Lock()

    def value(self, key: K, now: datetime, read: Callable[[], V]) -> V:
        """Return the kept value, read anew when it is too old. Two at once may both read."""
        with self._lock:
            if (kept := self._values.get(key)) and timedelta() <= now - kept[0] < self._lasts:
                return kept[1]
        value = read()
        with self._lock:
            self._values[key] = (now, value)
            self._values.move_to_end(key)
            while len(self._values) > MOST_KEPT:
                self._values.popitem(last=False)
        return value

    def forget(self, *keys: K) -> None:
        """Drop these, or everything; what is asked for next is read."""
        with self._lock:
            if not keys:
                self._values.clear()
            for key in keys:
                self._values.pop(key, None)
