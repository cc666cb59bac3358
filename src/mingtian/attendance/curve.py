"""Sixty counters in one decimal number: how many were there in each slot of a lecture.

Slot k stands at 10 to the power 8k, so adding two numbers adds all sixty counters at once,
in PostgreSQL as in Python. A counter holds up to 99,999,999 persons. Pure Python
(docs/mechanisms/counting.md).
"""

from collections.abc import Sequence

from mingtian.attendance.rules import SLOTS

DIGITS = 8
"""Decimal digits of one counter."""

MOST = 10**DIGITS - 1
"""The largest count that fits; beyond it a counter would spill into the next slot."""


def encode(counts: Sequence[int]) -> int:
    """Return the number that holds sixty counts, slot 0 lowest."""
    assert len(counts) == SLOTS
    assert all(0 <= count <= MOST for count in counts)
    return int("".join(f"{count:0{DIGITS}d}" for count in reversed(counts)))


def decode(number: int) -> list[int]:
    """Return the sixty counts of a number, slot 0 first."""
    text = f"{number:0{DIGITS * SLOTS}d}"
    return [int(text[start : start + DIGITS]) for start in range(DIGITS * (SLOTS - 1), -1, -DIGITS)]


def count_at(number: int, slot: int) -> int:
    """Return the count of one slot without reading the others."""
    count: int = number // 10 ** (DIGITS * slot) % 10**DIGITS
    return count
