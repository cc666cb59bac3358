"""Figures are added only where they count the same, and never promise more than their parts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mingtian.core.figures import Basis, Bound, Figure, FiguresDiffer, Period, Status

DAY = date(2023, 9, 18)
TONIGHT = Figure(
    value=30,
    basis=Basis.PERSONS,
    counts="arrived",
    unit_id="c1ass0000001",
    period=Period(first=DAY, last=DAY),
)
NEXT = Period(first=DAY + timedelta(days=1), last=DAY + timedelta(days=1))


def test_two_units_of_one_evening_make_a_wider_unit() -> None:
    both = TONIGHT.plus(replace(TONIGHT, value=12, unit_id="c1ass0000002"), unit_id="grade0000001")
    assert (both.value, both.basis, both.unit_id) == (42, Basis.PERSONS, "grade0000001")


@pytest.mark.parametrize(
    "other",
    [
        replace(TONIGHT, basis=Basis.PERSON_TIMES),
        replace(TONIGHT, basis=Basis.HOUSEHOLDS),
        replace(TONIGHT, counts="completed"),
        replace(TONIGHT, period=NEXT),
    ],
)
def test_what_does_not_count_the_same_is_never_added(other: Figure) -> None:
    with pytest.raises(FiguresDiffer):
        TONIGHT.plus(other, unit_id="grade0000001")


def test_persons_of_two_evenings_become_person_times() -> None:
    later = replace(TONIGHT, value=28, period=NEXT)
    joined = TONIGHT.then(later)
    assert (joined.value, joined.basis, joined.period.days) == (58, Basis.PERSON_TIMES, 2)


@pytest.mark.parametrize(
    "later",
    [
        TONIGHT,
        replace(TONIGHT, period=NEXT, basis=Basis.DEVICES),
        replace(TONIGHT, period=NEXT, unit_id="c1ass0000002"),
        replace(TONIGHT, period=NEXT, counts="completed"),
    ],
)
def test_only_the_same_count_of_later_days_is_joined(later: Figure) -> None:
    with pytest.raises(FiguresDiffer):
        TONIGHT.then(later)


@pytest.mark.parametrize(
    ("bound", "sums_to"),
    [(Bound.EXACT, Bound.EXACT), (Bound.MORE_THAN, Bound.MORE_THAN), (Bound.ABOUT, Bound.ABOUT)],
)
def test_a_sum_is_as_inexact_and_unfinished_as_its_parts(bound: Bound, sums_to: Bound) -> None:
    both = replace(TONIGHT, status=Status.FROZEN).plus(
        replace(TONIGHT, bound=bound, status=Status.PROVISIONAL), unit_id="grade0000001"
    )
    assert (both.bound, both.status) == (sums_to, Status.PROVISIONAL)
