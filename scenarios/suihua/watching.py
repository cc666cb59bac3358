"""How an evening goes on one phone: maps of sixty slots with a first beat. Pure Python."""

from random import Random
from typing import NamedTuple

from mingtian.attendance.rules import FULL, SLOTS, slots_since

PACK = 1024
"""Different courses in a pack; enough that no two classes look alike."""


class Course(NamedTuple):
    """The slot of the first beat and the slots that were played; none before the first."""

    first: int
    played: int


def courses(rng: Random) -> list[Course]:
    """Return a pack to draw from: most watch it all, some come late, leave, or drop out."""
    return [_course(n * 100 // PACK, rng) for n in range(PACK)]


def thorough_courses(rng: Random) -> list[Course]:
    """Return a pack in which everybody watches nearly everything."""
    return [Course(0, _without(FULL, rng.randrange(2, 56), rng.randrange(3))) for _ in range(PACK)]


def _course(part: int, rng: Random) -> Course:
    """Return one course; ``part`` of 100 says which sort."""
    if part < 76:
        gap = rng.choice((0, 0, 0, 1, 2, 4))
        return Course(0, _without(FULL, rng.randrange(1, 54), gap))
    if part < 85:
        first = rng.randrange(2, 22)
        return Course(first, slots_since(first))
    if part < 94:
        return Course(0, FULL & ~slots_since(rng.randrange(6, 52)))
    if part < 99:
        # Dropped out for a while, as weak networks do.
        return Course(0, _without(FULL, rng.randrange(4, 36), rng.randrange(5, 22)))
    # The page was opened and the lecture never ran.
    return Course(rng.randrange(4), 0)


def _without(played: int, start: int, length: int) -> int:
    return played & ~(slots_since(start) & ~slots_since(min(start + length, SLOTS)))
