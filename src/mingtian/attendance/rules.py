"""Maps of sixty slots and what may be counted of them. Pure Python, shared with ingest.

A map is an integer of sixty bits; bit k says that slot k was played. Maps only grow: the
server joins them with OR, so a map that is sent twice, late or out of order changes
nothing (SES-2, design.md part 1).
"""

from dataclasses import dataclass
from enum import StrEnum

from mingtian.campaigns import rules as campaigns

SLOTS = campaigns.SLOTS
FULL = (1 << SLOTS) - 1
"""The map with every slot played; nothing above it is a map."""


class Clipped(StrEnum):
    """Why bits of a map were not counted. Stable words, sent to the phone as ``why``."""

    AHEAD_OF_CLOCK = "ahead_of_clock"
    BEFORE_ARRIVAL = "before_arrival"
    OUTSIDE_REPLAY_TIME = "outside_replay_time"
    AFTER_CLOSING = "after_closing"


class How(StrEnum):
    """How somebody took part whom the class teacher noted by hand."""

    TELEPHONE = "telephone"
    PAPER = "paper"
    IN_CLASS = "in_class"
    OTHER_SCREEN = "other_screen"


class AppealState(StrEnum):
    """Where a family's question about an evening stands."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """When a lecture's doors open, when it runs, closes, and how long it can be replayed.

    All in milliseconds since 1970 on the server's clock. ``replay_until`` is 0 where no
    replay counts.
    """

    doors: int
    starts: int
    ends: int
    closes: int
    replay_until: int

    def slot_at(self, now: int) -> int:
        """Return the slot that runs at ``now``: 0 … 59, negative before, 60 after the end."""
        if now >= self.ends:
            return SLOTS
        return (now - self.starts) * SLOTS // (self.ends - self.starts)

    @property
    def slot_seconds(self) -> float:
        return (self.ends - self.starts) / SLOTS / 1000


_BEFORE = tuple((1 << slot) - 1 for slot in range(SLOTS + 1))
"""By slot, 0 … 60: the map of all slots before it."""


def slots_begun(slot: int) -> int:
    """Return the map of all slots that have begun when ``slot`` runs."""
    return _BEFORE[min(slot, SLOTS - 1) + 1] if slot >= 0 else 0


def slots_since(first: int) -> int:
    """Return the map of all slots from ``first`` on; 60 gives the empty map."""
    return FULL ^ _BEFORE[max(first, 0)]


def clip_live(sent: int, *, running: int, first: int) -> tuple[int, Clipped | None]:
    """Return what counts of a live map, and why the rest does not.

    ``running`` is the slot that runs by the server's clock, ``first`` the slot of the seat's
    first beat. Bits ahead of the clock or before the first beat are dropped.
    """
    begun = sent & slots_begun(running)
    kept = begun & slots_since(first)
    if begun != sent:
        return kept, Clipped.AHEAD_OF_CLOCK
    return kept, (Clipped.BEFORE_ARRIVAL if kept != begun else None)


def clip_replay(sent: int, *, times: Times, now: int) -> tuple[int, Clipped | None]:
    """Return what counts of a replay map: all of it after the end, nothing otherwise."""
    if sent and not times.ends <= now < times.replay_until:
        return 0, Clipped.OUTSIDE_REPLAY_TIME
    return sent, None


def completed(played: int, needed: int) -> bool:
    """Say whether a map holds enough slots (the campaign's ``needed_slots``)."""
    return played.bit_count() >= needed
