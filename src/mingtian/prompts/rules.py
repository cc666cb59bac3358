"""The rhythm of an evening and the chain of those who pass a word on (SGN-2, SUP-3). Pure Python.

Half an hour before a lecture the schools and the class teachers are asked to remind, five minutes
before it the class teachers once more. Committees and education bureaus prompt schools, schools
prompt class teachers, class teachers alone speak to families: nobody skips a link, and after nine
in the evening nothing goes to a family.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.groups.rules import MOST_TEXT as MOST_IN_GROUP
from mingtian.groups.rules import QUIET_FROM, is_quiet
from mingtian.org.rules import Role, UnitKind

MOST_TEXT = MOST_IN_GROUP
"""A ready text fits into one message of a group (GRP-2)."""


class Kind(StrEnum):
    """What a prompt asks for."""

    HALF_HOUR = "half_hour"
    FIVE_MINUTES = "five_minutes"
    MISSING = "missing"


K = UnitKind

MADE_BY_ITSELF: dict[Kind, frozenset[UnitKind]] = {
    Kind.HALF_HOUR: frozenset({K.SCHOOL, K.CLASS}),
    Kind.FIVE_MINUTES: frozenset({K.CLASS}),
}
"""Prompts of the clock, and to which units they come. The others are sent by people."""

OPENS = {
    Kind.HALF_HOUR: timedelta(minutes=-30),
    Kind.FIVE_MINUTES: timedelta(minutes=-5),
    Kind.MISSING: timedelta(minutes=-10),
}
"""From when, seen from the lecture's start, there can be such a prompt."""

MADE_UNTIL = {
    Kind.HALF_HOUR: timedelta(minutes=-5),
    Kind.FIVE_MINUTES: timedelta(minutes=10),
}
"""Until when a tick that did not come is made up for; later the prompt is recorded as missed."""

LOOKED_BACK = timedelta(days=2)
"""So long after its start a lecture is looked at for what was missed."""

ACTING: dict[UnitKind, frozenset[Role]] = {
    K.CLASS: frozenset({Role.CLASS_TEACHER}),
    K.SCHOOL: frozenset({Role.PRINCIPAL, Role.OFFICE, Role.DUTY_TEACHER}),
    **dict.fromkeys(
        (K.TOWNSHIP, K.COUNTY, K.CITY, K.PROVINCE, K.NATION, K.SECTOR), frozenset({Role.OFFICE})
    ),
}
"""The links of the chain, and who passes on there."""

LOOKING = frozenset({Role.DIRECTOR, Role.CLERK})
"""Who sees beside them what has been passed on, and changes nothing."""

SUMMARY_ASKED_FOR = timedelta(hours=24)
"""So long after its end a class teacher is reminded of the evening's summary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """When a lecture starts and ends."""

    starts_at: datetime
    ends_at: datetime

    def opens(self, kind: Kind) -> datetime:
        """Return from when there can be a prompt of this kind."""
        return self.starts_at + OPENS[kind]

    def made_until(self, kind: Kind) -> datetime:
        """Return until when the clock still makes it. Only for prompts of the clock."""
        return self.starts_at + MADE_UNTIL[kind]

    @property
    def families_until(self) -> datetime:
        """Return the last instant of any text that is meant for families: the end, at most nine."""
        local = self.starts_at.astimezone(SHANGHAI)
        nine = datetime.combine(local.date(), QUIET_FROM, SHANGHAI)
        return min(self.ends_at, nine)

    def may_address_families(self, now: datetime) -> bool:
        """Say whether a reminder may still be offered to be taken to families."""
        return now < self.families_until and not is_quiet(now)


def may_offer_summary(times: Times, now: datetime) -> bool:
    """Say whether the evening's summary may go into the class's group: after the end, by day.

    An evening that ends at nine is summed up on the next morning; families are asleep by then.
    """
    return now >= times.ends_at and not is_quiet(now)


def check_link(kinds: Sequence[UnitKind]) -> None:
    """Refuse to skip a link. ``kinds`` lead from the sender down to the receiver, both included.

    Grades are no link: nobody holds a post there.
    """
    links = [kind for kind in kinds if kind is not K.GRADE]
    if len(links) != 2 or links[0] is K.CLASS or kinds[-1] is K.GRADE or links[1] not in ACTING:
        raise RuleBroken("prompt_not_your_link")


def check_time(kind: Kind, receiver: UnitKind, times: Times, now: datetime) -> None:
    """Refuse what comes before its time, after the lecture, or too late for families.

    At a class passing on means speaking to families.
    """
    if now < times.opens(kind):
        local = times.opens(kind).astimezone(SHANGHAI)
        raise RuleBroken("prompt_too_early", at=f"{local:%H:%M}")
    if receiver is K.CLASS and not times.may_address_families(now):
        raise RuleBroken("prompt_too_late_for_families")
    if now >= times.ends_at:
        raise RuleBroken("prompt_lecture_over")


def check_open(passed_at: Sequence[datetime | None]) -> None:
    """Refuse to pass on what is not there, or what somebody has passed on already.

    ``passed_at`` are the prompts that a unit has.
    """
    if not passed_at:
        raise RuleBroken("prompt_none")
    if all(passed_at):
        last = max(each for each in passed_at if each).astimezone(SHANGHAI)
        raise RuleBroken("prompt_passed_on", at=f"{last:%H:%M}")
