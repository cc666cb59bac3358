"""The whole scenario as a plan in memory, before anything touches the database.

Deterministic: the same scale and seed give the same people, phones and evenings. Identifiers
that the product draws at random (public ids, learning codes, keys) are not part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scenarios.suihua.evenings import Drawing, Night
from scenarios.suihua.people import (
    Population,
    settle_five_old,
    settle_key_families,
    settle_school,
)
from scenarios.suihua.places import communities
from scenarios.suihua.progress import Step, Watcher, quietly
from scenarios.suihua.register import ANDA, County, counties_at, key_families_at
from scenarios.suihua.schools import FiveOldGroup, School, plan_five_old, plan_schools
from scenarios.suihua.tree import specs_of

from mingtian.org.actions import UnitSpec


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Counties with their targets, schools, groups, people, and the evenings drawn from them."""

    scale: Fraction
    seed: int
    counties: tuple[County, ...]
    schools: tuple[School, ...]
    groups: tuple[FiveOldGroup, ...]
    population: Population
    drawings: tuple[Drawing, ...]

    @property
    def specs(self) -> list[UnitSpec]:
        return specs_of(self.schools, self.groups)

    @property
    def shangjia(self) -> School:
        """The school of which more than 97 % complete (F24)."""
        return next(school for school in self.schools if school.follows_shangjia)

    def evening(self, index: int) -> Iterator[tuple[County, Night]]:
        """Yield an evening county by county; ``index`` counts from 0."""
        for drawing in self.drawings:
            yield drawing.county, drawing.night(index)


def make_plan(*, scale: Fraction | float, seed: int, watcher: Watcher = quietly) -> Plan:
    """Plan the city at a scale between 1/500 and 1; ValueError outside. 8 s at scale 1."""
    exact = Fraction(scale).limit_denominator(10_000)
    counties = counties_at(exact)
    schools = [(county, each) for county in counties for each in plan_schools(county, seed)]
    groups = [(county, each) for county in counties for each in plan_five_old(county)]
    population = Population(seed)
    for number, (county, school) in enumerate(schools, start=1):
        settle_school(population, county, school)
        watcher(Step.PEOPLE, number, len(schools))
    for county, group in groups:
        settle_five_old(population, county, group)
    anda = next(county for county in counties if county.code == ANDA)
    settle_key_families(population, anda, communities(), key_families_at(exact))
    return Plan(
        scale=exact,
        seed=seed,
        counties=counties,
        schools=tuple(school for _, school in schools),
        groups=tuple(group for _, group in groups),
        population=population,
        drawings=tuple(Drawing.of(county, population) for county in counties),
    )
