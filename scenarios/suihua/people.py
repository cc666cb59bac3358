"""Who lives where and holds which phone: a plan in plain rows. Pure Python.

Persons, homes and seats are known by their place in the plan's lists until the database
gives them numbers. All are invented.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from random import Random
from typing import NamedTuple

from scenarios.suihua.arithmetic import dealt, shares
from scenarios.suihua.names import invented_names
from scenarios.suihua.places import Place
from scenarios.suihua.register import County
from scenarios.suihua.schools import FiveOldGroup, School

from mingtian.people.rules import KIND_OF_KIN, Kin, PersonKind

K = PersonKind


class Person(NamedTuple):
    """``unit`` is the plan key of the counting unit; number and name only on rosters."""

    unit: str
    kind: PersonKind
    home: int
    number: str = ""
    name: str = ""
    kin: str = ""


class Seat(NamedTuple):
    """A phone in a home. ``live`` is False for one that only ever opens the replay."""

    home: int
    unit: str
    persons: tuple[int, ...]
    phone: bytes
    live: bool = True


class Pool(StrEnum):
    """What homes are drawn from together on an evening."""

    FAMILIES = "families"
    STAFF = "staff"
    FIVE_OLD = "five_old"
    GUESTS = "guests"


class Home(NamedTuple):
    """A household. ``keenness`` says how likely it is to come, beside others.

    ``thorough`` ones watch it all, whenever they come: the school of Shangjia (F24).
    """

    county: str
    pool: Pool
    keenness: float
    seats: tuple[int, ...]
    thorough: bool = False


NEVER, ALWAYS = 1e-9, 1e9
NEVER_IN_SHANGJIA_OF_1000 = 15
"""Pupils there who never come: exempt or unwilling. The rest is more than 97 % (F24)."""

# Who watches with the children on the first phone, of 100 homes.
COMPANY: tuple[tuple[tuple[Kin, ...], int], ...] = (
    ((), 40),
    ((Kin.MOTHER,), 22),
    ((Kin.FATHER,), 12),
    ((Kin.PATERNAL_GRANDMOTHER,), 6),
    ((Kin.MATERNAL_GRANDMOTHER,), 4),
    ((Kin.PATERNAL_GRANDFATHER,), 3),
    ((Kin.MATERNAL_GRANDFATHER,), 2),
    ((Kin.MOTHER, Kin.PATERNAL_GRANDMOTHER), 4),
    ((Kin.MOTHER, Kin.FATHER), 4),
    ((Kin.OTHER_GUARDIAN,), 3),
)
SECOND_PHONE_OF_100 = 12
SECOND_PHONE_WHERE_RELATIVES_REPLAY_OF_100 = 35
SIBLINGS_OF_100 = 6
ON_SECOND_PHONE = (Kin.FATHER, Kin.MATERNAL_GRANDMOTHER, Kin.PATERNAL_GRANDFATHER, Kin.MOTHER)
RESIDENTS_IN_A_KEY_FAMILY = ((1, 20), (2, 50), (3, 30))


@dataclass(slots=True)
class Population:
    """Everybody planned so far."""

    seed: int
    persons: list[Person] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    def add_person(self, person: Person) -> int:
        self.persons.append(person)
        return len(self.persons) - 1

    def add_seat(self, unit: str, persons: tuple[int, ...], *, live: bool = True) -> int:
        """Give the home that is being made a phone of its own random-looking 16 bytes."""
        said = f"{self.seed}|phone|{len(self.seats)}".encode()
        seat = Seat(len(self.homes), unit, persons, blake2b(said, digest_size=16).digest(), live)
        self.seats.append(seat)
        return len(self.seats) - 1


def settle_school(population: Population, county: County, school: School) -> None:
    """Plan the pupils of a school with their homes, and its teachers."""
    rng = Random(f"{population.seed}|{school.key}|people")
    children = [
        (room.key, str(number), name)
        for room in school.rooms
        for number, name in enumerate(invented_names(room.pupils, rng), start=1)
    ]
    rng.shuffle(children)
    siblings = len(children) * SIBLINGS_OF_100 // 100
    sizes = [2] * siblings + [1] * (len(children) - 2 * siblings)
    second = SECOND_PHONE_OF_100
    if county.follows_the_reports:
        second = SECOND_PHONE_WHERE_RELATIVES_REPLAY_OF_100
    phones = dealt([(2, second), (1, 100 - second)], len(sizes), rng)
    company = dealt(COMPANY, len(sizes), rng)
    keenness = _keenness_of_homes(school, len(sizes), rng)
    waiting = iter(children)
    for n, size in enumerate(sizes):
        own = [next(waiting) for _ in range(size)]
        draft = _Draft(county=county, school=school, keenness=keenness[n])
        _settle_family(population, draft, own, () if county.follows_the_reports else company[n])
        if phones[n] == 2:
            _add_second_phone(population, draft, rng)
    _settle_teachers(population, county, school, rng)


def settle_five_old(population: Population, county: County, group: FiveOldGroup) -> None:
    """Plan the five-old of a township, each with a phone of their own."""
    rng = Random(f"{population.seed}|{group.key}|people")
    for number, name in enumerate(invented_names(group.persons, rng), start=1):
        person = Person(group.key, K.FIVE_OLD, len(population.homes), str(number), name)
        seat = population.add_seat(group.key, (population.add_person(person),))
        keenness = rng.lognormvariate(0, 0.6)
        population.homes.append(Home(county.code, Pool.FIVE_OLD, keenness, (seat,)))


def settle_key_families(
    population: Population, county: County, grounds: list[Place], families: int
) -> None:
    """Plan the key families of the pilot communities (PIL-1): residents without a roster."""
    rng = Random(f"{population.seed}|key families")
    sizes = dealt(RESIDENTS_IN_A_KEY_FAMILY, families, rng)
    for ground, number in zip(grounds, shares(families, [1] * len(grounds)), strict=True):
        for _ in range(number):
            home = len(population.homes)
            residents = tuple(
                population.add_person(Person(ground.code, K.RESIDENT, home, kin=f"resident-{n}"))
                for n in range(1, sizes.pop() + 1)
            )
            seat = population.add_seat(ground.code, residents)
            population.homes.append(Home(county.code, Pool.GUESTS, 1.0, (seat,)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    """What is the same for all phones of a home in the making."""

    county: County
    school: School
    keenness: float


def _keenness_of_homes(school: School, homes: int, rng: Random) -> list[float]:
    if school.follows_shangjia:
        never = homes * NEVER_IN_SHANGJIA_OF_1000 // 1000
        return [NEVER] * never + [ALWAYS] * (homes - never)
    mood = rng.lognormvariate(0, 0.35)
    return [mood * rng.lognormvariate(0, 0.7) for _ in range(homes)]


def _settle_family(
    population: Population,
    draft: _Draft,
    children: list[tuple[str, str, str]],
    company: tuple[Kin, ...],
) -> None:
    """Plan a home whose children and company share the first phone."""
    home = len(population.homes)
    unit = children[0][0]
    persons = [
        population.add_person(Person(room, K.PUPIL, home, number, name))
        for room, number, name in children
    ]
    persons += [_add_relative(population, unit, kin) for kin in company]
    seat = population.add_seat(unit, tuple(persons))
    thorough = draft.school.follows_shangjia
    population.homes.append(
        Home(draft.county.code, Pool.FAMILIES, draft.keenness, (seat,), thorough)
    )


def _add_second_phone(population: Population, draft: _Draft, rng: Random) -> None:
    """Give the last home a second phone, on which another relative watches with the children."""
    home = population.homes.pop()
    first = population.seats[home.seats[0]]
    known = {population.persons[n].kin for n in first.persons}
    children = tuple(n for n in first.persons if population.persons[n].kind is K.PUPIL)
    kin = rng.choice([each for each in ON_SECOND_PHONE if each.value not in known])
    relative = _add_relative(population, first.unit, kin)
    seat = population.add_seat(
        first.unit, (*children, relative), live=not draft.county.follows_the_reports
    )
    population.homes.append(home._replace(seats=(*home.seats, seat)))


def _add_relative(population: Population, unit: str, kin: Kin) -> int:
    home = len(population.homes)
    return population.add_person(Person(unit, KIND_OF_KIN[kin], home, kin=kin.value))


def _settle_teachers(population: Population, county: County, school: School, rng: Random) -> None:
    for number, name in enumerate(invented_names(school.teachers, rng), start=1):
        person = Person(school.staff_key, K.TEACHER, len(population.homes), str(number), name)
        seat = population.add_seat(
            person.unit, (population.add_person(person),), live=not county.follows_the_reports
        )
        keenness = rng.lognormvariate(0, 0.5)
        population.homes.append(
            Home(county.code, Pool.STAFF, keenness, (seat,), school.follows_shangjia)
        )
