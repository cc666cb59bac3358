"""Published numbers that know what they count (STA-5, design.md part 1, idea 6).

A figure carries value, unit, basis, bound, period, unit of organisation and status.
Figures of different basis do not add up: the attempt raises.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """What one of the things counted is."""

    PERSONS = "persons"
    PERSON_TIMES = "person_times"
    HOUSEHOLDS = "households"
    DEVICES = "devices"
    PERSON_SLOTS = "person_slots"
    UNITS = "units"
    MATTERS = "matters"
    GRANTS = "grants"
    FEN = "fen"
    """Money in whole fen; pages show it in yuan."""


class Bound(StrEnum):
    """How exact the value is: as counted, at least, or about."""

    EXACT = "="
    MORE_THAN = ">"
    ABOUT = "≈"


class Status(StrEnum):
    """How final the value is."""

    LIVE = "live"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    FROZEN = "frozen"
    CORRECTED = "corrected"


class FiguresDiffer(ValueError):
    """Two figures of different kind were about to be added or compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """The days a figure speaks of, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number that can be published.

    ``counts`` is the stable name of the query that recounts it (``arrived``,
    ``completed`` …); ``unit_id`` the public id of the unit of organisation.
    """

    value: int
    basis: Basis
    counts: str
    unit_id: str
    period: Period
    bound: Bound = Bound.EXACT
    status: Status = Status.LIVE

    def plus(self, other: "Figure", *, unit_id: str) -> "Figure":
        """Return the sum for a wider unit, on the same days.

        Raises FiguresDiffer unless basis, meaning and period agree. The less exact bound
        and the less final status win.
        """
        if (self.basis, self.counts, self.period) != (other.basis, other.counts, other.period):
            raise FiguresDiffer(
                f"{self.counts} in {self.basis} and {other.counts} in {other.basis}"
            )
        return replace(
            self,
            value=self.value + other.value,
            unit_id=unit_id,
            bound=_looser(self.bound, other.bound),
            status=_less_final(self.status, other.status),
        )

    def then(self, later: "Figure") -> "Figure":
        """Return the sum over two evenings, which counts person-times, never persons.

        Only counts of persons or person-times of one unit can be joined this way; the same
        person on two evenings is two person-times (domain.md 5.3).
        """
        joinable = {Basis.PERSONS, Basis.PERSON_TIMES}
        same = (self.counts, self.unit_id) == (later.counts, later.unit_id)
        if (
            not same
            or {self.basis, later.basis} - joinable
            or self.period.last >= later.period.first
        ):
            raise FiguresDiffer("Only the same count of one unit on later days can be joined.")
        return replace(
            self,
            value=self.value + later.value,
            basis=Basis.PERSON_TIMES,
            period=Period(first=self.period.first, last=later.period.last),
            bound=_looser(self.bound, later.bound),
            status=_less_final(self.status, later.status),
        )


def _looser(one: Bound, other: Bound) -> Bound:
    if Bound.ABOUT in (one, other):
        return Bound.ABOUT
    return Bound.MORE_THAN if Bound.MORE_THAN in (one, other) else Bound.EXACT


_ORDER = [Status.LIVE, Status.PROVISIONAL, Status.CONFIRMED, Status.FROZEN, Status.CORRECTED]


def _less_final(one: Status, other: Status) -> Status:
    return min(one, other, key=_ORDER.index)
