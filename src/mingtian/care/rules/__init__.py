"""What a case is made of and what may be done with it. Pure Python (AID-1, AID-2, AID-3, AID-6, AID-7).

A case's state is never set by hand: PostgreSQL derives it from what is there (``sql/schema.sql``);
a person closes a case and opens it again, nothing else.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import CROCKFORD
from mingtian.org.rules import Role

Word = TypeVar("Word", bound=StrEnum)


class State(StrEnum):
    """How far a case has come (domain.md 9)."""

    FOUND = "found"
    ASSESSED = "assessed"
    CONSENTED = "consented"
    """A plan is written to which guardian and child agree; the office has not approved it."""
    PLANNED = "planned"
    SERVED = "served"
    REVIEWED = "reviewed"
    CLOSED = "closed"


class Risk(StrEnum):
    """How pressing a child's situation is, as the newest assessment says."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


class Area(StrEnum):
    """The four areas of help (AID-2)."""

    MORALS = "morals"
    STUDY = "study"
    HABITS = "habits"
    FEELINGS = "feelings"


class Duty(StrEnum):
    """What somebody has been put to do in a case, from one day to another."""

    LEAD = "lead"
    SECOND = "second"
    COUNSELLOR = "counsellor"


class PlanState(StrEnum):
    """How a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REPLACED = "replaced"
    """Was in force until a newer version was approved."""


class Agreed(StrEnum):
    """Who agreed to a plan: the guardian, and from 14 the child as well."""

    GUARDIAN = "guardian"
    BOTH = "both"


class Service(StrEnum):
    """What is done for a child."""

    SCHOOLING = "schooling"
    LIVING = "living"
    HEALTH = "health"
    LEGAL = "legal"
    COUNSELLING = "counselling"
    FAMILY = "family"
    COMPANY = "company"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a service, or follows from a review."""

    DONE = "done"
    PARTLY = "partly"
    NOT_POSSIBLE = "not_possible"
    GO_ON = "go_on"
    CHANGE_PLAN = "change_plan"
    CLOSE = "close"


OF_SERVICES = (Outcome.DONE, Outcome.PARTLY, Outcome.NOT_POSSIBLE)
OF_REVIEWS = (Outcome.GO_ON, Outcome.CHANGE_PLAN, Outcome.CLOSE)


class Milestone(StrEnum):
    """Steps of guardianship and orphan assistance, in the order in which they are taken (AID-7)."""

    APPLIED = "applied"
    APPROVED = "approved"
    FIRST_PAYMENT = "first_payment"
    GUARDIAN = "guardian"
    SCHOOL_TOLD = "school_told"
    VILLAGE_TOLD = "village_told"


MONEY = (Milestone.APPLIED, Milestone.APPROVED, Milestone.FIRST_PAYMENT)
"""These come one after the other; the others have no order among them."""


class Way(StrEnum):
    """How parents who are away kept in touch (Minors Law 22)."""

    CALL = "call"
    VIDEO = "video"
    VISIT = "visit"
    MESSAGE = "message"
    NONE = "none"
    """It was asked, and there was no contact."""


class Liaison(StrEnum):
    """Contacts between home and school (AID-6), and about a child that stays away (AID-3)."""

    HOME_VISIT = "home_visit"
    SCHOOL_VISIT = "school_visit"
    TALK_WITH_TEACHER = "talk_with_teacher"
    TRUANCY = "truancy"


class Authority(StrEnum):
    """Who is told of harm or danger at once (Minors Law 11)."""

    POLICE = "police"
    CIVIL_AFFAIRS = "civil_affairs"
    EDUCATION = "education"


class Talk(StrEnum):
    """Kinds of talks in the counselling room; all that others learn of one beside its day."""

    ONE_TO_ONE = "one_to_one"
    FOLLOW_UP = "follow_up"
    FAMILY = "family"
    TRUANCY = "truancy"


class Topic(StrEnum):
    """What a timely problem is about."""

    LIVING = "living"
    SCHOOL = "school"
    HEALTH = "health"
    GUARDIANSHIP = "guardianship"
    FEELINGS = "feelings"
    AID = "aid"
    OTHER = "other"


class TicketState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class ClosedFor(StrEnum):
    """Why a case was closed."""

    GOALS_MET = "goals_met"
    MOVED_AWAY = "moved_away"
    OF_AGE = "of_age"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    ERASED = "erased"
    """The child was erased; never chosen by hand."""


CLOSED_WITHOUT_REVIEW = frozenset({ClosedFor.MOVED_AWAY, ClosedFor.OF_AGE, ClosedFor.WITHDRAWN})
"""What nobody can sit down and review any more."""

WORKING = frozenset({Role.CASE_WORKER})
SOON = timedelta(days=7)
"""Within these days a thing to do is shown as soon due."""

IN_TOUCH = timedelta(days=7)
"""Parents who are away keep in touch at least so often (Minors Law 22)."""

ANSWER_WITHIN = timedelta(days=3)
LONGEST_WORDS = 2000
LONGEST_QUESTION = 300
NUMBER = re.compile(r"(20[0-9]{2})-?([0-9]{6})")
_KEY = re.compile(rf"[{CROCKFORD}]{{12}}")


class Due(StrEnum):
    """How near a day is on which something is to be done."""

    NONE = "none"
    LATER = "later"
    SOON = "soon"
    OVERDUE = "overdue"


def due(on: date | None, today: date) -> Due:
    """Say how near a day is: overdue is before today, soon within seven days."""
    if on is None:
        return Due.NONE
    if on < today:
        return Due.OVERDUE
    return Due.SOON if on <= today + SOON else Due.LATER


def is_silent(since: date | None, heard_on: date | None, today: date) -> bool:
    """Say whether parents who are watched for have been silent for longer than a week.

    ``since`` is None for a child with whom a parent lives.
    """
    if since is None:
        return False
    return today - max(since, heard_on or since) > IN_TOUCH


# --- Assessment ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How situations are scored from a day on: items of 0 to 3 points, and the levels' least sums.

    ``alarms`` are items at which 3 points make it urgent whatever the sum.
    """

    word: str
    starts_on: date
    items: tuple[str, ...]
    levels: Mapping[Risk, int]
    alarms: frozenset[str]


MOST_POINTS = 3
SCALES: Sequence[Scale] = (
    Scale(
        word="2023-1",
        starts_on=date(2023, 1, 1),
        items=("guardianship", "safety", "living", "schooling", "health", "feelings"),
        levels={Risk.LOW: 0, Risk.MEDIUM: 5, Risk.HIGH: 9, Risk.URGENT: 14},
        alarms=frozenset({"safety"}),
    ),
)
"""Definitions are dated: an assessment keeps the word of the one by which it was made."""


def scale_on(day: date) -> Scale:
    """Return the scale in force on a day."""
    return max((one for one in SCALES if one.starts_on <= day), key=lambda one: one.starts_on)


def level_of(points: Mapping[str, int], scale: Scale) -> tuple[int, Risk]:
    """Return the sum and the level; refuses points that are missing or not on the scale."""
    if points.keys() != set(scale.items) or not all(
        0 <= each <= MOST_POINTS for each in points.values()
    ):
        raise RuleBroken("care_points_missing")
    score = sum(points.values())
    if any(points[item] == MOST_POINTS for item in scale.alarms):
        return score, Risk.URGENT
    return score, max(
        (risk for risk, least in scale.levels.items() if score >= least),
        key=lambda risk: scale.levels[risk],
    )


# --- Checks ---------------------------------------------------------------------


def check_words(text: str, *, most: int = LONGEST_WORDS, required: bool = True) -> str:
    """Return the text without ends of spaces; refuses none where some are needed, and too many."""
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if required and not words:
        raise RuleBroken("care_words_missing")
    if len(words) > most:
        raise RuleBroken("care_words_too_long", most=most)
    return words


def check_day(on: date | None, now: datetime, *, since: date | None = None) -> date:
    """Return the day on which something happened; refuses none, one to come, one too long ago."""
    if on is None:
        raise RuleBroken("care_day_missing")
    if on > day_of(now):
        raise RuleBroken("care_day_to_come")
    if since is not None and on < since:
        raise RuleBroken("care_day_too_early", since=since.isoformat())
    return on


def check_due(on: date | None, now: datetime) -> date:
    """Return the day on which something is due; refuses none and one that is past."""
    if on is None:
        raise RuleBroken("care_day_missing")
    if on < day_of(now):
        raise RuleBroken("care_day_past")
    return on


def check_choice(kind: type[Word], typed: str, among: Collection[Word] = ()) -> Word:
    """Return the word that was chosen; refuses none and any other."""
    try:
        chosen = kind(typed)
    except ValueError:
        raise RuleBroken("care_choose") from None
    if among and chosen not in among:
        raise RuleBroken("care_choose")
    return chosen


def check_goals(goals: Mapping[Area, str]) -> dict[Area, str]:
    """Return the goals that were written, area by area; refuses a plan without any."""
    kept = {area: check_words(goals.get(area, ""), required=False) for area in Area}
    written = {area: words for area, words in kept.items() if words}
    if not written:
        raise RuleBroken("care_goals_missing")
    return written


def check_milestone(one: Milestone, on: date, reached: Mapping[Milestone, date]) -> None:
    """Refuse a step of the assistance before the one that it follows, or after the one that follows it."""
    if one not in MONEY:
        return
    place = MONEY.index(one)
    before, after = MONEY[:place], MONEY[place + 1 :]
    if before and (before[-1] not in reached or reached[before[-1]] > on):
        raise RuleBroken("care_milestone_order")
    if any(each in reached and reached[each] < on for each in after):
        raise RuleBroken("care_milestone_order")


def check_anonymous(words: str, names: Collection[str]) -> None:
    """Refuse words for the office that hold the child's name or a long number.

    A given name of two characters alone tells who it is as well.
    """
    flat = re.sub(r"\s", "", words)
    told = {each for name in names if name for each in (name, name[1:]) if len(each) > 1}
    if any(each in flat for each in told) or re.search(r"[0-9]{7,}", flat):
        raise RuleBroken("care_names_child")


def is_key(text: str) -> bool:
    """Say whether a page sent a key of its own making, by which sending twice makes one thing."""
    return _KEY.fullmatch(text) is not None


def number_of(typed: str) -> str | None:
    """Return the case number that somebody typed, or None when it is none.

    >>> number_of(" 2023000012 "), number_of("2023-000012"), number_of("小满")
    ('2023-000012', '2023-000012', None)
    """
    found = NUMBER.fullmatch(typed.strip())
    return f"{found[1]}-{found[2]}" if found else None
