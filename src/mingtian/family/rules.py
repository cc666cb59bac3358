"""What a family is told about one evening of one person. Pure Python.

Every basis stays by itself: what phones recorded live, the replay, what the class teacher
noted, and what a class watched together (CER-1, CAM-4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mingtian.attendance.rules import FULL, SLOTS, How, completed
from mingtian.people.rules import StandingState

OPEN_FOR = timedelta(minutes=30)
"""How long a page of a family stays open; after that the phone opens it again by itself."""

MOST_SEATS = 16
"""Homes of one phone, over all campaigns that it can still remember."""

PROOFS_A_DAY = 5
"""How often a day somebody may try the roster number before erasing."""

REMIND_BEFORE = timedelta(minutes=5)
"""The calendar's alarm: 19:55 for a lecture at 20:00 (SGN-2)."""


class Outcome(StrEnum):
    """Where one person stands at one evening. Stable words."""

    UPCOMING = "upcoming"
    TONIGHT_IN = "tonight_in"
    TONIGHT = "tonight"
    RECORDED = "recorded"
    PARTLY = "partly"
    NOTED = "noted"
    CLASS_WATCHED = "class_watched"
    REPLAY = "replay"
    EXEMPT = "exempt"
    UNWILLING = "unwilling"
    NOT_COUNTED = "not_counted"
    STILL_OPEN = "still_open"
    MISSED = "missed"


class Why(StrEnum):
    """Why an evening is not counted, or not wholly."""

    TOO_FEW_SLOTS = "too_few_slots"
    NEVER_PLAYED = "never_played"
    JOINED_LATER = "joined_later"
    WITHDRAWN = "withdrawn"


DONE = frozenset({Outcome.RECORDED, Outcome.NOTED})
ASKABLE = frozenset(
    {Outcome.PARTLY, Outcome.CLASS_WATCHED, Outcome.REPLAY, Outcome.NOT_COUNTED, Outcome.MISSED}
)
"""Outcomes about which a family may ask its class teacher."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """The instants of a lecture that matter here, and how many slots complete it."""

    doors_at: datetime
    ends_at: datetime
    closes_at: datetime
    needed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known of one person at one evening."""

    joined_at: datetime
    live: int | None = None
    replay: int = 0
    by_hand: How | None = None
    gathered: bool = False
    standing: StandingState | None = None
    departed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the family is told; ``live`` and ``replay`` are maps of slots."""

    outcome: Outcome
    why: Why | None = None
    live: int = 0
    replay: int = 0
    how: How | None = None

    @property
    def played(self) -> int:
        return self.live.bit_count()

    @property
    def replayed(self) -> int:
        return self.replay.bit_count()

    @property
    def done(self) -> bool:
        return self.outcome in DONE

    @property
    def askable(self) -> bool:
        return self.outcome in ASKABLE


def judge(sitting: Sitting, facts: Facts, now: datetime) -> Verdict:
    """Say where somebody stands at an evening, and why it is not counted where it is not."""
    outcome, why = _outcome(sitting, facts, now)
    how = facts.by_hand if outcome is Outcome.NOTED else None
    return Verdict(outcome=outcome, why=why, live=facts.live or 0, replay=facts.replay, how=how)


def _outcome(sitting: Sitting, facts: Facts, now: datetime) -> tuple[Outcome, Why | None]:
    if completed(facts.live or 0, sitting.needed):
        return Outcome.RECORDED, None
    if now < sitting.ends_at and facts.by_hand is None:
        return _before_the_end(sitting, facts, now), None
    if facts.by_hand is not None:
        return Outcome.NOTED, None
    return _afterwards(sitting, facts, now)


def _before_the_end(sitting: Sitting, facts: Facts, now: datetime) -> Outcome:
    if facts.live is not None:
        return Outcome.TONIGHT_IN
    return Outcome.UPCOMING if now < sitting.doors_at else Outcome.TONIGHT


def _afterwards(sitting: Sitting, facts: Facts, now: datetime) -> tuple[Outcome, Why | None]:
    if facts.live is not None:
        return Outcome.PARTLY, Why.TOO_FEW_SLOTS if facts.live else Why.NEVER_PLAYED
    other = _other_basis(facts)
    return (other, None) if other is not None else _nothing_recorded(sitting, facts, now)


def _other_basis(facts: Facts) -> Outcome | None:
    if facts.replay:
        return Outcome.REPLAY
    if facts.gathered:
        return Outcome.CLASS_WATCHED
    return Outcome(facts.standing.value) if facts.standing is not None else None


def _nothing_recorded(sitting: Sitting, facts: Facts, now: datetime) -> tuple[Outcome, Why | None]:
    if facts.departed_at is not None and facts.departed_at < sitting.closes_at:
        return Outcome.NOT_COUNTED, Why.WITHDRAWN
    if now < sitting.closes_at:
        return Outcome.STILL_OPEN, None
    if facts.joined_at >= sitting.ends_at:
        return Outcome.NOT_COUNTED, Why.JOINED_LATER
    return Outcome.MISSED, None


def runs(played: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of played slots as start and length, in order."""
    rest = played & FULL
    start = 0
    while rest:
        skipped = (rest & -rest).bit_length() - 1
        start, rest = start + skipped, rest >> skipped
        length = (~rest & (rest + 1)).bit_length() - 1
        yield start, length
        start, rest = start + length, rest >> length
    assert start <= SLOTS
