"""What was built: the plan with the numbers that the database gave its units and people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from scenarios.suihua.plan import Plan
from scenarios.suihua.register import EVENINGS

from mingtian.org.rules import Line, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A lecture at another hour or of another length than 20:00 to 21:00."""

    starts_at: datetime
    length: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What may be chosen. ``password`` is given to every account of staff.

    The eight evenings begin on ``first_on``, or ``evenings_before`` days before today; with
    seven, the last one is tonight. ``tonight`` moves the lecture that is held today.
    """

    password: str
    scale: Fraction | float = Fraction(1, 20)
    seed: int = 1
    evenings_before: int = EVENINGS - 1
    first_on: date | None = None
    tonight: Sitting | None = None

    def days(self, today: date) -> list[date]:
        """Return the eight days, both ends included (CAM-1, F2)."""
        first = self.first_on or today - timedelta(days=self.evenings_before)
        return [first + timedelta(days=n) for n in range(EVENINGS)]


def september(year: int) -> date:
    """Return the first of the real dates: 18 September, for golden tests."""
    return date(year, 9, 18)


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A sign-in of staff and the post that comes with it."""

    username: str
    role: Role
    unit_id: int
    unit_name: str
    unit_name_en: str
    line: Line


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """A lecture. ``index`` counts from 0 and names the evening of the plan."""

    index: int
    lecture_id: int
    held_on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """Everything that was built, by key: plan keys are GB/T codes for places.

    ``persons``, ``homes`` and ``seats`` are primary keys in the order of the plan's lists;
    ``codes`` are the learning codes by the plan key of their unit.
    """

    plan: Plan
    units: dict[str, int]
    persons: range
    homes: range
    seats: range
    campaign_id: int
    evenings: tuple[Evening, ...]
    codes: dict[str, str]
    accounts: tuple[Account, ...]

    @property
    def lecture_ids(self) -> tuple[int, ...]:
        return tuple(evening.lecture_id for evening in self.evenings)

    def evenings_before(self, today: date) -> list[Evening]:
        """Return the evenings that are over."""
        return [evening for evening in self.evenings if evening.held_on < today]

    def evening_on(self, today: date) -> Evening | None:
        """Return tonight's lecture, None on a day without."""
        return next((evening for evening in self.evenings if evening.held_on == today), None)
