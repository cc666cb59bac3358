"""Loads evenings that are over, through the statements that phones use."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db import connection
from scenarios.suihua.city import City, Evening
from scenarios.suihua.evenings import Night
from scenarios.suihua.progress import Step, Watcher, quietly
from scenarios.suihua.register import NEEDED_SLOTS

from mingtian.attendance.actions import Arrived, Attended, bring_in


def load_evenings(
    *, city: City, today: date, actor: str, now: datetime, watcher: Watcher = quietly,
    falling: Collection[int] = (),
) -> int:  # fmt: skip
    """Bring in every evening before ``today``; return how many person rows were given.

    Loading twice changes nothing. At scale 1 an evening takes about four seconds. From the
    ``falling`` units (keys) nobody comes on the last of these evenings.
    """
    past = city.evenings_before(today)
    given = 0
    for done, evening in enumerate(past):
        watcher(Step.EVENINGS, done, len(past))
        without = falling if evening is past[-1] else ()
        given += load_night(city=city, evening=evening, actor=actor, now=now, without=without)
    watcher(Step.EVENINGS, len(past), len(past))
    with connection.cursor() as cursor:
        # So that the first board after the load is planned for tables that are full.
        cursor.execute("ANALYZE attendance_record, attendance_arrival, attendance_home")
    return given


def load_night(
    *, city: City, evening: Evening, actor: str, now: datetime, without: Collection[int] = ()
) -> int:
    """Bring in one evening; return how many person rows were given.

    ``without`` are keys of classes and groups from which nobody comes, for a night that fails.
    """
    nights = [night for _, night in city.plan.evening(evening.index)]
    return bring_in(
        lecture_id=evening.lecture_id,
        needed_slots=NEEDED_SLOTS,
        attended=_attended(city, nights, without),
        arrived=_arrived(city, nights, without),
        actor=actor,
        now=now,
    )


def _attended(city: City, nights: list[Night], without: Collection[int]) -> Iterator[Attended]:
    people = city.plan.population.persons
    for night in nights:
        for watched in night.watched.values():
            person = people[watched.person]
            if city.units[person.unit] in without:
                continue
            yield Attended(
                person=city.persons[watched.person],
                unit=city.units[person.unit],
                kind=person.kind.value,
                live=watched.live,
                replay=watched.replay,
            )


def _arrived(city: City, nights: list[Night], without: Collection[int]) -> Iterator[Arrived]:
    seats = city.plan.population.seats
    for night in nights:
        for came in night.came:
            seat = seats[came.seat]
            if city.units[seat.unit] in without:
                continue
            yield Arrived(
                seat=city.seats[came.seat],
                household=city.homes[seat.home],
                unit=city.units[seat.unit],
                first=came.first,
            )
