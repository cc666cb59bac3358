"""Who comes on which evening and what they watch, so that every total is met exactly.

Homes are drawn in an order that favours the keen; one is left out when it would bring more
persons than are still wanted. What is drawn is a pure function of the plan and its seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from scenarios.suihua.people import NEVER, Home, Pool, Population
from scenarios.suihua.register import EVENING_WEIGHTS, County
from scenarios.suihua.watching import Course, courses, thorough_courses

COME_OF_100 = {Pool.STAFF: 60, Pool.FIVE_OLD: 30}
GUESTS_COME_OF_100 = 85
SECOND_PHONE_INSTEAD_OF_100, BOTH_PHONES_OF_100 = 20, 15
REPLAY_LATER_OF_100 = 4
"""Of homes that did not come: they watch the replay."""

REPLAY_WHERE_ONLY_REPLAY_OF_100 = 45
"""Of phones that never come live."""


class Watched(NamedTuple):
    """One person at one lecture; ``live`` is None for who came to the replay only."""

    person: int
    live: int | None
    replay: int


class Came(NamedTuple):
    """A phone that came live: the slot of its first beat, and the slots that it played."""

    seat: int
    first: int
    played: int


@dataclass(slots=True)
class Night:
    """What happened on one evening: a row for each person, and the phones that came live."""

    watched: dict[int, Watched] = field(default_factory=dict)
    came: list[Came] = field(default_factory=list)

    def play(self, seat: int, persons: Sequence[int], course: Course) -> None:
        """Let a phone come live; two phones of one home add up."""
        self.came.append(Came(seat, course.first, course.played))
        for person in persons:
            before = self.watched.get(person, Watched(person, 0, 0))
            self.watched[person] = before._replace(live=(before.live or 0) | course.played)

    def replay(self, persons: Sequence[int], played: int) -> None:
        """Let a phone play the recording afterwards; nothing played leaves no trace."""
        for person in persons if played else ():
            before = self.watched.get(person, Watched(person, None, 0))
            self.watched[person] = before._replace(replay=before.replay | played)

    @property
    def arrived(self) -> int:
        """Persons who came live."""
        return sum(each.live is not None for each in self.watched.values())


@dataclass(frozen=True, slots=True)
class Drawing:
    """The homes of one county, drawn from evening by evening."""

    county: County
    population: Population
    pools: dict[Pool, list[Home]]
    packs: tuple[list[Course], list[Course]]

    @classmethod
    def of(cls, county: County, population: Population) -> "Drawing":
        pools: dict[Pool, list[Home]] = {pool: [] for pool in Pool}
        for home in population.homes:
            if home.county == county.code:
                pools[home.pool].append(home)
        rng = Random(f"{population.seed}|courses")
        return cls(county, population, pools, (courses(rng), thorough_courses(rng)))

    def night(self, index: int) -> Night:
        """Return the evening; ``index`` counts from 0. Its arrivals are the county's target."""
        rng = Random(f"{self.population.seed}|{self.county.code}|evening {index}")
        wanted = self.county.evenings[index]
        night = Night()
        if self.county.follows_the_reports:
            rota = self.county.rota_evenings
            start = sum(rota[:index])
            self._bring(night, self.pools[Pool.FIVE_OLD][start : start + rota[index]], rng)
        else:
            weight = EVENING_WEIGHTS[index]
            for pool, of_100 in COME_OF_100.items():
                number = len(self.pools[pool]) * of_100 * weight // 100_000
                self._bring(night, _keenest(self.pools[pool], rng)[:number], rng)
            guests = [h for h in self.pools[Pool.GUESTS] if rng.randrange(100) < GUESTS_COME_OF_100]
            self._bring(night, guests, rng)
        self._fill(night, wanted, rng)
        self._replays(night, rng)
        return night

    def _bring(self, night: Night, homes: Sequence[Home], rng: Random) -> None:
        for home in homes:
            self._play(night, home, home.seats, rng)

    def _fill(self, night: Night, wanted: int, rng: Random) -> None:
        """Let families come until exactly ``wanted`` persons are there."""
        left = wanted - night.arrived
        for home in _keenest(self.pools[Pool.FAMILIES], rng):
            ways = self._ways(home, rng)
            way = next((each for each in ways if self._size(each) <= left), None)
            if way is not None and home.keenness != NEVER:
                self._play(night, home, way, rng)
                left -= self._size(way)
        # Where no single child is left to bring, teachers and five-old close the gap.
        for home in (*self.pools[Pool.STAFF], *self.pools[Pool.FIVE_OLD]):
            seat = self.population.seats[home.seats[0]]
            if left and seat.live and seat.persons[0] not in night.watched:
                self._play(night, home, home.seats, rng)
                left -= 1
        if left:
            raise ValueError(f"{self.county.code} has too few people for {wanted} on one evening.")

    def _ways(self, home: Home, rng: Random) -> list[tuple[int, ...]]:
        """Return in which ways the home may come, the one that chance prefers first."""
        live = tuple(n for n in home.seats if self.population.seats[n].live)
        if len(live) < 2:
            return [live]
        chance = rng.randrange(100)
        ways = [live, live[:1], live[1:]]
        if chance < SECOND_PHONE_INSTEAD_OF_100:
            return [live[1:], live[:1]]
        return ways if chance < SECOND_PHONE_INSTEAD_OF_100 + BOTH_PHONES_OF_100 else ways[1:]

    def _size(self, seats: tuple[int, ...]) -> int:
        if len(seats) == 1:
            return len(self.population.seats[seats[0]].persons)
        return len({person for n in seats for person in self.population.seats[n].persons})

    def _play(self, night: Night, home: Home, seats: Sequence[int], rng: Random) -> None:
        pack = self.packs[home.thorough]
        for n in seats:
            seat = self.population.seats[n]
            if seat.live:
                night.play(n, seat.persons, rng.choice(pack))

    def _replays(self, night: Night, rng: Random) -> None:
        """Let some of those who stayed away, and phones that only replay, see the recording."""
        for pool in self.pools.values():
            for home in pool:
                for n in home.seats:
                    self._maybe_replay(night, home, n, rng)

    def _maybe_replay(self, night: Night, home: Home, seat: int, rng: Random) -> None:
        phone = self.population.seats[seat]
        if home.keenness == NEVER:
            return
        if phone.live:
            later = phone.persons[0] not in night.watched and home.pool is Pool.FAMILIES
            often = REPLAY_LATER_OF_100 if later else 0
        else:
            often = 100 if home.thorough else REPLAY_WHERE_ONLY_REPLAY_OF_100
        if rng.randrange(100) < often:
            night.replay(phone.persons, rng.choice(self.packs[home.thorough]).played)


def _keenest(homes: Sequence[Home], rng: Random) -> list[Home]:
    """Return the homes in random order, the keen ones sooner: a draw without replacement."""
    drawn = [(rng.expovariate(home.keenness), n) for n, home in enumerate(homes)]
    return [homes[n] for _, n in sorted(drawn)]
