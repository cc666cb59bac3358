"""What a year of care counts, and in which form a count leaves the office (decision 0030). Pure Python.

A *cell* is one count of one place: a town, street or school directly below a county. What is given out is
made of cells alone, each masked by itself; totals are made of masked cells (:func:`together`). So
nothing that is given out depends on what a masked cell hides: no sum, no difference, no later edition.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure, FiguresDiffer, Period, Status
from mingtian.org.rules import Role, UnitKind

SMALL = 7
"""Counts from 1 to 7 are not given out (reliability.md 4.12)."""

STEP = 5
"""Other counts are given out as the nearest multiple of five."""

MONEY_STEP = 1_000_00
"""Money is given out as the nearest thousand yuan, in fen."""

LEAST_TOTAL = 10
"""Totals are told from here on: a smaller one could narrow a masked number."""

MASKED = "*"

FIRST_YEAR = 2016
"""No book is older: the definitions of categories begin with it."""


class Measure(StrEnum):
    """What is counted."""

    CHILDREN = "children"
    """Children on the register by category; word: the category, empty for all, one of OVERLAPS."""
    PAIRED = "paired"
    """Children with a helping pair, by category as above."""
    PAIRS = "pairs"
    VISITS = "visits"
    CASES = "cases"
    """Word: the state."""
    TALKS = "talks"
    GRANTS = "grants"
    """Grants paid; word: the scheme's public id."""
    AIDED = "aided"
    """Children to whom something was paid, each once; without a word."""
    PAID = "paid"
    """Money paid, in fen; word as for grants."""
    GIFTS = "gifts"
    GIFT_MONEY = "gift_money"


M = Measure

BASES: Mapping[Measure, Basis] = {
    M.CHILDREN: Basis.PERSONS,
    M.PAIRED: Basis.PERSONS,
    M.PAIRS: Basis.MATTERS,
    M.VISITS: Basis.MATTERS,
    M.CASES: Basis.MATTERS,
    M.TALKS: Basis.MATTERS,
    M.GRANTS: Basis.GRANTS,
    M.AIDED: Basis.PERSONS,
    M.PAID: Basis.FEN,
    M.GIFTS: Basis.MATTERS,
    M.GIFT_MONEY: Basis.FEN,
}

OF_PERSONS = frozenset({M.CHILDREN, M.PAIRED, M.AIDED})
"""One child can be in two categories, learn in another town, have two grants: these never add up."""

MONEY: Mapping[Measure, Measure] = {M.PAID: M.GRANTS, M.GIFT_MONEY: M.GIFTS}
"""Money and the count that says whether it is masked: at known rates a small sum tells its count."""

ALL = ""
"""The word of a measure's total over its words, and of measures that have none."""

WORDED = frozenset({M.CHILDREN, M.PAIRED, M.CASES, M.GRANTS, M.AIDED, M.PAID})
"""Measures told apart by category, state or scheme."""

CELLS_OF: Mapping[Measure, Measure] = {M.AIDED: M.GRANTS}
"""Totals made of another measure's cells: who is aided is told by grants, each of which is one child's."""

IN_SEVERAL = "in_several"
WITHOUT = "without"
OVERLAPS = frozenset({IN_SEVERAL, WITHOUT})
"""Words beside categories: children in more than one, and in none."""

READERS_OF_ALL = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Posts that read the book; at a county or town with its numbers as they are."""

READERS = READERS_OF_ALL | {Role.AUDITOR}

SUPERVISING_AT = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP})
KINDS = SUPERVISING_AT | {UnitKind.CITY}
"""Units that have a page in the book."""

PLACES = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.SCHOOL})
"""What stands directly below a county and is a place of its own in the book."""


# --- The year ---------------------------------------------------------------


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A year of care: a spring and an autumn term, from 1 March to the end of February."""

    number: int

    @property
    def first(self) -> date:
        return date(self.number, 3, 1)

    @property
    def last(self) -> date:
        return date.fromordinal(date(self.number + 1, 3, 1).toordinal() - 1)

    @property
    def period(self) -> Period:
        return Period(first=self.first, last=self.last)

    @property
    def terms(self) -> tuple[str, str]:
        """The codes of its terms."""
        return f"{self.number}-1", f"{self.number}-2"

    def counted_on(self, today: date) -> date:
        """Return the day on which the book is counted: today, or its last day once it is over."""
        return min(today, self.last)


def year_of(day: date) -> Year:
    """Return the year of care in which a day lies.

    >>> year_of(date(2024, 2, 29)).number, year_of(date(2024, 3, 1)).number
    (2023, 2024)
    """
    return Year(day.year if day.month >= 3 else day.year - 1)


def check_closable(year: Year, today: date) -> None:
    """Raise RuleBroken for a year that is not over: its numbers still move."""
    if today <= year.last:
        raise RuleBroken("yearbook_not_over", last=year.last.isoformat())


# --- What is given out ------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A number as it is given out. ``value`` None: masked."""

    value: int | None
    bound: Bound = Bound.EXACT

    @property
    def least(self) -> int:
        """The least number that looks so. ``together`` builds on this and on nothing else."""
        if self.value is None:
            return 1
        return max(self.value - STEP // 2, SMALL + 1) if self.bound is Bound.ABOUT else self.value


ZERO = Shown(value=0)
STAR = Shown(value=None)


def mask(value: int) -> Shown:
    """Return the form in which a count is given out.

    >>> [mask(n).value for n in (0, 1, 7, 8, 12, 13, 168)]
    [0, None, None, 10, 10, 15, 170]
    """
    if value < 0:
        raise ValueError("A count is never below zero.")
    if value == 0:
        return ZERO
    if value <= SMALL:
        return STAR
    return Shown(value=(value + STEP // 2) // STEP * STEP, bound=Bound.ABOUT)


def mask_money(fen: int, count: int) -> Shown:
    """Return the form in which money is given out: masked where it went to few.

    >>> mask_money(146_125_00, 295).value, mask_money(1_500_00, 3).value
    (14600000, None)
    """
    if count == 0:
        return ZERO
    if count <= SMALL:
        return STAR
    return Shown(value=(fen + MONEY_STEP // 2) // MONEY_STEP * MONEY_STEP, bound=Bound.ABOUT)


def least_of(measure: Measure, shown: Shown) -> int:
    """Return the least number of the measure that is given out so."""
    if measure not in MONEY:
        return shown.least
    if shown.value is None:
        return 0
    return max(0, shown.value - MONEY_STEP // 2)


def together(measure: Measure, cells: Sequence[Shown], exact: int) -> Shown:
    """Return the form in which a total over cells is given out: "more than", in round numbers.

    Of a sum it depends on the given-out cells alone, never on ``exact``. Of children, who do not add up,
    ``exact`` can only lower it; that the cells sum to more follows from the cells anyway. The sum of a
    single cell is that cell.
    """
    some = [cell for cell in cells if cell != ZERO]
    if not some:
        return ZERO
    if len(some) == 1 and measure not in OF_PERSONS:
        return some[0]
    return more_than(min(sum(least_of(measure, cell) for cell in some), exact))


def more_than(value: int) -> Shown:
    """Return a round number below a value, for "more than"; masked where there is none from ten on.

    >>> [more_than(n).value for n in (10_128, 10_000, 244, 12, 10)]
    [10000, 9900, 240, 10, None]
    """
    step = max(STEP, 10 ** (len(str(max(value - 1, 1))) - 2))
    below = (value - 1) // step * step
    return Shown(value=below, bound=Bound.MORE_THAN) if below >= LEAST_TOTAL else STAR


# --- Counts of a place ------------------------------------------------------

Key = tuple[Measure, str]
Counts = Mapping[Key, int]
"""What is counted of one place, or of the whole unit, as it is."""

Given = dict[Key, Shown]


def with_sums(counts: Counts) -> dict[Key, int]:
    """Return the counts with the sum over words of every measure whose words add up."""
    summed = dict(counts)
    for measure in WORDED - OF_PERSONS:
        words = [value for (each, word), value in counts.items() if each is measure and word != ALL]
        if words:
            summed[measure, ALL] = sum(words)
    return summed


def given_out(counts: Counts) -> Given:
    """Return what is given out of one place: each count by itself, totals over words from those."""
    cells = {key: _masked(key, value, counts) for key, value in counts.items() if _is_cell(key)}
    totals = {
        (measure, ALL): together(measure, _of(measure, [cells]), value)
        for (measure, word), value in with_sums(counts).items()
        if word == ALL and measure in WORDED
    }
    return cells | totals


def given_out_whole(whole: Counts, places: Iterable[Counts]) -> Given:
    """Return what is given out of the unit to which the places belong: totals over their cells."""
    cells = [
        {key: _masked(key, value, counts) for key, value in counts.items() if _is_cell(key)}
        for counts in places
    ]
    given = {}
    for (measure, word), value in with_sums(whole).items():
        if word == ALL and measure in WORDED:
            given[measure, word] = together(measure, _of(measure, cells), value)
        elif _is_cell((measure, word)):
            own = [each.get((measure, word), ZERO) for each in cells]
            given[measure, word] = together(measure, own, value)
    return given


def rest_of(whole: Counts, places: Iterable[Counts]) -> dict[Key, int]:
    """Return what the unit has itself, beside its places. Only sums can be told apart so."""
    rest = {key: value for key, value in whole.items() if key[0] not in OF_PERSONS}
    for counts in places:
        for key, value in counts.items():
            if key in rest:
                rest[key] -= value
    return {key: value for key, value in rest.items() if value > 0}


def _is_cell(key: Key) -> bool:
    """Totals over words and overlaps are no cells: beside the words they would tell them."""
    measure, word = key
    return word not in OVERLAPS and (word != ALL or measure not in WORDED)


def _masked(key: Key, value: int, counts: Counts) -> Shown:
    measure, word = key
    if measure in MONEY:
        return mask_money(value, counts.get((MONEY[measure], word), 0))
    return mask(value)


def _of(measure: Measure, cells: Iterable[Mapping[Key, Shown]]) -> list[Shown]:
    wanted = CELLS_OF.get(measure, measure)
    return [shown for each in cells for (own, _), shown in each.items() if own is wanted]


# --- Figures ----------------------------------------------------------------


def figure(
    key: Key, value: int | Shown, *, unit_id: str, period: Period, status: Status = Status.LIVE
) -> Figure | None:
    """Return a count as a Figure; None for one that is masked."""
    measure, word = key
    shown = value if isinstance(value, Shown) else Shown(value=value)
    if shown.value is None:
        return None
    return Figure(
        value=shown.value, basis=BASES[measure], counts=f"{measure.value}:{word}",
        unit_id=unit_id, period=period, bound=shown.bound, status=status,
    )  # fmt: skip


def add(measure: Measure, figures: Sequence[Figure], *, unit_id: str) -> Figure:
    """Return the sum of one measure over places.

    Raises FiguresDiffer for counts of children: a child who lives in one town and learns in another is
    one child (domain.md 5.10), and for figures that differ in basis, meaning or days.
    """
    if measure in OF_PERSONS:
        raise FiguresDiffer(f"{measure.value} of different places may be the same persons")
    total, *others = figures
    for each in others:
        total = total.plus(each, unit_id=unit_id)
    return total


def children_of(categories: Sequence[Figure], in_several: Figure) -> int:
    """Return how many children the categories hold together (domain.md 5.10).

    168 + 73 + 3 = 244 are children only where no child is in two categories; else FiguresDiffer.
    """
    if {each.basis for each in [*categories, in_several]} != {Basis.PERSONS}:
        raise FiguresDiffer("Only counts of children by category make up children.")
    if in_several.value or in_several.bound is not Bound.EXACT:
        raise FiguresDiffer("The categories overlap: their sum is not a number of children.")
    if any(each.bound is not Bound.EXACT for each in categories):
        raise FiguresDiffer("Rounded numbers make up no number of children.")
    return sum(each.value for each in categories)
