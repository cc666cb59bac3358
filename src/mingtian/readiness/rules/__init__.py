"""What a place prepares before and during a campaign, and who does it. Pure Python."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import IN_OFFICE, Role, UnitKind
from mingtian.people.rules import PersonKind

K = UnitKind

COMMITTEES = frozenset({K.NATION, K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP})
PREPARING = COMMITTEES | {K.SECTOR, K.VILLAGE, K.SCHOOL}
"""Units that have a page here: they plan, keep a log, and look at those below."""

OVERSEEING = frozenset({K.NATION, K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP, K.SECTOR})
"""Units below which schools may stand."""

CHOOSING = frozenset({K.PROVINCE, K.CITY, K.COUNTY})
"""Units whose office chooses pilot communities (PIL-1)."""

BOARDS_OF_PILOTS = CHOOSING | {K.TOWNSHIP}
"""Units whose boards show pilots beside all other communities."""

NEAR_VOLUNTEERS = frozenset({K.TOWNSHIP, K.VILLAGE})
"""Units whose office shares out the duties of the five-old, and meets pilot families."""

GROUPS = frozenset({K.STAFF_GROUP, K.VILLAGE})
"""Units whose five-old have duties."""

KEEPERS = frozenset({Role.OFFICE, Role.PRINCIPAL})
"""Who keeps the plan, the log and the duty of the own unit."""

LOOKERS = IN_OFFICE | {Role.PRINCIPAL, Role.DUTY_TEACHER}
"""Who may look at more than counts."""


class Leg(StrEnum):
    """The trinity of family, school and society (CAM-3)."""

    FAMILY = "family"
    SCHOOL = "school"
    SOCIETY = "society"


LEG_OF_KIND: dict[int, Leg] = {
    PersonKind.PUPIL: Leg.SCHOOL,
    PersonKind.TEACHER: Leg.SCHOOL,
    PersonKind.PARENT: Leg.FAMILY,
    PersonKind.GRANDPARENT: Leg.FAMILY,
    PersonKind.OTHER_GUARDIAN: Leg.FAMILY,
    PersonKind.FIVE_OLD: Leg.SOCIETY,
    PersonKind.RESIDENT: Leg.SOCIETY,
}
"""The leg to which a kind of person belongs, for coverage by leg of a campaign's figures."""


class Channel(StrEnum):
    """How a target group is reached (CAM-2)."""

    LEARNING_CODE = "learning_code"
    CLASS_GROUP = "class_group"
    IN_CLASS = "in_class"
    VILLAGE_ROOM = "village_room"
    FIVE_OLD = "five_old"
    FAMILY_STATION = "family_station"
    BROADCAST = "broadcast"


class Lever(StrEnum):
    """What moves a campaign besides its documents (PER-2)."""

    SCHOOL = "school"
    VICE_PRINCIPAL = "vice_principal"
    FIVE_OLD = "five_old"
    FAMILY_STATION = "family_station"
    CLASS_GROUP = "class_group"


LEG_OF_LEVER = {
    Lever.SCHOOL: Leg.SCHOOL,
    Lever.VICE_PRINCIPAL: Leg.SCHOOL,
    Lever.FIVE_OLD: Leg.SOCIETY,
    Lever.FAMILY_STATION: Leg.FAMILY,
    Lever.CLASS_GROUP: Leg.FAMILY,
}


class Task(StrEnum):
    """What the five-old do (PER-1)."""

    WATCH = "watch"
    MOBILISE = "mobilise"
    HELP = "help"
    COMMENT = "comment"


class Item(StrEnum):
    """The three points of a school's checklist (PUB-2)."""

    MEETING = "meeting"
    PERSON = "person"
    PLAN = "plan"


class State(StrEnum):
    """How far a school's checklist has come. Late means ready, but after the day it was due."""

    SILENT = "silent"
    BEGUN = "begun"
    LATE = "late"
    READY = "ready"


NOT_READY = frozenset({State.SILENT, State.BEGUN})

MOST_PERSONS = 100_000_000
MOST_VOLUNTEERS = 1000
MOST_TEXT = 200
LONGEST_SHEET = 1000
LONGEST_FINDING = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The three points as they stand; None or False for what is not done."""

    met_on: date | None
    named: bool
    plan_on: date | None
    completed_on: date | None

    def has(self, item: Item) -> bool:
        """Say whether one point is done."""
        return {
            Item.MEETING: self.met_on is not None,
            Item.PERSON: self.named,
            Item.PLAN: self.plan_on is not None,
        }[item]

    @property
    def done(self) -> int:
        return sum(self.has(item) for item in Item)


NOTHING_YET = Points(met_on=None, named=False, plan_on=None, completed_on=None)


def checklist_due_on(first_on: date) -> date:
    """Return the day by which a school is to be ready: the day before the first evening."""
    return first_on - timedelta(days=1)


def state_of(points: Points, first_on: date) -> State:
    """Return how far a checklist has come."""
    if points.completed_on is not None:
        late = points.completed_on > checklist_due_on(first_on)
        return State.LATE if late else State.READY
    return State.BEGUN if points.done else State.SILENT


def check_day(day: date, today: date) -> None:
    """Refuse a day that has not come yet: what is entered here has happened."""
    if day > today:
        raise RuleBroken("readiness_day_ahead")


def check_evening(ends_at: datetime, now: datetime) -> None:
    """Refuse to change who had charge of an evening that is over."""
    if now >= ends_at:
        raise RuleBroken("past_evening")


def check_words(text: str, *, most: int = MOST_TEXT) -> str:
    """Return the text without the space around it; refuse an empty or too long one."""
    tidy = text.strip()
    if not tidy:
        raise RuleBroken("readiness_words_missing")
    if len(tidy) > most:
        raise RuleBroken("readiness_words_too_long", most=most)
    return tidy


def check_size(number: int | None, *, least: int = 0, most: int = MOST_PERSONS) -> None:
    """Refuse a size that cannot be; None means that nobody has said yet."""
    if number is not None and not least <= number <= most:
        raise RuleBroken("size_impossible", least=least, most=f"{most:,}")


def check_chosen(word: str, choices: type[StrEnum]) -> str:
    """Return the word; refuse one that is not among the choices."""
    if word not in {each.value for each in choices}:
        raise RuleBroken("choice_unknown")
    return word


def check_consent(consent_on: date | None, today: date) -> date:
    """Return the day of a consent; refuse a pilot without one (PIL-1, PIPL 13)."""
    if consent_on is None:
        raise RuleBroken("pilot_without_consent")
    check_day(consent_on, today)
    return consent_on
