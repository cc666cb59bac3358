"""The figures that the scenario reproduces, and the ones that it had to choose.

From the figure register (domain.md part 4): 733,680 person-times in the city (F3), 128,620 in
Zhaodong (F17), which comes first of ten (F16), 66 schools there (F13) and 34 in Anda (F8), more
than 4,500 five-old in Zhaodong (F14), pupils about 97 % of its total (F18), about 10,000 an
evening in Hailun (F19), four streets, ten communities and a hundred key families in Anda
(F5–F7). Every other number here is invented to be plausible, and says so by standing in no
report.

**The reading of Zhaodong.** The reports do not agree among themselves (domain.md 5.2). The
scenario takes the one reading in which three of the four figures hold: the total counts
pupils and five-old and nobody else; 4,501 five-old take part, each on one evening of a rota,
so they are 4,501 persons and 4,501 person-times; pupils are the other 124,119, that is
96.5004 %, "about 97 %". The fourth figure, more than 16,000 a day (F15), then holds only of all
participants: 16,077.5. Parents and teachers are said to attend: in Zhaodong they watch the
replay, which no total of arrivals counts. Elsewhere relatives and teachers come live and are
part of the totals.

**Scale.** At scale 1 all of this is exact. Below, person-times, classes, pupils and five-old
shrink in proportion: the city's number is rounded, and shared out over counties, then over
evenings, by largest remainder, so parts always sum to the whole. Schools shrink by the square
root, so that lists stay worth looking at, and have two classes or more where there are
enough. Places never shrink.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from scenarios.suihua.arithmetic import rounded, scaled, shares

SMALLEST_SCALE = Fraction(1, 500)

NEEDED_SLOTS = 40
"""Slots that make an evening completed."""

EVENING_WEIGHTS = (1012, 998, 1004, 995, 1001, 985, 987, 1018)
"""How the eight evenings compare: a strong first and last, two weaker ones at the weekend."""

EVENINGS = len(EVENING_WEIGHTS)
ZHAODONG = "231282"
ANDA = "231281"
HAILUN = "231283"

FIVE_OLD_TAKING_PART = 4501
"""In Zhaodong: the least number that is more than 4,500 (F14)."""

KEY_FAMILIES = 100
"""In the pilot communities of Anda (F7)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class County:
    """What a county-level unit has and brings at some scale.

    ``person_times`` are arrived persons summed over the eight evenings.
    """

    code: str
    person_times: int
    schools: int
    classes: int
    pupils: int
    five_old: int

    @property
    def evenings(self) -> list[int]:
        """Persons on each evening."""
        return shares(self.person_times, EVENING_WEIGHTS)

    @property
    def follows_the_reports(self) -> bool:
        """Only pupils and five-old are in its total: the reading of Zhaodong."""
        return self.code == ZHAODONG

    @property
    def rota_evenings(self) -> list[int]:
        """Five-old who come on each evening where every one of them comes once, in Zhaodong."""
        return shares(_rota(self.code, self.person_times), EVENING_WEIGHTS)


def _county(code: str, person_times: int, schools: int, classes: int, *people: int) -> County:
    pupils, five_old = people
    return County(
        code=code,
        person_times=person_times,
        schools=schools,
        classes=classes,
        pupils=pupils,
        five_old=five_old,
    )


# Code, person-times, schools, classes, pupils, five-old.
COUNTIES = (
    _county("231202", 118_960, 58, 352, 10_600, 1_400),
    _county("231221", 62_310, 36, 189, 5_690, 700),
    _county("231222", 58_740, 38, 183, 5_504, 650),
    _county("231223", 60_220, 36, 172, 5_167, 720),
    _county("231224", 56_930, 32, 171, 5_132, 600),
    _county("231225", 48_650, 28, 153, 4_619, 560),
    _county("231226", 42_610, 26, 130, 3_941, 480),
    _county(ANDA, 76_480, 34, 216, 6_484, 900),
    _county(ZHAODONG, 128_620, 66, 450, 16_860, 4_640),
    _county(HAILUN, 80_160, 50, 234, 7_047, 980),
)


def _rota(code: str, person_times: int) -> int:
    """Return how many five-old are counted in a county that follows the reports, else 0."""
    if code != ZHAODONG:
        return 0
    whole = next(each.person_times for each in COUNTIES if each.code == ZHAODONG)
    return shares(person_times, [whole - FIVE_OLD_TAKING_PART, FIVE_OLD_TAKING_PART])[1]


def counties_at(scale: Fraction) -> tuple[County, ...]:
    """Return the ten counties at a scale between 1/500 and 1; ValueError outside."""
    if not SMALLEST_SCALE <= scale <= 1:
        raise ValueError(f"The scale must lie between {SMALLEST_SCALE} and 1, not {scale}.")
    person_times = scaled([each.person_times for each in COUNTIES], scale)
    # Two classes at least, because Zhaodong needs a second school beside Shangjia's.
    classes = scaled([each.classes for each in COUNTIES], scale, least=2)
    pupils = scaled([each.pupils for each in COUNTIES], scale)
    five_old = scaled([each.five_old for each in COUNTIES], scale)
    schools = scaled(
        [each.schools for each in COUNTIES], Fraction(sqrt(scale)).limit_denominator(1000), least=2
    )
    return tuple(
        County(
            code=each.code,
            person_times=person_times[n],
            schools=min(schools[n], max(classes[n] // 2, 2)),
            classes=classes[n],
            pupils=max(pupils[n], classes[n]),
            five_old=max(five_old[n], _rota(each.code, person_times[n]), 1),
        )
        for n, each in enumerate(COUNTIES)
    )


def key_families_at(scale: Fraction) -> int:
    """Return how many key families the pilot communities have; one at least."""
    return max(rounded(KEY_FAMILIES * scale), 1)
