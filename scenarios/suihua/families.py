"""The phones of one evening as invitations: what a crowd needs to come over real HTTP.

The phones and people are those of the plan, so a crowd that enters with them finds its
homes again, and an evening played in full meets the plan's totals.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.suihua.city import City
from scenarios.suihua.people import Person, Seat

from mingtian.people.rules import GivenBy, PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Who enters under one learning code: numbers with names, and who is tapped beside them."""

    code: str
    unit: int
    people: tuple[tuple[str, str], ...]
    kin: tuple[str, ...] = ()
    agrees: GivenBy = GivenBy.GUARDIAN


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """A phone that comes on the evening.

    ``phone`` are the 22 characters it calls itself; a second entry is for a child in another
    class. ``first`` is the slot of its first beat, ``played`` the map it will end with.
    """

    phone: str
    entries: tuple[Entry, ...]
    first: int
    played: int


def families_of(city: City, index: int) -> Iterator[Family]:
    """Yield the phones that come live on an evening of the plan, county by county."""
    people = city.plan.population
    for _county, night in city.plan.evening(index):
        for came in night.came:
            seat = people.seats[came.seat]
            yield Family(
                phone=urlsafe_b64encode(seat.phone).rstrip(b"=").decode(),
                entries=tuple(_entries(city, seat)),
                first=came.first,
                played=came.played,
            )


def _entries(city: City, seat: Seat) -> Iterator[Entry]:
    """Yield the entry under the code of the phone's own unit first."""
    persons = [city.plan.population.persons[n] for n in seat.persons]
    others = {person.unit for person in persons if person.number} - {seat.unit}
    for unit in (seat.unit, *sorted(others)):
        rostered = [each for each in persons if each.number and each.unit == unit]
        yield Entry(
            code=city.codes[unit],
            unit=city.units[unit],
            people=tuple((each.number, each.name) for each in rostered),
            kin=tuple(map(_tapped, _beside(persons))) if unit == seat.unit else (),
            agrees=_agrees([each for each in persons if each.unit == unit]),
        )


def _agrees(persons: list[Person]) -> GivenBy:
    with_pupil = any(each.kind is PersonKind.PUPIL for each in persons)
    return GivenBy.GUARDIAN if with_pupil else GivenBy.SELF


def _beside(persons: list[Person]) -> list[Person]:
    return [person for person in persons if not person.number]


def _tapped(person: Person) -> str:
    """Return the word that is tapped: a kin, or resident for a guest of a community."""
    return "resident" if person.kind is PersonKind.RESIDENT else person.kin
