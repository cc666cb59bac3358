"""Closes the evenings that are over, as schools, counties and the city would have (STA-1).

All but the last of them are confirmed and frozen. The last one is still open in the morning after:
most schools have confirmed, one was late, two are silent, so that every desk has something to do.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from scenarios.suihua.city import City, Evening
from scenarios.suihua.progress import Step, Watcher, quietly

from mingtian.closings.actions import confirm, freeze
from mingtian.closings.queries import (
    DayRow,
    HouseRow,
    find_closing,
    find_day,
    list_houses_below,
)
from mingtian.closings.rules import HOUSES
from mingtian.core.actor import Actor
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import UnitKind

SILENT, LATE = 2, 1
AFTER_THE_END = timedelta(minutes=12)
HOUSES_OF_DAYS = 2
"""Schools confirmed every night; their rows of the last two nights are enough to look at."""


def close_days(
    *, city: City, today: date, actor: str, now: datetime, watcher: Watcher = quietly
) -> int:
    """Confirm and freeze the evenings before ``today``; return how many this call froze.

    An evening that has not closed by ``now`` stays open. A second call finds nothing to freeze.
    """
    by = Actor(username=actor)
    past = city.evenings_before(today)
    frozen = 0
    for done, evening in enumerate(past):
        watcher(Step.DAYS, done, len(past))
        day = find_day(evening.lecture_id)
        assert day is not None, "the campaign of the scenario is open"
        if find_closing(day.lecture_id) is not None:
            continue
        last = evening is past[-1]
        if evening in past[-HOUSES_OF_DAYS:]:
            _houses_confirm(day, evening, by, silent=SILENT if last else 0)
        if not last and now >= day.closes_at:
            _committees_confirm(day, evening, by)
            freeze(day=day, by=by, now=now)
            frozen += 1
    watcher(Step.DAYS, len(past), len(past))
    return frozen


def _houses_confirm(day: DayRow, evening: Evening, by: Actor, *, silent: int) -> None:
    houses = list_houses_below(day, _path(day), HOUSES)
    for place, house in enumerate(houses[silent:]):
        late = timedelta(hours=1) if silent and place < LATE else timedelta()
        _confirm(day, house, by, evening.ends_at + AFTER_THE_END + late)


def _committees_confirm(day: DayRow, evening: Evening, by: Actor) -> None:
    counties = list_houses_below(day, _path(day), [UnitKind.COUNTY])
    for county in counties:
        _confirm(day, county, by, evening.ends_at + timedelta(minutes=45))
    unit = unit_rows([day.scope_id], day.held_on)[day.scope_id]
    confirm(day=day, unit=unit, path=_path(day), by=by, now=evening.ends_at + timedelta(minutes=75))


def _confirm(day: DayRow, house: HouseRow, by: Actor, now: datetime) -> None:
    unit = UnitRow(
        id=house.id,
        public_id=house.public_id,
        kind=house.kind,
        name=house.name,
        name_en=house.name_en,
    )
    confirm(day=day, unit=unit, path=house.path, by=by, now=now)


def _path(day: DayRow) -> str:
    keys: Sequence[int] = path_on(day.scope_id, day.held_on)
    return ".".join(map(str, keys))
