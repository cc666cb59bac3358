"""What reads of the book return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mingtian.aid.queries.schemes import SchemeRow
from mingtian.core.figures import Status
from mingtian.org.queries import UnitRow
from mingtian.yearbook.rules import Counts, Given, Year, given_out, given_out_whole


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
    book_entries: int
    book_head: str
    previous: str
    digest: str

    @property
    def status(self) -> Status:
        """Closed years are frozen, others still move."""
        return Status.FROZEN if self.closing else Status.PROVISIONAL


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A unit's year: what is counted of the whole and of each place, as it is.

    ``edition`` is None for numbers of this moment. Who may read ``whole`` and ``places`` is said by
    ``access``; everybody else reads :meth:`given` and :meth:`given_of`.
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
    edition: EditionRow | None = None

    @property
    def status(self) -> Status:
        return self.edition.status if self.edition else Status.LIVE

    def given(self) -> Given:
        """Return what is given out of the whole."""
        return given_out_whole(self.whole, self.places.values())

    def given_of(self, place: int) -> Given:
        """Return what is given out of a place."""
        return given_out(self.places.get(place, {}))
