"""Rows of the register, as other modules and pages get them."""

from dataclasses import dataclass
from datetime import date, datetime

from mingtian.children.rules import Basis, Category, ConsentPurpose, Party, Way
from mingtian.children.spec import Facts, GuardianSpec, Home
from mingtian.vault.rules import FileState


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildRow:
    """A child in sight, as a number. ``named``: the reader may open its name. ``by_post``: the reader's
    posts reach the child, beside any part; ``overseen``: and not for lists of aid alone.
    """

    id: int
    public_id: str
    unit_id: int
    school_id: int | None
    state: FileState
    admitted_at: datetime
    named: bool
    by_post: bool
    overseen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryRow:
    """A category of a child; ``ends_on`` is the first day on which it does not hold."""

    public_id: str
    child_id: int
    category: Category
    basis: Basis
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Say whether it holds on the day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRow:
    """A consent, given and perhaps withdrawn."""

    public_id: str
    purpose: ConsentPurpose
    party: Party
    version: int
    way: Way
    given_on: date
    told_on: date | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardianRow:
    """Somebody who looks after the child, opened."""

    public_id: str
    said: GuardianSpec
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """Who a child is, opened by whoever may. None: never written, a clerk registered it for aid."""

    name: str
    birth_year: int
    facts: Facts | None
    home: Home | None
    guardians: tuple[GuardianRow, ...]
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryCounts:
    """Children of a reach by category on a day: persons each, and how many children that are.

    The categories add up to more than ``children`` by those who are in several.
    """

    by_category: dict[Category, int]
    children: int
    in_several: int
    without: int
