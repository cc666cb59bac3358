"""Lists of units: places, ties, movement, the small ones; nothing forbidden (RNK-1, domain.md 12)."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.bulletins.lists import (
    FORBIDDEN,
    Called,
    Counted,
    Entry,
    Indicator,
    by_kind,
    check_compared,
    check_indicator,
    entry_of,
    ranked,
)
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.people.rules import PersonKind

PUPIL, MOTHER = PersonKind.PUPIL.value, PersonKind.PARENT.value


def entry(number: int, arrived: int, expected: int, by: Indicator = Indicator.RATE) -> Entry:
    counted = Counted(arrived={PUPIL: arrived, MOTHER: 5}, expected={PUPIL: expected})
    called = Called(
        unit_id=number, public_id=f"u{number}", kind=UnitKind.COUNTY, title=f"{number}县"
    )
    return entry_of(counted, by, called)


@pytest.mark.parametrize("word", sorted(FORBIDDEN))
def test_what_norms_forbid_is_no_indicator_and_the_norm_is_named(word: str) -> None:
    with pytest.raises(RuleBroken, match="comparison_indicator_forbidden") as refused:
        check_indicator(word)
    assert refused.value.facts["norm"] == FORBIDDEN[word]


@pytest.mark.parametrize("word", ["likes", "forwards", "minutes", "installs"])
def test_the_four_that_the_rule_names_are_forbidden(word: str) -> None:
    assert FORBIDDEN[word] == "国办函〔2026〕12号"


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(RuleBroken, match="comparison_indicator_unknown"):
        check_indicator("height")


@pytest.mark.parametrize("kind", [UnitKind.SCHOOL, UnitKind.GRADE, UnitKind.CLASS])
def test_classes_and_what_is_in_them_are_never_compared(kind: UnitKind) -> None:
    with pytest.raises(RuleBroken, match="comparison_of_classes"):
        check_compared(kind)


def test_a_rate_counts_only_who_was_expected_and_leaves_the_exempt_out() -> None:
    counted = Counted(arrived={PUPIL: 40, MOTHER: 30}, expected={PUPIL: 60}, exempt=10)
    called = Called(unit_id=1, public_id="u", kind=UnitKind.COUNTY, title="甲县")

    rate = entry_of(counted, Indicator.RATE, called)
    persons = entry_of(counted, Indicator.PERSONS, called)
    pupils = entry_of(counted, Indicator.PUPILS, called)

    assert (rate.value, rate.of, rate.exempt, rate.measure) == (40, 50, 10, Fraction(4, 5))
    assert (persons.value, persons.of) == (70, None)
    assert pupils.value == 40


def test_equals_share_a_place_and_the_small_stand_beside() -> None:
    found = ranked([entry(1, 40, 80), entry(2, 30, 60), entry(3, 29, 29), entry(4, 60, 60)])

    assert [(each.unit_id, each.place, each.shared) for each in found] == [
        (4, 1, False), (1, 2, True), (2, 2, True), (3, None, False),
    ]  # fmt: skip


def test_smallness_is_asked_of_one_evening() -> None:
    counted = Counted(arrived={PUPIL: 100}, expected={PUPIL: 160})
    called = Called(unit_id=1, public_id="u", kind=UnitKind.COUNTY, title="甲县")

    assert entry_of(counted, Indicator.PERSONS, called, days=8).small
    assert not entry_of(counted, Indicator.PERSONS, called, days=5).small
    assert entry_of(Counted(), Indicator.RATE, called).measure is None


def test_places_move_against_the_day_before() -> None:
    found = ranked([entry(1, 40, 80), entry(2, 50, 60)], {1: 1, 2: 2})

    assert [(each.unit_id, each.moved, each.fallen) for each in found] == [(2, 1, 0), (1, -1, 1)]
    assert [each.moved for each in ranked(found, {1: None})] == [None, None]


def test_one_unit_alone_has_no_place() -> None:
    assert [each.place for each in ranked([entry(1, 40, 80)])] == [None]
    assert ranked([]) == []


def test_a_county_is_not_compared_with_a_school_beside_it() -> None:
    called = Called(unit_id=9, public_id="s", kind=UnitKind.SCHOOL, title="市直小学")
    school = entry_of(Counted(), Indicator.PERSONS, called)

    assert [*by_kind([entry(1, 1, 1), school])] == [UnitKind.COUNTY, UnitKind.SCHOOL]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(30, 50)), min_size=2, max_size=12))
def test_a_better_share_never_stands_behind_a_worse(pairs: list[tuple[int, int]]) -> None:
    found = ranked([entry(n, min(come, of), of) for n, (come, of) in enumerate(pairs)])

    for one, other in pairwise(found):
        assert one.place is not None
        assert other.place is not None
        assert one.measure is not None
        assert other.measure is not None
        assert one.measure >= other.measure
        assert (one.measure == other.measure) == (one.place == other.place)
