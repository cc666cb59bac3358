"""What a campaign may be: days, lecture times, slots, states, refusals. Pure Python.

Times of lectures are planned as people say them (a day, a local start, a length) and kept
as instants; Asia/Shanghai is the zone in which they are read (SES-1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import CROCKFORD
from mingtian.people.rules import PersonKind

SLOTS = 60
"""A lecture has sixty slots, whatever its length (design.md part 1)."""

DOORS_MINUTES = 10
CLOSES_AT = time(12, 0)
"""Local time on the next day until which late phones may bring what they kept."""

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
LONGEST_TITLE = 160

CODE_LENGTH = 8
CHARACTERS = frozenset(CROCKFORD)
LONGEST_URL = 40
"""A short address makes a coarse code that an old phone reads from paper (COD-1)."""

K = PersonKind


class CampaignState(StrEnum):
    """A campaign only ever moves forward: draft, open, closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Audience(StrEnum):
    """Who scans a learning code."""

    CLASS = "class"
    STAFF_GROUP = "staff_group"
    COMMUNITY = "community"


class CodeState(StrEnum):
    """What anyone may learn about a code (COD-1)."""

    GENUINE = "genuine"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Refusal(StrEnum):
    """Codes with which this module says no; the sentences stand in ``sentences.py``."""

    DAYS_REVERSED = "campaign_days_reversed"
    NO_KINDS = "campaign_without_kinds"
    NEEDED_SLOTS = "campaign_needed_slots"
    NOT_DRAFT = "campaign_not_draft"
    NOT_OPEN = "campaign_not_open"
    ALREADY_CLOSED = "campaign_already_closed"
    NAME_MISSING = "campaign_name_missing"
    MANDATE_MISSING = "mandate_missing"
    MANDATE_YEAR = "mandate_year_differs"
    MANDATE_LATER = "mandate_dated_later"
    NO_LECTURES = "lectures_missing"
    LECTURES_PLANNED = "lectures_already_planned"
    TITLES_DIFFER = "lecture_titles_differ"
    TITLE_MISSING = "lecture_title_missing"
    TITLE_TOO_LONG = "lecture_title_too_long"
    LECTURE_UNKNOWN = "lecture_unknown"
    BROADCAST_UNKNOWN = "broadcast_not_ready"
    LENGTH = "lecture_length"
    OUTSIDE_DAYS = "lecture_outside_days"
    OVERLAP = "lectures_overlap"
    REPLAY_TOO_SHORT = "replay_ends_too_early"
    AUDIENCE_EMPTY = "audience_empty"
    ORIGIN_TOO_LONG = "origin_too_long"
    CODE_CLOSED = "learning_code_closed"
    NOT_PRINTABLE = "sheet_character_missing"
    TOO_MANY_SHEETS = "booklet_too_large"
    NO_SHEETS = "booklet_empty"


KINDS_OF_AUDIENCE: dict[Audience, frozenset[PersonKind]] = {
    Audience.CLASS: frozenset({K.PUPIL, K.PARENT, K.GRANDPARENT, K.OTHER_GUARDIAN}),
    Audience.STAFF_GROUP: frozenset({K.TEACHER, K.FIVE_OLD}),
    Audience.COMMUNITY: frozenset({K.RESIDENT, K.FIVE_OLD}),
}
AUDIENCE_OF_UNIT: dict[str, Audience] = {
    "class": Audience.CLASS,
    "staff_group": Audience.STAFF_GROUP,
    "village": Audience.COMMUNITY,
}
"""Which counting kind of unit (mingtian.org) scans as which audience."""

NEXT_STATES = {
    CampaignState.DRAFT: frozenset({CampaignState.OPEN}),
    CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset[CampaignState](),
}


def may_become(state: CampaignState, wanted: CampaignState) -> bool:
    """Say whether a campaign in ``state`` may move to ``wanted``."""
    return wanted in NEXT_STATES[state]


def units_invited(kinds: Iterable[int]) -> list[str]:
    """Return the kinds of unit that get a learning code when these persons may take part."""
    wanted = frozenset(kinds)
    return [
        unit for unit, audience in AUDIENCE_OF_UNIT.items() if KINDS_OF_AUDIENCE[audience] & wanted
    ]


# --- Days and times ---------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class LectureTimes:
    """One sitting: its day in Asia/Shanghai and its four instants, in order."""

    held_on: date
    doors_at: datetime
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime


def lecture_times(day: date, start: time, length: timedelta) -> LectureTimes:
    """Plan a sitting from what people say: a day, a local start and a length.

    >>> lecture_times(date(2023, 9, 18), time(20), timedelta(hours=1)).starts_at.isoformat()
    '2023-09-18T12:00:00+00:00'
    """
    if not SHORTEST <= length <= LONGEST:
        raise RuleBroken(Refusal.LENGTH)
    starts_at = datetime.combine(day, start, SHANGHAI).astimezone(UTC)
    ends_at = starts_at + length
    # Noon of the next day lies after the end even of the longest sitting of a late evening.
    closes = datetime.combine(day + timedelta(days=1), CLOSES_AT, SHANGHAI)
    return LectureTimes(
        held_on=day,
        doors_at=starts_at - timedelta(minutes=DOORS_MINUTES),
        starts_at=starts_at,
        ends_at=ends_at,
        closes_at=closes.astimezone(UTC),
    )


def campaign_days(first_on: date, last_on: date) -> list[date]:
    """Return every day of the campaign, the first and the last included (CAM-1)."""
    return [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]


# --- Mandate ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """The numbered document that orders the campaign (ORG-1).

    ``symbol`` is the agency's short name in front of the number (发文机关代字); where it is
    not known the issuer's name stands there. ``issuer_en`` is a courtesy to readers of English;
    the document itself is Chinese.
    """

    issuer: str = ""
    issuer_en: str = ""
    symbol: str = ""
    number: int | None = None
    year: int | None = None
    issued_on: date | None = None

    @property
    def complete(self) -> bool:
        return bool(self.issuer.strip() and self.number and self.year and self.issued_on)

    @property
    def document_number(self) -> str:
        """The number as GB/T 9704 writes it: six-sided brackets, no leading zeros, no 第.

        >>> Mandate(issuer="绥化市关工委", symbol="绥关工委", number=20, year=2023).document_number
        '绥关工委〔2023〕20号'
        """
        if not (self.number and self.year):
            return ""
        return f"{self.symbol.strip() or self.issuer.strip()}〔{self.year}〕{self.number}号"


def mandate_refusals(mandate: Mandate, *, today: date) -> list[Refusal]:
    """Say what is wrong with a mandate, or nothing (empty list)."""
    if not mandate.complete or mandate.issued_on is None:
        return [Refusal.MANDATE_MISSING]
    found = []
    if mandate.issued_on.year != mandate.year:
        found.append(Refusal.MANDATE_YEAR)
    if mandate.issued_on > today:
        found.append(Refusal.MANDATE_LATER)
    return found


# --- Lectures and opening ---------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The days of a campaign, both included, and the instant at which replays end."""

    first_on: date
    last_on: date
    replay_until: datetime | None = None


def lecture_refusals(days: Days, lectures: Sequence[LectureTimes]) -> list[Refusal]:
    """Say what is wrong with the plan of lectures, or nothing (empty list)."""
    if not lectures:
        return [Refusal.NO_LECTURES]
    found = []
    if any(not days.first_on <= each.held_on <= days.last_on for each in lectures):
        found.append(Refusal.OUTSIDE_DAYS)
    ordered = sorted(lectures, key=lambda each: each.starts_at)
    if any(later.starts_at < earlier.ends_at for earlier, later in pairwise(ordered)):
        found.append(Refusal.OVERLAP)
    if days.replay_until is not None and days.replay_until < max(e.ends_at for e in lectures):
        found.append(Refusal.REPLAY_TOO_SHORT)
    return found


def audience_refusals(*, persons: int, communities: int) -> list[Refusal]:
    """Refuse an empty audience: nobody on a roster and no community that joins without one."""
    return [] if persons or communities else [Refusal.AUDIENCE_EMPTY]


# --- Learning codes ---------------------------------------------------------


def learning_url(origin: str, code: str) -> str:
    """Return the address that the QR code holds; refuses an origin that makes it too long."""
    url = f"{origin}/e/{code}"
    if len(url) > LONGEST_URL:
        most = LONGEST_URL - len(f"/e/{code}")
        raise RuleBroken(Refusal.ORIGIN_TOO_LONG, length=len(origin), most=most)
    return url


def could_be_code(tidied: str) -> bool:
    """Say whether a text has the length and the characters of a code; most typos have not."""
    return len(tidied) == CODE_LENGTH and set(tidied) <= CHARACTERS


def grouped_code(code: str) -> str:
    """Write a code in groups of four, to be read aloud and typed.

    >>> grouped_code("k7m2q9xd")
    'k7m2 q9xd'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
