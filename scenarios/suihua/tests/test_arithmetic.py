from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenarios.suihua.arithmetic import dealt, rounded, scaled, shares

numbers = st.lists(st.integers(0, 200_000), min_size=1, max_size=30)


@given(st.integers(0, 1_000_000), numbers.filter(any))
def test_parts_sum_to_the_whole_and_lie_within_one_of_their_due(
    total: int, weights: list[int]
) -> None:
    parts = shares(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(numbers.filter(any), st.integers(0, 3))
def test_no_part_is_less_than_the_least(weights: list[int], least: int) -> None:
    total = sum(weights) + least * len(weights)

    parts = shares(total, weights, least=least)

    assert sum(parts) == total
    assert min(parts) >= least


def test_too_little_for_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cannot be shared out"):
        shares(3, [1, 1], least=2)


@given(numbers.filter(any))
def test_at_scale_one_numbers_come_back_as_they_are(given_numbers: list[int]) -> None:
    assert scaled(given_numbers, Fraction(1)) == given_numbers


@pytest.mark.parametrize(("value", "nearest"), [("5/2", 3), ("12/5", 2), ("13/5", 3), ("4", 4)])
def test_a_half_is_rounded_up(value: str, nearest: int) -> None:
    assert rounded(Fraction(value)) == nearest


def test_a_dealt_pack_holds_each_item_as_often_as_its_weight() -> None:
    pack = dealt([("a", 3), ("b", 1)], 8, Random(1))

    assert (pack.count("a"), pack.count("b")) == (6, 2)
