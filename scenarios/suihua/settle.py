"""Writes the planned people, homes and phones with COPY; names and numbers sealed.

There is no action that founds 80,000 homes at once, because in life they come one by one
through the entry page. What stands here is what those entries would have left behind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from scenarios.suihua.people import Population
from scenarios.suihua.progress import Step, Watcher

from mingtian.core.ids import public_id
from mingtian.core.sql import copy_rows, next_keys
from mingtian.people.rules import CONSENT_VERSION, GivenBy, PersonKind
from mingtian.people.sealing import place_of, sealer

TELL_EVERY = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """People who have their primary keys, in the order of the plan's lists."""

    population: Population
    units: Mapping[str, int]
    persons: range
    homes: range

    def take_seats(self, *, campaign_id: int, at: datetime, watcher: Watcher) -> range:
        """Write the phones of a campaign as entries would have left them; return their keys."""
        keys = _reserve("attendance_seat", len(self.population.seats))
        rows = (
            (
                key,
                campaign_id,
                seat.phone,
                self.homes[seat.home],
                self.units[seat.unit],
                [self.persons[n] for n in seat.persons],
                at,
            )
            for key, seat in zip(keys, self.population.seats, strict=True)
        )
        copy_rows("attendance_seat", SEAT_COLUMNS, told(rows, Step.SEATS, len(keys), watcher))
        return keys


def settle(
    *, population: Population, units: Mapping[str, int], at: datetime, watcher: Watcher
) -> Settled:
    """Write homes and persons as of an instant. About 25,000 persons a second."""
    settled = Settled(
        population=population,
        units=units,
        persons=_reserve("people_person", len(population.persons)),
        homes=_reserve("people_household", len(population.homes)),
    )
    homes = ((key, public_id(), at) for key in settled.homes)
    copy_rows("people_household", ("id", "public_id", "created_at"), homes)
    copy_rows("people_consent", CONSENT_COLUMNS, _consents(settled, at))
    rows = told(_persons(settled, at), Step.PERSONS, len(settled.persons), watcher)
    copy_rows("people_person", PERSON_COLUMNS, rows)
    return settled


PERSON_COLUMNS = (
    "id", "public_id", "kind", "unit_id", "household_id", "kin", "number_sealed", "number_index",
    "name_sealed", "name_index", "created_at",
)  # fmt: skip
CONSENT_COLUMNS = ("household_id", "version", "language", "given_by", "given_at")
SEAT_COLUMNS = ("id", "campaign", "phone", "household", "unit", "persons", "created_at")


def _consents(settled: Settled, at: datetime) -> Iterator[tuple[object, ...]]:
    """Yield the consent of each home: a guardian's where a pupil lives, else their own."""
    people = settled.population.persons
    with_pupil = {one.home for one in people if one.kind is PersonKind.PUPIL}
    for number, key in enumerate(settled.homes):
        by = GivenBy.GUARDIAN if number in with_pupil else GivenBy.SELF
        yield (key, CONSENT_VERSION, "zh-hans", by.value, at)


def _persons(settled: Settled, at: datetime) -> Iterator[tuple[object, ...]]:
    seal, index = sealer().seal, sealer().index
    for key, person in zip(settled.persons, settled.population.persons, strict=True):
        own_id, unit = public_id(), settled.units[person.unit]
        sealed: tuple[bytes | None, ...] = (None, None, None, None)
        if person.number:
            sealed = (
                seal(person.number, place_of("number", own_id)),
                index("number", person.number, unit),
                seal(person.name, place_of("name", own_id)),
                index("name", person.name, unit),
            )
        home = settled.homes[person.home]
        yield (key, own_id, person.kind.value, unit, home, person.kin, *sealed, at)


def _reserve(table: str, number: int) -> range:
    """Reserve keys in one piece: nobody else writes while a scenario is built."""
    keys = next_keys(table, number)
    assert keys[-1] - keys[0] == number - 1
    return range(keys[0], keys[-1] + 1)


def told(
    rows: Iterator[tuple[object, ...]], step: Step, total: int, watcher: Watcher
) -> Iterator[tuple[object, ...]]:
    """Pass the rows on, saying now and then how many have gone."""
    for number, row in enumerate(rows, start=1):
        if number % TELL_EVERY == 0 or number == total:
            watcher(step, number, total)
        yield row
