"""What needs whose leave: a talk in the counselling room, and telling another body of a child. Pure Python.

Who agrees is the register's (``children.rules``). Here stands what may go without, and that somebody
above is shown it (AID-3; PIPL 13, 23, 29; Minors Law 11).
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from mingtian.care.rules import check_choice, check_day
from mingtian.children.rules import Party, Standing
from mingtian.core.errors import RuleBroken


class Urgency(StrEnum):
    """Why a talk was held before anybody had agreed; all that those above read of it."""

    DANGER = "danger"
    """Harm or danger, also from the guardian, who is then not asked first."""
    ASKED = "asked"
    UNREACHED = "unreached"


class Body(StrEnum):
    """To whom a child is referred."""

    CIVIL_AFFAIRS = "civil_affairs"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    LEGAL_AID = "legal_aid"
    WOMENS_FEDERATION = "womens_federation"
    PROCURATORATE = "procuratorate"


class Passed(StrEnum):
    """What of a child another body was told. Nothing at all: the case's number and what is needed."""

    NAME = "name"
    HOME = "home"
    SCHOOLING = "schooling"
    SITUATION = "situation"
    HEALTH = "health"


class Leave(StrEnum):
    """By whose leave it was told."""

    GUARDIAN = "guardian"
    BOTH = "both"
    DANGER = "danger"
    """Nobody was asked, for asking would have endangered the child (PIPL 13)."""


class Answer(StrEnum):
    """What the other body said."""

    TAKEN_UP = "taken_up"
    """It looks after it; the referral goes on until a further day."""
    HELPED = "helped"
    REFUSED = "refused"


GOES_ON = Answer.TAKEN_UP
"""The one answer after which another is expected."""


def check_talk(stands: Standing, urgency: str) -> str:
    """Return why a talk could not wait, empty where it was agreed to; refuse one that nobody agreed to.

    After a withdrawal danger alone counts: it needs no consent.
    """
    if stands is Standing.GIVEN:
        return ""
    if not urgency:
        raise RuleBroken("care_talk_not_agreed")
    why = check_choice(Urgency, urgency)
    if stands is Standing.WITHDRAWN and why is not Urgency.DANGER:
        raise RuleBroken("care_talk_withdrawn")
    return why.value


def check_agreed(alone: bool, needed: Collection[Party]) -> None:
    """Refuse the guardian's word alone where the child agrees too."""
    if alone and Party.CHILD in needed:
        raise RuleBroken("care_child_agrees_too")


def check_passing(
    passed: Collection[Passed], leave: str, agreed_on: date | None, *,
    needed: Collection[Party], now: datetime,
) -> tuple[Leave | None, date | None]:  # fmt: skip
    """Return by whose leave a body was told and since when; refuse what was told without one."""
    if not passed:
        return None, None
    if not leave:
        raise RuleBroken("care_passed_unasked")
    by = check_choice(Leave, leave)
    if by is Leave.DANGER:
        return by, None
    check_agreed(by is Leave.GUARDIAN, needed)
    return by, check_day(agreed_on, now)
