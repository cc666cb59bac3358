"""When a fall is worth a call, what a call and a ticket may become, when a school may be visited.

Pure Python. Whoever is called is asked whether help is needed; nothing here compares units.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor, log10, sqrt
from statistics import median

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import IN_OFFICE, Role, UnitKind

K = UnitKind


class Stage(StrEnum):
    """When an evening is looked at. ``DUE`` looks at who has not confirmed, not at a fall."""

    EARLY = "early"
    MIDDLE = "middle"
    FINAL = "final"
    DUE = "due"


COMPARING = (Stage.EARLY, Stage.MIDDLE, Stage.FINAL)
"""The stages at which figures are held against the earlier evenings."""

_AFTER_START = {Stage.EARLY: timedelta(minutes=10), Stage.MIDDLE: timedelta(minutes=30)}
_AFTER_END = timedelta(minutes=10)

SETTLING = timedelta(minutes=3)
"""Phones report once a minute: of a running lecture, the minute that is older than this."""

SLOTS = 60

FEW_EVENINGS = 3
"""With fewer earlier evenings nobody knows yet how much a unit swings by itself."""

NARROWEST = 0.10
NARROWEST_AT_FIRST = 0.20
SMALLEST = 50
"""Units that usually count fewer persons never raise an alert: a single family would."""

_SPREADS = 3.0
_TO_SIGMA = 1.4826
"""The median distance from the median, times this, is a normal series' standard deviation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """What a unit's earlier evenings lead one to expect."""

    usual: int
    low: int
    high: int

    def is_fall(self, value: int) -> bool:
        """Say whether a value lies below the band and the unit is large enough to say so."""
        return self.usual >= SMALLEST and value < self.low


def band_of(earlier: Sequence[int]) -> Band | None:
    """Return the band around the median of the earlier evenings, or None on the first evening.

    Its half width is three robust standard deviations, at least a tenth of the median (a fifth
    while there are fewer than three evenings), and at least twice what chance alone moves.
    """
    if not earlier:
        return None
    usual = median(earlier)
    spread = _SPREADS * _TO_SIGMA * median(abs(each - usual) for each in earlier)
    least = NARROWEST if len(earlier) >= FEW_EVENINGS else NARROWEST_AT_FIRST
    half = max(spread, least * usual, 2 * sqrt(usual))
    return Band(usual=round(usual), low=max(0, floor(usual - half)), high=round(usual + half))


def about(value: int) -> int:
    """Return the value with two digits that count, as one says "about".

    >>> about(10_034), about(9_149), about(87)
    (10000, 9100, 87)
    """
    if value < 100:
        return value
    step = int(10 ** (int(log10(value)) - 1))
    return (value + step // 2) // step * step


def look_at(stage: Stage, *, starts_at: datetime, ends_at: datetime, due_at: datetime) -> datetime:
    """Return from when a stage is looked at."""
    if stage is Stage.DUE:
        return due_at
    return ends_at + _AFTER_END if stage is Stage.FINAL else starts_at + _AFTER_START[stage]


def look_until(
    stage: Stage, *, starts_at: datetime, ends_at: datetime, closes_at: datetime
) -> datetime:
    """Return from when a look that was missed is made up no more: the next one says it better."""
    if stage is Stage.EARLY:
        return starts_at + _AFTER_START[Stage.MIDDLE]
    return ends_at if stage is Stage.MIDDLE else closes_at


def slot_of(stage: Stage, *, starts_at: datetime, ends_at: datetime) -> int:
    """Return the slot of the lecture that a running stage compares."""
    share = (_AFTER_START[stage] - SETTLING) / (ends_at - starts_at)
    return min(SLOTS - 1, max(0, floor(share * SLOTS)))


# --- Contact tasks and tickets ----------------------------------------------


class Why(StrEnum):
    """Why somebody is called."""

    FALL = "fall"
    SILENT = "silent"


class Cause(StrEnum):
    """What it turned out to be (STA-4)."""

    ACCESS = "access"
    CODE = "code"
    SOUND = "sound"
    SCHOOL_CLOSED = "school_closed"
    NETWORK = "network"
    OTHER = "other"


class State(StrEnum):
    """How far a ticket has come."""

    OPEN = "open"
    ANSWERED = "answered"
    SOLVED = "solved"
    CLOSED = "closed"


NEXT = {
    State.OPEN: frozenset({State.ANSWERED, State.SOLVED}),
    State.ANSWERED: frozenset({State.SOLVED}),
    State.SOLVED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset[State](),
}
"""Where a ticket may go. Solved without an answer: it works again by itself."""

PASSING = frozenset({State.OPEN, State.ANSWERED})
"""From where a ticket may be passed up: an answer may not have helped."""

OFFICES = (K.SCHOOL, K.TOWNSHIP, K.COUNTY, K.CITY, K.PROVINCE, K.NATION)
"""Units that answer tickets and call the units below them."""

ACTING = {
    K.CLASS: frozenset({Role.CLASS_TEACHER}),
    K.SCHOOL: frozenset({Role.PRINCIPAL, Role.OFFICE, Role.DUTY_TEACHER}),
    K.VILLAGE: frozenset({Role.OFFICE}),
    K.SECTOR: IN_OFFICE,
    **dict.fromkeys((K.TOWNSHIP, K.COUNTY, K.CITY, K.PROVINCE, K.NATION), IN_OFFICE),
}
"""Who opens, answers and calls there."""

MOST_WORDS = 300


def check_cause(cause: str, words: str) -> Cause:
    """Return the cause; refuse none, and "other" without words."""
    if cause not in {each.value for each in Cause}:
        raise RuleBroken("help_cause_missing")
    if Cause(cause) is Cause.OTHER and not check_length(words):
        raise RuleBroken("help_cause_without_words")
    return Cause(cause)


def check_words(words: str) -> str:
    """Return the words without blanks around them; refuse none and too many."""
    said = check_length(words)
    if not said:
        raise RuleBroken("help_words_missing")
    return said


def check_length(words: str) -> str:
    """Return the words without blanks around them and unseen bytes; refuse too many."""
    said = words.replace("\0", "").strip()
    if len(said) > MOST_WORDS:
        raise RuleBroken("help_words_too_many", most=MOST_WORDS)
    return said


def check_passing(state: State) -> None:
    """Refuse to pass up what is solved."""
    if state not in PASSING:
        raise RuleBroken("ticket_closed" if state is State.CLOSED else "ticket_solved")


def check_step(state: State, wanted: State) -> None:
    """Refuse a step that the ticket cannot make from where it stands."""
    if wanted in NEXT[state]:
        return
    if state is State.CLOSED:
        raise RuleBroken("ticket_closed")
    if state is State.SOLVED:
        raise RuleBroken("ticket_solved")
    raise RuleBroken("ticket_answered" if wanted is State.ANSWERED else "ticket_not_solved")


# --- Visits (SUP-2) ---------------------------------------------------------


class Visiting(StrEnum):
    """What a visit to a school is: supervision of the whole, or help with one thing."""

    COMPREHENSIVE = "comprehensive"
    HELPING = "helping"


NORM = "教师厅〔2025〕2号"
"""At most one comprehensive supervision of a school a year at county level and above, on the list
that is filed at the year's beginning, with a month's notice."""

SUPERVISING = frozenset({K.COUNTY, K.CITY, K.PROVINCE, K.NATION, K.SECTOR})
"""Whose comprehensive visits the norm knows. Townships come to help."""

VISITING = SUPERVISING | {K.TOWNSHIP}
VISIT_PLANNERS = frozenset({Role.OFFICE, Role.DIRECTOR})


def earliest_visit(announced_on: date) -> date:
    """Return the first day on which a school that was told on a day may be supervised.

    >>> earliest_visit(date(2024, 1, 31))
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(announced_on.year * 12 + announced_on.month, 12)
    return date(year, month + 1, min(announced_on.day, monthrange(year, month + 1)[1]))


def check_visit(
    *, kind: str, visitor: UnitKind, on: date, announced_on: date | None, purpose: str, today: date
) -> Visiting:
    """Return the kind; refuse a comprehensive visit without notice and a helping one without why.

    Whether the school has had its one of the year, the table itself refuses.
    """
    if kind not in {each.value for each in Visiting}:
        raise RuleBroken("visit_kind_missing")
    said = check_length(purpose)
    if Visiting(kind) is Visiting.HELPING:
        if not said:
            raise RuleBroken("visit_without_purpose")
        return Visiting.HELPING
    if visitor not in SUPERVISING:
        raise RuleBroken("visit_not_of_township", norm=NORM)
    if announced_on is None or announced_on > today or on < earliest_visit(announced_on):
        told = announced_on if announced_on is not None and announced_on <= today else today
        raise RuleBroken("visit_without_notice", norm=NORM, earliest=earliest_visit(told))
    return Visiting.COMPREHENSIVE


def check_findings(findings: str, *, on: date, today: date) -> str:
    """Return what was found; refuse nothing, too much, and findings from before the visit."""
    if today < on:
        raise RuleBroken("visit_still_ahead")
    return check_words(findings)


def check_follow_up(*, words: str, due_on: date | None, today: date) -> tuple[str, date]:
    """Return what is to be done and by when; refuse one without words, without a day, or due in the past."""
    if due_on is None or due_on < today:
        raise RuleBroken("visit_follow_up_without_day")
    return check_words(words), due_on
