"""How helpers and children are paired: vetting, rhythm, visits, and what is asked about them. Pure Python.

A vetting is the fact that somebody looked on a day and found no criminal record (Minors Law 62). It
holds for a year. A pair goes silent by visits that were made: a try is no contact.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.errors import RuleBroken


class Kind(StrEnum):
    """Who helps."""

    FIVE_OLD = "five_old"
    TEACHER = "teacher"


class Way(StrEnum):
    """How a visit takes place."""

    HOME = "home"
    SCHOOL = "school"
    TELEPHONE = "telephone"
    OUTING = "outing"


class Ending(StrEnum):
    """Why a pair, or somebody's part in it, came to its end."""

    REACHED = "reached"
    TERM = "term"
    CHILD_GONE = "child_gone"
    WISH = "wish"
    HANDED_OVER = "handed_over"
    HELPER_GONE = "helper_gone"
    CONSENT = "consent"
    FILE_CLOSED = "file_closed"


CHOSEN = (Ending.REACHED, Ending.TERM, Ending.CHILD_GONE, Ending.WISH, Ending.HELPER_GONE)
"""What people choose; the rest is noted by itself."""


class State(StrEnum):
    """How a pair stands on a day."""

    ACTIVE = "active"
    SILENT = "silent"
    PAUSED = "paused"
    INACTIVE = "inactive"
    """Nobody in it who is vetted may help at present."""
    ENDED = "ended"


class Check(StrEnum):
    """How a helper's check stands on a day."""

    MISSING = "missing"
    OVER = "over"
    LAPSING = "lapsing"
    HOLDS = "holds"


class Question(StrEnum):
    """What may be asked about a visit. There are good answers to each."""

    MANY = "many"
    OVERLAP = "overlap"
    QUICK = "quick"
    OFF_HOURS = "off_hours"
    SAME_WORDS = "same_words"


LAPSING = timedelta(days=30)
"""Checks that end within so many days stand on the office's list."""

USUAL_RHYTHM = 14
MOST_RHYTHM = 90
LONGEST_GOAL = 200
LONGEST_NOTE = 1000
MOST_MINUTES = 600
CLOCKS_DIFFER = timedelta(minutes=10)
"""A phone's clock may be so far ahead of ours."""

MANY_A_DAY = 4
"""So many made visits of one helper on a day are asked about."""
QUICK_VISIT = 10
QUICK_CALL = 2
NIGHT = (time(22), time(6))
LEAST_WORDS = 12
"""Shorter notes may well be the same: “all is well”."""

OLD_DRAFT = timedelta(days=30)
"""An unsent draft older than this is pointed out on the phone, and stays."""


def vetted_until(checked_on: date) -> date:
    """Return the last day on which a check holds: the day before it is a year old."""
    try:
        again = checked_on.replace(year=checked_on.year + 1)
    except ValueError:
        again = date(checked_on.year + 1, 3, 1)
    return again - timedelta(days=1)


def check_of(vetted: date | None, today: date) -> Check:
    """Say how a check stands that holds until a day; nothing: there is none."""
    if vetted is None:
        return Check.MISSING
    if vetted < today:
        return Check.OVER
    return Check.LAPSING if vetted <= today + LAPSING else Check.HOLDS


def check_vetting(checked_on: date, today: date) -> date:
    """Return the last day on which the check holds; refuse one in the future or run out."""
    if checked_on > today:
        raise RuleBroken("pair_check_in_future")
    until = vetted_until(checked_on)
    if until < today:
        raise RuleBroken("pair_check_old")
    return until


def check_helper(vetted: date | None, today: date) -> date:
    """Return until when a helper may help; refuse one who was not vetted or no longer is."""
    if vetted is None:
        raise RuleBroken("pair_helper_unvetted")
    if vetted < today:
        raise RuleBroken("pair_vetting_over", day=vetted.isoformat())
    return vetted


def check_dates(rhythm: int, until: date | None, today: date) -> None:
    """Refuse a rhythm that nobody keeps, or an end that has passed."""
    if not 1 <= rhythm <= MOST_RHYTHM:
        raise RuleBroken("pair_rhythm", most=MOST_RHYTHM)
    if until is not None and until < today:
        raise RuleBroken("pair_until_past")


def end_of(day: date) -> datetime:
    """Return the instant at which a day ends for people."""
    return datetime.combine(day + timedelta(days=1), time(0), SHANGHAI)


def check_goal(text: str) -> str:
    """Return a goal as it is kept, or nothing."""
    return _plain(text, LONGEST_GOAL, "pair_goal_long")


def check_note(text: str) -> str:
    """Return a note as it is kept, or nothing."""
    return _plain(text, LONGEST_NOTE, "pair_note_long")


def _plain(text: str, most: int, code: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("\0", "").strip()
    if len(plain) > most:
        raise RuleBroken(code, most=most)
    return plain


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """A visit as it was told, apart from its words."""

    began_at: datetime
    minutes: int
    way: Way
    made: bool


def check_visit(visit: Happened, *, since: date, over: datetime | None, now: datetime) -> None:
    """Refuse a visit that cannot have been: not yet, before the pair began or after it ended."""
    if visit.began_at > now + CLOCKS_DIFFER:
        raise RuleBroken("pair_visit_in_future")
    if day_of(visit.began_at) < since:
        raise RuleBroken("pair_visit_too_early", day=since.isoformat())
    if over is not None and visit.began_at >= over:
        raise RuleBroken("pair_visit_after_end", day=day_of(over).isoformat())
    if visit.made and not 1 <= visit.minutes <= MOST_MINUTES:
        raise RuleBroken("pair_minutes", most=MOST_MINUTES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What else the same helper has told: visits made on the day, at the same time, in these words."""

    on_day: int
    at_once: int
    same_words: int


def questions(visit: Happened, beside: Beside) -> list[Question]:
    """Say what the office may ask about a visit. Nothing is asked about a try."""
    if not visit.made:
        return []
    least = QUICK_CALL if visit.way is Way.TELEPHONE else QUICK_VISIT
    asked = {
        Question.MANY: beside.on_day + 1 >= MANY_A_DAY,
        Question.OVERLAP: beside.at_once > 0,
        Question.QUICK: visit.minutes < least,
        Question.OFF_HOURS: is_night(visit.began_at),
        Question.SAME_WORDS: beside.same_words > 0,
    }
    return [question for question, holds in asked.items() if holds]


def is_night(instant: datetime) -> bool:
    """Say whether people rest: from 22:00 to before 6:00."""
    hour = instant.astimezone(SHANGHAI).time()
    return hour >= NIGHT[0] or hour < NIGHT[1]


def words_of(note: str) -> str:
    """Return the letters of a note, for comparing; nothing when it is too short to compare."""
    letters = "".join(each for each in unicodedata.normalize("NFKC", note) if each.isalnum())
    return letters.casefold() if len(letters) >= LEAST_WORDS else ""


def until_of(vetted: date, agreed: date | None) -> datetime:
    """Return the instant at which somebody's part ends by itself: with the check or the pair."""
    return end_of(min(vetted, agreed) if agreed else vetted)
