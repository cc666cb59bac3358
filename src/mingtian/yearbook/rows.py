"""What reads of the book return."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mingtian.aid.queries.schemes import SchemeRow
from mingtian.core.figures import Bound, Status
from mingtian.org.queries import UnitRow
from mingtian.yearbook.masking import ZERO, Given, Shown, given_out, given_out_whole
from mingtian.yearbook.rules import Counts, Key, Measure, OfRules, Year


@dataclass(frozen=True, kw_only=True, slots=True)
class TermRow:
    """What was paid by one scheme in one term, in the whole unit."""

    scheme: SchemeRow
    term: str
    grants: int
    persons: int
    fen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRow:
    """An edition without its cells."""

    id: int
    public_id: str
    unit_id: int
    year: Year
    number: int
    taken_on: date
    taken_at: datetime
    taken_by: str
    closing: bool
    book: str
    book_head: str
    previous: str
    digest: str

    @property
    def status(self) -> Status:
        """Closed years are frozen, others still move."""
        return Status.FROZEN if self.closing else Status.PROVISIONAL


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedRow:
    """A figure as a report printed it. ``place`` None: the whole unit."""

    place: int | None
    measure: Measure | OfRules
    word: str
    bound: Bound
    value: int
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A unit's year as one reader sees it: each number as it is, or as an edition gave it out."""

    unit: UnitRow
    year: Year
    day: date
    whole: Given
    places: Mapping[int, Given]
    units: Mapping[int, UnitRow]
    schemes: Mapping[str, SchemeRow]
    edition: EditionRow | None = None
    """The edition that gave the numbers out; None for numbers of this moment, each as it is."""

    @property
    def exact(self) -> bool:
        return self.edition is None

    @property
    def status(self) -> Status:
        return self.edition.status if self.edition else Status.LIVE

    def at(self, place: int | None, key: Key) -> Shown:
        """Return a number of a place, or of the whole (None)."""
        return (self.whole if place is None else self.places[place]).get(key, ZERO)

    def of_place(self, place: UnitRow) -> "Sheet":
        """Return what this sheet tells of one place."""
        return replace(self, unit=place, whole=self.places.get(place.id, {}), places={}, units={})


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A unit's year as it is counted at this moment, of the whole and of each place.

    Who may read it is said by ``access``; everybody else reads what an edition gave out.
    """

    unit: UnitRow
    year: Year
    day: date
    whole: Counts
    places: Mapping[int, Counts]
    units: Mapping[int, UnitRow]
    schemes: Mapping[str, SchemeRow]
    terms: tuple[TermRow, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many schemes of each kind the unit has, its own and those of units above."""

    def given(self) -> Given:
        """Return what is given out of the whole."""
        return given_out_whole(self.whole, self.places.values())

    def given_of(self, place: int) -> Given:
        """Return what is given out of a place."""
        return given_out(self.places.get(place, {}))

    def sheet(self) -> Sheet:
        """Return the book for whoever may read each number as it is."""
        return Sheet(
            unit=self.unit, year=self.year, day=self.day, whole=_as_it_is(self.whole),
            places={place: _as_it_is(counts) for place, counts in self.places.items()},
            units=self.units, schemes=self.schemes,
        )  # fmt: skip


def _as_it_is(counts: Counts) -> Given:
    return {key: Shown(value=value) for key, value in counts.items() if value}
