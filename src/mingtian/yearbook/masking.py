"""In which form a count leaves the office (decision 0030). Pure Python.

A *cell* is one count of one place: a town, street or school directly below a county. What is given out is
made of cells alone, each masked by itself; totals are made of masked cells (:func:`total_of`). So
nothing that is given out depends on what a masked cell hides: no sum, no difference, no later edition.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingtian.core.figures import Bound
from mingtian.yearbook.rules import (
    CELLS_OF,
    IN_SEVERAL,
    MONEY,
    OF_PERSONS,
    Counts,
    Key,
    Measure,
    covers,
    is_cell,
    with_sums,
)

SMALL = 7
"""Counts from 1 to 7 are not given out (reliability.md 4.12)."""

STEP = 5
"""Other counts are given out as the nearest multiple of five."""

MONEY_STEP = 1_000_00
"""Money is given out as the nearest thousand yuan, in fen."""

LEAST_TOTAL = 10
"""Totals are told from here on: a smaller one could narrow a masked number."""

MASKED = "*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A number as it is given out. ``value`` None: masked."""

    value: int | None
    bound: Bound = Bound.EXACT

    @property
    def least(self) -> int:
        """The least number that looks so. Totals build on this and on nothing else."""
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
    """Return the form in which money is given out: masked where it went to few, or is too little to round.

    >>> mask_money(146_125_00, 295).value, mask_money(1_500_00, 3).value, mask_money(400_00, 8).value
    (14600000, None, None)
    """
    if count == 0:
        return ZERO
    rounded = (fen + MONEY_STEP // 2) // MONEY_STEP * MONEY_STEP
    if count <= SMALL or rounded == 0:
        return STAR
    return Shown(value=rounded, bound=Bound.ABOUT)


def least_of(measure: Measure, shown: Shown) -> int:
    """Return the least number of the measure that is given out so."""
    if measure not in MONEY:
        return shown.least
    if shown.value is None:
        return 0
    return max(0, shown.value - MONEY_STEP // 2)


def more_than(value: int) -> Shown:
    """Return a round number below a value, for "more than"; masked where there is none from ten on.

    >>> [more_than(n).value for n in (10_128, 10_000, 244, 12, 10)]
    [10000, 9900, 240, 10, None]
    """
    step = max(STEP, 10 ** (len(str(max(value - 1, 1))) - 2))
    below = (value - 1) // step * step
    return Shown(value=below, bound=Bound.MORE_THAN) if below >= LEAST_TOTAL else STAR


Given = Mapping[Key, Shown]
"""What is given out of one place, or of the whole unit. Nothing stands for none."""


def given_out(counts: Counts) -> Given:
    """Return what is given out of one place: each cell by itself, totals from those."""
    cells = _masked(counts)
    return cells | {
        key: total_of(key, [cells], value)
        for key, value in with_sums(counts).items()
        if not is_cell(key) and key[1] != IN_SEVERAL
    }


def given_out_whole(whole: Counts, places: Iterable[Counts]) -> Given:
    """Return what is given out of the unit to which the places belong: totals over their cells."""
    cells = [_masked(counts) for counts in places]
    return {
        key: total_of(key, cells, value)
        for key, value in with_sums(whole).items()
        if key[1] != IN_SEVERAL
    }


def total_of(key: Key, places: Iterable[Given], exact: int) -> Shown:
    """Return the form in which a total over the cells of places is given out: "more than", in round numbers.

    Of a sum it depends on the given-out cells alone, never on ``exact``; the sum of a single cell is
    that cell. For children, who do not add up, see :func:`_of_children`.
    """
    measure, word = key
    own = CELLS_OF.get(measure, measure)
    found = [
        (cell, shown)
        for cells in places
        for (each, cell), shown in cells.items()
        if each is own and covers(word, cell) and shown != ZERO
    ]
    if measure in OF_PERSONS:
        return _of_children(measure, found, exact)
    if len(found) == 1:
        return found[0][1]
    return more_than(sum(least_of(measure, shown) for _, shown in found)) if found else ZERO


def _of_children(measure: Measure, found: Sequence[tuple[str, Shown]], exact: int) -> Shown:
    """Return how many children cells hold together, at the least.

    The least sum of the cells is told where it holds, that is where few children stand in several of
    them; or half of it, where most stand at home and at school. Else what holds however much they
    overlap: a child stands in the cells of one word twice at the most, and has one grant of a scheme in
    a term. So ``exact`` decides between three numbers that follow from the cells, and tells no more.
    """
    if not found:
        return STAR if exact else ZERO
    sums: dict[str, int] = {}
    for word, shown in found:
        sums[word] = sums.get(word, 0) + shown.least
    together = sum(sums.values())
    for likely in (more_than(together), more_than(_half(together))):
        if likely.value is not None and likely.value < exact:
            return likely
    most = max(sums.values())
    if measure in CELLS_OF:
        return more_than(most)
    return more_than(max(_half(most), *(shown.least for _, shown in found)))


def _half(number: int) -> int:
    return -(-number // 2)


def _masked(counts: Counts) -> dict[Key, Shown]:
    return {key: _mask_of(key, value, counts) for key, value in counts.items() if is_cell(key)}


def _mask_of(key: Key, value: int, counts: Counts) -> Shown:
    measure, word = key
    if measure in MONEY:
        return mask_money(value, counts.get((MONEY[measure], word), 0))
    return mask(value)
