"""Sixty counters in one number: adding numbers adds counters."""

from hypothesis import given
from hypothesis import strategies as st

from mingtian.attendance.curve import MOST, count_at, decode, encode
from mingtian.attendance.rules import SLOTS

COUNTS = st.lists(st.integers(0, MOST), min_size=SLOTS, max_size=SLOTS)
HALF = st.lists(st.integers(0, MOST // 2), min_size=SLOTS, max_size=SLOTS)
SLOT = st.integers(0, SLOTS - 1)


@given(COUNTS)
def test_decoding_gives_back_what_was_encoded(counts: list[int]) -> None:
    assert decode(encode(counts)) == counts


@given(HALF, HALF)
def test_adding_two_curves_adds_every_slot(one: list[int], other: list[int]) -> None:
    assert decode(encode(one) + encode(other)) == [a + b for a, b in zip(one, other, strict=True)]


@given(COUNTS, SLOT)
def test_one_slot_is_read_without_the_others(counts: list[int], slot: int) -> None:
    assert count_at(encode(counts), slot) == counts[slot]


def test_slot_0_is_lowest() -> None:
    assert encode([7] + [0] * 59) == 7
    assert encode([0, 1] + [0] * 58) == 10**8
