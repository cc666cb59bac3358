"""Whole numbers shared out so that the parts always sum to the whole. Pure Python."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def rounded(value: Fraction) -> int:
    """Return the nearest whole number; a half goes up."""
    return floor(value + Fraction(1, 2))


def shares(total: int, weights: Sequence[int], *, least: int = 0) -> list[int]:
    """Share out a whole number in proportion to the weights, by largest remainder.

    Equal remainders go to the earlier part. No part gets fewer than ``least``, which the
    largest parts pay for; a total too small for that is refused with ValueError.

    >>> shares(10, [1, 1, 1]), shares(3, [98, 1, 1], least=1)
    ([4, 3, 3], [1, 1, 1])
    """
    if total < least * len(weights):
        raise ValueError(f"{total} cannot be shared out so that {len(weights)} get {least} each.")
    whole = sum(weights) or 1
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-remainders[n], n))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    for n, part in enumerate(parts):
        for _ in range(least - part):
            parts[max(range(len(parts)), key=lambda m: parts[m])] -= 1
            parts[n] += 1
    return parts


def scaled(numbers: Sequence[int], scale: Fraction, *, least: int = 0) -> list[int]:
    """Shrink numbers together: their sum is rounded, then shared out in their proportion.

    At scale 1 they come back as they are.
    """
    return shares(max(rounded(sum(numbers) * scale), least * len(numbers)), numbers, least=least)


def dealt(items: Sequence[tuple[Item, int]], number: int, rng: Random) -> list[Item]:
    """Return ``number`` items in random order, each as often as its weight says.

    Dealing from a fixed pack instead of throwing dice keeps small towns like large ones.
    """
    times = shares(number, [weight for _, weight in items])
    pack = [item for (item, _), count in zip(items, times, strict=True) for _ in range(count)]
    rng.shuffle(pack)
    return pack
