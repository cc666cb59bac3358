"""How a day of the lecture hall becomes final (STA-1). Pure Python.

While phones may still bring their maps a day is *provisional*. People confirm it from below: the
school (or the township, for its villages and five-old), the county, the city. The office of the
campaign's scope then freezes it, and nothing about it changes any more.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Status
from mingtian.org.rules import Role, UnitKind

HOUSES = frozenset({UnitKind.SCHOOL, UnitKind.TOWNSHIP})
"""Units that answer for what their classes, villages and groups counted."""

CONFIRMING = HOUSES | {UnitKind.COUNTY, UnitKind.CITY, UnitKind.PROVINCE}
"""Units at which somebody confirms a day."""

CONFIRMERS = {
    UnitKind.SCHOOL: frozenset({Role.PRINCIPAL, Role.OFFICE, Role.DUTY_TEACHER}),
    UnitKind.TOWNSHIP: frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK}),
    UnitKind.COUNTY: frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK}),
    UnitKind.CITY: frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK}),
    UnitKind.PROVINCE: frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK}),
}
"""Who confirms there: whoever has charge of the evening, and whoever checks figures."""

FREEZERS = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Who closes a day for good, at the campaign's scope."""

_DUE = {
    UnitKind.SCHOOL: time(21, 30),
    UnitKind.TOWNSHIP: time(21, 30),
    UnitKind.COUNTY: time(22, 0),
    UnitKind.CITY: time(22, 30),
    UnitKind.PROVINCE: time(23, 0),
}

MOST_TEXT = 200


class Reason(StrEnum):
    """Why a counted number is not what it should be."""

    SHARED_PHONE = "shared_phone"
    WRONG_CLASS = "wrong_class"
    NO_NETWORK = "no_network"
    COUNTED_TWICE = "counted_twice"
    OTHER = "other"


class Column(StrEnum):
    """What may be corrected."""

    ARRIVED = "arrived"
    COMPLETED = "completed"


class Oddity(StrEnum):
    """What the school is asked to look at. A question, never an accusation."""

    MANY_ON_ONE_PHONE = "many_on_one_phone"
    ALIKE_MAPS = "alike_maps"
    MINUTES_AFTERWARDS = "minutes_afterwards"


class Answer(StrEnum):
    """What the school says to an oddity."""

    RIGHT = "right"
    CORRECTED = "corrected"
    UNCLEAR = "unclear"


PUPILS_ON_ONE_PHONE = 4
"""From so many pupils on one phone the school is asked: a family rarely has as many."""

ALIKE_HOMES = 5
"""From so many homes of a class with the very same minutes, neither all nor few, it is asked."""

ALIKE_SLOTS = range(6, 58)
"""Nearly full and nearly empty maps are alike by themselves."""

AFTERWARDS_SHARE = 0.25
"""From this share of minutes that came in after the end, of at least…"""

AFTERWARDS_SLOTS = 120
"""…so many person-minutes, it is asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """How far one unit's day has come.

    ``confirmed`` also when a unit above has confirmed with it.
    """

    begun: bool
    closed: bool
    confirmed: bool
    frozen: bool

    @property
    def status(self) -> Status:
        """The word for its figures (STA-5)."""
        if self.frozen:
            return Status.FROZEN
        if self.confirmed:
            return Status.CONFIRMED
        return Status.PROVISIONAL if self.closed else Status.LIVE


def due_at(kind: UnitKind, ends_at: datetime) -> datetime:
    """Return until when a unit of this kind is to confirm: on the evening itself."""
    day = ends_at.astimezone(SHANGHAI).date()
    return datetime.combine(day, _DUE[kind], SHANGHAI)


def check_confirming(*, ends_at: datetime, frozen: bool, now: datetime) -> None:
    """Refuse to confirm before the lecture's end or after the freezing."""
    if frozen:
        raise RuleBroken("day_frozen")
    if now < ends_at:
        raise RuleBroken("day_not_over")


def check_freezing(*, closes_at: datetime, number: int, frozen: int, now: datetime) -> None:
    """Refuse to freeze while phones may come, or before the days that were earlier.

    ``number`` is the lecture's in its campaign, ``frozen`` how many are frozen.
    """
    if now < closes_at:
        local = closes_at.astimezone(SHANGHAI)
        raise RuleBroken("day_still_open", until=f"{local:%m-%d %H:%M}")
    if number > frozen + 1:
        raise RuleBroken("freeze_in_order", number=frozen + 1)


def check_correction(
    *, column: Column, new: int, arrived: int, completed: int, expected: int | None
) -> None:
    """Refuse a number that cannot be: below nothing, above the roster, or out of proportion.

    ``arrived`` and ``completed`` are the present numbers; ``expected`` is None for kinds without
    a roster.
    """
    if new < 0:
        raise RuleBroken("correction_negative")
    if expected is not None and new > expected:
        raise RuleBroken("above_roster", most=expected)
    if column is Column.ARRIVED and new < completed:
        raise RuleBroken("arrived_below_completed", completed=completed)
    if column is Column.COMPLETED and new > arrived:
        raise RuleBroken("completed_above_arrived", arrived=arrived)


def check_reason(reason: str, note: str) -> Reason:
    """Return the reason; refuse an unknown one, or "other" without words."""
    if reason not in {each.value for each in Reason}:
        raise RuleBroken("reason_missing")
    if Reason(reason) is Reason.OTHER and not note.strip():
        raise RuleBroken("reason_without_words")
    if len(note) > MOST_TEXT:
        raise RuleBroken("reason_too_long", most=MOST_TEXT)
    return Reason(reason)


SNAPSHOT_GRACE = timedelta(minutes=30)
"""A count taken later than this after the end says nothing about what came afterwards."""
