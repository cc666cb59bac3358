"""Lists of units by a stated indicator: places, movement, who is too small (RNK-1). Pure Python.

Units are compared, never classes and never persons. A rate shows what it is a share of; equal units
share a place; a unit of which few are expected stands beside the list, without a place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from mingtian.boards.rules import SMALLEST_COMPARED, coverage, may_compare, places
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Line, UnitKind
from mingtian.people.rules import PersonKind

PERSON_KINDS = frozenset(kind.value for kind in PersonKind)
STATE_COUNCIL = "国办函〔2026〕12号"
CYBERSPACE = "中央网信委《关于防治“指尖上的形式主义”的若干意见》"


class Indicator(StrEnum):
    """By what units may be compared."""

    PERSONS = "persons"
    RATE = "rate"
    PUPILS = "pupils"


FORBIDDEN = {
    **dict.fromkeys(
        ("likes", "votes", "forwards", "shares", "minutes", "duration", "installs", "downloads",
         "followers", "screenshots", "comments", "completed"),
        STATE_COUNCIL,
    ),
    **dict.fromkeys(("points", "check_ins", "replies", "speed"), CYBERSPACE),
}  # fmt: skip
"""What units are never compared by, and the rule that forbids it (domain.md 11.5, 12)."""


def check_indicator(word: str) -> Indicator:
    """Return the indicator of a word. Refuses forbidden ones with the rule, and unknown ones."""
    if word in FORBIDDEN:
        raise RuleBroken("comparison_indicator_forbidden", word=word, norm=FORBIDDEN[word])
    if word not in set(Indicator):
        raise RuleBroken("comparison_indicator_unknown")
    return Indicator(word)


def check_compared(kind: UnitKind) -> None:
    """Refuse a list of what stands below a school or deeper: classes, grades, groups, persons."""
    if kind not in COMPARING:
        raise RuleBroken("comparison_of_classes")


COMPARING = frozenset(
    {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.SECTOR}
)
"""Units whose direct parts may be compared."""


def line_of(kind: UnitKind) -> Line:
    """Return the line along which a unit's parts stand: a bureau guides its schools."""
    return Line.GUIDES if kind is UnitKind.SECTOR else Line.LEADS


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What one unit counted on a day or over days: arrivals and denominators by kind of person."""

    arrived: Mapping[int, int] = field(default_factory=dict)
    expected: Mapping[int, int] = field(default_factory=dict)
    exempt: int = 0

    def plus(self, other: "Counted") -> "Counted":
        """Return both together: of several days, person-times and persons expected on each."""
        return Counted(
            arrived=_joined(self.arrived, other.arrived),
            expected=_joined(self.expected, other.expected),
            exempt=self.exempt + other.exempt,
        )

    @property
    def pupils(self) -> int:
        return self.arrived.get(PersonKind.PUPIL, 0)

    @property
    def persons(self) -> int:
        return sum(number for kind, number in self.arrived.items() if kind in PERSON_KINDS)


def _joined(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {kind: one.get(kind, 0) + other.get(kind, 0) for kind in {*one, *other}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A unit in a list. ``measure`` is what it is compared by; ``of`` the rate's denominator.

    ``place`` is None for one that is too small, ``moved`` None where there is nothing before.
    """

    unit_id: int
    public_id: str
    kind: UnitKind
    title: str
    value: int
    of: int | None
    exempt: int
    measure: int | Fraction | None
    small: bool
    place: int | None = None
    shared: bool = False
    moved: int | None = None

    @property
    def share(self) -> float | None:
        return self.value / self.of if self.of else None

    @property
    def fallen(self) -> int:
        """How many places it lost."""
        return max(0, -(self.moved or 0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """A unit as a list names it."""

    unit_id: int
    public_id: str
    kind: UnitKind
    title: str


def entry_of(counted: Counted, by: Indicator, called: Called, *, days: int = 1) -> Entry:
    """Return a unit's line without its place. ``days`` is over how many evenings it is counted.

    Small is a unit of which fewer than :data:`SMALLEST_COMPARED` are expected on one evening.
    """
    whole = coverage(counted.arrived, counted.expected, counted.exempt)
    value, of, measure = _measured(counted, by)
    return Entry(
        unit_id=called.unit_id, public_id=called.public_id, kind=called.kind, title=called.title,
        value=value, of=of, exempt=counted.exempt if by is Indicator.RATE else 0, measure=measure,
        small=whole is None or whole.of < SMALLEST_COMPARED * days,
    )  # fmt: skip


def _measured(counted: Counted, by: Indicator) -> tuple[int, int | None, int | Fraction | None]:
    if by is Indicator.PERSONS:
        return counted.persons, None, counted.persons
    if by is Indicator.PUPILS:
        return counted.pupils, None, counted.pupils
    whole = coverage(counted.arrived, counted.expected, counted.exempt)
    if whole is None:
        return 0, None, None
    return whole.arrived, whole.of, whole.exact


def ranked(entries: Sequence[Entry], before: Mapping[int, int | None] | None = None) -> list[Entry]:
    """Return the units of one kind in order, with places; the small ones last, without.

    ``before`` are the places of the day before by unit; a rise is positive.
    """
    if not entries or not may_compare(entries[0].kind, len(entries)):
        return list(entries)
    given = places([None if each.small else each.measure for each in entries])
    placed = [
        replace(
            each, place=place, shared=place is not None and given.count(place) > 1,
            moved=_moved(place, (before or {}).get(each.unit_id)),
        )
        for each, place in zip(entries, given, strict=True)
    ]  # fmt: skip
    return sorted(placed, key=lambda each: (each.place is None, each.place or 0))


def _moved(place: int | None, before: int | None) -> int | None:
    return None if place is None or before is None else before - place


def by_kind(entries: Iterable[Entry]) -> dict[UnitKind, list[Entry]]:
    """Return the units by kind: a county is not compared with a school beside it."""
    found: dict[UnitKind, list[Entry]] = {}
    for each in entries:
        found.setdefault(each.kind, []).append(each)
    return found
