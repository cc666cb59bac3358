"""The figures of the year (domain.md part 4, F29 to F37): which are reported, which are chosen. Pure Python.

Reported are sums. How they are made up is not, so the parts below are chosen: they make the reported sums
exactly, and fit the rates that held (5.7, 5.8). At a smaller scale each part shrinks by itself, to one at
the least, and sums are whatever the lines come to.
"""

from dataclasses import dataclass
from fractions import Fraction

QINGGANG = "231223"
YINGCHUN = "231223109"
ZHONGHE = "231223101"

LEFT_BEHIND, SINGLE_PARENT, ORPHANS = 168, 73, 3
"""F31: children of Yingchun in pairs. The scenario reads the categories as exclusive (5.10)."""

BOARDERS, BOARDERS_YUAN = 295, 146_125
"""F32, F33."""

MEALS, MEALS_YUAN = 118, 23_000
"""F34, F35."""

ASSISTANCES, EXEMPTIONS, SUPPLEMENTS = 5, 2, 1
"""F36. The five are not named in the reports; their names here are invented."""

AREAS = 4
"""F37."""

MORE_THAN_PUPILS, MORE_THAN_YUAN = 10_000, 5_000_000
"""F29, F30: since 2023, both "more than"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """So many children with the same grant: at a level, boarding or not, so many days of a daily rate."""

    number: int
    junior: bool = False
    boarding: bool = True
    days: int = 1


YINGCHUN_BOARDERS = (
    Part(number=276),
    Part(number=9, junior=True),
    Part(number=10, boarding=False),
)
"""276 × 500 + 9 × 625 + 10 × 250 = 146,125 yuan for 295: ten lines at half the rate, six are the least."""

YINGCHUN_MEALS = (Part(number=116, days=39), Part(number=2, days=38))
"""(116 × 39 + 2 × 38) × 5 = 23,000 yuan for 118: no single whole-yuan rate, and nobody is odd."""

MEALS_OF_BOARDERS = 50
"""So many of the meal grants go to children who have a boarder's grant as well."""

ELSEWHERE = (
    Part(number=6_900),
    Part(number=1_930, junior=True),
    Part(number=960, boarding=False),
)
"""In the county's other towns, half of it in each term where both are played."""


def scaled(number: int, scale: Fraction) -> int:
    """Return a number at a scale, one at the least.

    >>> scaled(295, Fraction(1, 100)), scaled(3, Fraction(1, 100)), scaled(295, Fraction(1))
    (3, 1, 295)
    """
    return max(1, round(number * scale))
