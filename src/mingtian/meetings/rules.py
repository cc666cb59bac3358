"""What a meeting is, who keeps it, and how what was resolved is followed up. Pure Python.

A meeting stands in the calendar of the unit that holds it. Once it has begun it has people, by
role and as numbers, and minutes (DOC-2, DOC-5). What it resolved bears numbers; each resolution
may have follow-ups, which end by a sentence (ORG-4 keeps them for talks as well).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import IN_LECTURES, Line, Role, UnitKind


class Kind(StrEnum):
    """Kinds of meetings."""

    LAUNCH = "launch"
    EMERGENCY = "emergency"
    JOINT = "joint"
    LEADERS = "leaders"
    PRINCIPALS = "principals"
    STAFF = "staff"
    PARENTS = "parents"
    SEMINAR = "seminar"
    STUDY = "study"


class Attending(StrEnum):
    """In which role people attended. They are counted, never named."""

    LEADERS = "leaders"
    COMMITTEE = "committee"
    OTHER_BODIES = "other_bodies"
    PRINCIPALS = "principals"
    CLASS_TEACHERS = "class_teachers"
    TEACHERS = "teachers"
    FIVE_OLD = "five_old"
    PARENTS = "parents"
    OTHERS = "others"


class State(StrEnum):
    """A follow-up is open until it is done or taken back."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """How two offices spoke."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    LETTER = "letter"


_OFFICIAL = frozenset(Kind) - {Kind.PARENTS}

KINDS_AT: dict[UnitKind, frozenset[Kind]] = {
    UnitKind.NATION: _OFFICIAL,
    UnitKind.PROVINCE: _OFFICIAL,
    UnitKind.CITY: _OFFICIAL,
    UnitKind.COUNTY: _OFFICIAL,
    UnitKind.TOWNSHIP: _OFFICIAL,
    UnitKind.SECTOR: _OFFICIAL,
    UnitKind.SCHOOL: frozenset(Kind) - {Kind.PRINCIPALS},
    UnitKind.VILLAGE: frozenset(Kind) - {Kind.PRINCIPALS},
    UnitKind.CLASS: frozenset({Kind.PARENTS}),
}
"""Which meetings a unit holds; units that are not named hold none."""

HOUSES = frozenset(KINDS_AT) - {UnitKind.CLASS}
"""Units that resolve, take on follow-ups and speak with other offices."""

OF_LEADERS = frozenset({Kind.LEADERS, Kind.EMERGENCY})
"""Which meetings of a school tick the first point of its checklist (PUB-2)."""

FIRST_ROLE = {
    Kind.LAUNCH: Attending.COMMITTEE,
    Kind.EMERGENCY: Attending.COMMITTEE,
    Kind.JOINT: Attending.COMMITTEE,
    Kind.LEADERS: Attending.LEADERS,
    Kind.PRINCIPALS: Attending.PRINCIPALS,
    Kind.STAFF: Attending.TEACHERS,
    Kind.PARENTS: Attending.PARENTS,
    Kind.SEMINAR: Attending.COMMITTEE,
    Kind.STUDY: Attending.COMMITTEE,
}
"""Whom the form asks for first; the other roles are there as well."""

READERS = IN_LECTURES - {Role.AUDITOR}
"""Auditors see figures and trails, and no text."""

KEEPERS = frozenset({Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER})
"""Who keeps the meetings of the very unit of their post."""

TALKERS = frozenset({Role.OFFICE, Role.PRINCIPAL})
"""Who keeps the log of talks with other offices."""

TALK_READERS = frozenset({Role.DIRECTOR, Role.OFFICE, Role.CLERK, Role.PRINCIPAL})

OWNERS = frozenset(
    {Role.DIRECTOR, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_TEACHER, Role.CLASS_TEACHER}
)
"""Whose business a follow-up is that their unit owns."""

OWNING_LINES = tuple(Line)

MOST_PEOPLE = 100_000
LONGEST_TITLE = 120
LONGEST_WORDS = 120
LONGEST_LINE = 500
LONGEST_TEXT = 20_000

MINUTES_AFTER = timedelta(days=2)
"""So long after a meeting its minutes are missing, and the desk says so."""

SOON = timedelta(days=3)
"""So long before its day a follow-up comes to its owner's desk."""


def check_kind(kind: Kind, unit: UnitKind) -> None:
    """Refuse a meeting that such a unit does not hold."""
    if kind not in KINDS_AT.get(unit, frozenset()):
        raise RuleBroken("meeting_wrong_kind")


def check_meeting(
    *, title: str, held_at: datetime, attended: Mapping[Attending, int], minutes: str, now: datetime
) -> None:
    """Refuse minutes and people of a meeting to come, and one that was held by nobody."""
    if not title.strip():
        raise RuleBroken("meeting_without_title")
    if any(not 0 <= number <= MOST_PEOPLE for number in attended.values()):
        raise RuleBroken("attendance_impossible", most=f"{MOST_PEOPLE:,}")
    people = sum(attended.values())
    if held_at > now:
        if minutes.strip():
            raise RuleBroken("minutes_too_early")
        if people:
            raise RuleBroken("attendance_too_early")
    elif not people:
        raise RuleBroken("meeting_without_people")


def check_calling_off(*, held_at: datetime, people: int, reason: str, now: datetime) -> None:
    """Refuse to call off what took place, or without saying why."""
    if held_at <= now and people:
        raise RuleBroken("meeting_was_held")
    if not reason.strip():
        raise RuleBroken("calling_off_without_reason")


def check_task(*, what: str, has_owner: bool, due_on: date | None, now: datetime) -> None:
    """Refuse a follow-up that nobody owns, or whose day is missing or past."""
    if not what.strip():
        raise RuleBroken("follow_up_without_words")
    if not has_owner:
        raise RuleBroken("follow_up_without_owner")
    if due_on is None:
        raise RuleBroken("follow_up_without_day")
    if due_on < day_of(now):
        raise RuleBroken("follow_up_due_past")


def check_settling(*, state: State, to: State, said: str) -> None:
    """Refuse to end a follow-up twice, or without a sentence."""
    if state is not State.OPEN:
        raise RuleBroken("follow_up_settled")
    if to is State.OPEN:
        raise RuleBroken("follow_up_stays_open")
    if not said.strip():
        raise RuleBroken(
            "follow_up_without_sentence" if to is State.DONE else "follow_up_without_reason"
        )


def check_talk(*, with_whom: str, held_at: datetime, agreed: str, now: datetime) -> None:
    """Refuse a talk with nobody, one that is still to come, or one without an outcome."""
    if not with_whom.strip():
        raise RuleBroken("talk_without_partner")
    if held_at > now:
        raise RuleBroken("talk_too_early")
    if not agreed.strip():
        raise RuleBroken("talk_without_outcome")


def is_late(state: State, due_on: date, day: date) -> bool:
    """Say whether a follow-up should have ended before the day."""
    return state is State.OPEN and due_on < day
