"""Counts of the book as figures, and what may be added. Pure Python."""

from collections.abc import Sequence

from mingtian.core.figures import Basis, Bound, Figure, FiguresDiffer, Period, Status
from mingtian.yearbook.masking import Shown
from mingtian.yearbook.rules import BASES, OF_PERSONS, Key, Measure


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


ABOUT_WITHIN = 20
"""A printed "about" is right to a twentieth of what it says."""


def agrees(bound: Bound, printed: int, counted: int) -> bool:
    """Say whether a printed number can stand for what is counted now.

    >>> agrees(Bound.MORE_THAN, 10_000, 10_153), agrees(Bound.MORE_THAN, 10_000, 10_000)
    (True, False)
    >>> agrees(Bound.EXACT, 168, 167), agrees(Bound.ABOUT, 168, 167)
    (False, True)
    """
    if bound is Bound.MORE_THAN:
        return counted > printed
    if bound is Bound.ABOUT:
        return abs(counted - printed) * ABOUT_WITHIN <= printed
    return counted == printed


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
