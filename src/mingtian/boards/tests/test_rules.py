"""Phases, the slot that counts as present, coverage, places."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.boards.rules import (
    Attending,
    Coverage,
    Evening,
    Phase,
    attending,
    coverage,
    may_compare,
    places,
    rate_measure,
)
from mingtian.core.figures import Status
from mingtian.org.rules import UnitKind

STARTS = datetime(2026, 9, 18, 12, 0, tzinfo=UTC)
HOUR = Evening(
    doors_at=STARTS - timedelta(minutes=10),
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=1),
    closes_at=STARTS + timedelta(hours=16),
)
COUNTS = st.dictionaries(st.integers(1, 7), st.integers(0, 10_000))
MEASURES = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12)


@pytest.mark.parametrize(
    ("minutes", "phase", "slot", "seen"),
    [
        (-11, Phase.AHEAD, -1, None),
        (-10, Phase.WAITING, -1, None),
        (0, Phase.RUNNING, 0, None),
        (0.99, Phase.RUNNING, 0, None),
        (1.99, Phase.RUNNING, 1, None),
        (2, Phase.RUNNING, 2, 0),
        (59.99, Phase.RUNNING, 59, 57),
        (60, Phase.LATE, 60, 58),
        (61, Phase.LATE, 60, 59),
        (16 * 60, Phase.OVER, 60, 59),
    ],
)
def test_an_evening_passes_through_its_phases(
    minutes: float, phase: Phase, slot: int, seen: int | None
) -> None:
    moment = HOUR.at(STARTS + timedelta(minutes=minutes))

    assert (moment.phase, moment.slot, moment.seen) == (phase, slot, seen)


@pytest.mark.parametrize(("minutes", "status"), [(59, Status.LIVE), (60, Status.PROVISIONAL)])
def test_figures_are_provisional_from_the_end_on(minutes: int, status: Status) -> None:
    assert HOUR.at(STARTS + timedelta(minutes=minutes)).status is status


@given(st.integers(1, 4 * 3600), st.floats(0, 1, exclude_max=True))
def test_a_slot_is_a_sixtieth_of_any_length(seconds: int, part: float) -> None:
    evening = Evening(
        doors_at=STARTS,
        starts_at=STARTS,
        ends_at=STARTS + timedelta(seconds=seconds),
        closes_at=STARTS + timedelta(days=1),
    )
    now = STARTS + part * timedelta(seconds=seconds)

    slot = evening.at(now).slot

    # Instants have whole microseconds, so a slot's printed beginning may be one late.
    slack = timedelta(microseconds=1)
    assert evening.slot_begins(slot) - slack <= now <= evening.slot_begins(slot + 1) + slack


@given(COUNTS, COUNTS)
def test_coverage_counts_only_kinds_that_are_expected(
    arrived: Mapping[int, int], expected: Mapping[int, int]
) -> None:
    found = coverage(arrived, expected)

    kinds = {kind for kind, persons in expected.items() if persons}
    if not kinds:
        assert found is None
    else:
        assert found == Coverage(
            arrived=sum(n for kind, n in arrived.items() if kind in kinds),
            expected=sum(expected.values()),
        )


def test_parents_have_no_rate() -> None:
    assert coverage({1: 38, 2: 20}, {1: 40}) == Coverage(arrived=38, expected=40)
    assert coverage({2: 20}, {}) is None


def test_equal_units_share_a_place_and_the_next_is_skipped() -> None:
    assert places([9, 9, 7]) == [1, 1, 3]


def test_rates_tie_exactly_not_by_rounding() -> None:
    rates = [Fraction(1, 3), Fraction(33_333, 100_000), Fraction(10, 30)]

    assert places(rates) == [1, 3, 1]


@given(MEASURES)
def test_a_place_is_one_more_than_the_number_of_better_units(measures: list[int | None]) -> None:
    for measure, place in zip(measures, places(measures), strict=True):
        better = [each for each in measures if each is not None and each > (measure or 0)]
        assert place == (None if measure is None else len(better) + 1)


def test_a_small_unit_has_a_rate_but_no_place() -> None:
    small, enough = Coverage(arrived=29, expected=29), Coverage(arrived=15, expected=30)

    assert rate_measure(small) is None
    assert rate_measure(enough) == Fraction(1, 2)


@pytest.mark.parametrize("kind", [UnitKind.CLASS, UnitKind.GRADE, UnitKind.STAFF_GROUP])
def test_classes_and_smaller_circles_are_never_ranked(kind: UnitKind) -> None:
    """RNK-1: units are compared, never persons or classes."""
    assert not may_compare(kind, 10)


def test_schools_are_ranked_among_several() -> None:
    assert may_compare(UnitKind.SCHOOL, 2)
    assert not may_compare(UnitKind.SCHOOL, 1)


@pytest.mark.parametrize(
    ("live", "state"),
    [
        (None, Attending.NOT_YET),
        (0, Attending.ARRIVED),
        ((1 << 39) - 1, Attending.ARRIVED),
        ((1 << 40) - 1, Attending.COMPLETED),
    ],
)
def test_a_person_has_not_come_arrived_or_completed(live: int | None, state: Attending) -> None:
    assert attending(live, 40) is state
