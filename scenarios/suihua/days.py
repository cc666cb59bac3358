"""Closes the evenings that are over, as schools, counties and the city would have (STA-1).

All but the last of them are confirmed and frozen. The last one is still open in the morning after:
most schools have confirmed, one was late, two are silent, so that every desk has something to do.
The last two were looked at for falls, and who was silent is to be called (STA-3).
"""

from datetime import date, datetime, timedelta

from scenarios.suihua.city import City, Evening
from scenarios.suihua.doing import Doing, day_of_evening
from scenarios.suihua.places import CITY, SHANGJIA
from scenarios.suihua.progress import Step, Watcher, quietly

from mingtian.closings.actions import confirm, freeze
from mingtian.closings.queries import (
    DayRow,
    HouseRow,
    find_closing,
    list_houses_below,
)
from mingtian.closings.rules import HOUSES, due_at
from mingtian.core.actor import Actor
from mingtian.org.queries import UnitRow
from mingtian.org.rules import UnitKind
from mingtian.supervision.actions import look
from mingtian.supervision.rules import Stage

SILENT, LATE = 2, 1
AFTER_THE_END = timedelta(minutes=12)
LATE_BY = timedelta(hours=1)
HOUSES_OF_DAYS = 2
"""Schools confirmed every night; their rows of the last two nights are enough to look at."""


def close_days(
    *, city: City, today: date, actor: str, now: datetime, watcher: Watcher = quietly
) -> int:
    """Confirm and freeze the evenings before ``today``; return how many this call froze.

    An evening that has not closed by ``now`` stays open. A second call finds nothing to freeze.
    """
    doing, by = Doing(city, today), Actor(username=actor)
    frozen = 0
    for done, evening in enumerate(doing.past):
        watcher(Step.DAYS, done, len(doing.past))
        day = day_of_evening(evening)
        if find_closing(day.lecture_id) is not None:
            continue
        last = evening is doing.past[-1]
        if evening in doing.past[-HOUSES_OF_DAYS:]:
            look(day=day, stage=Stage.FINAL, now=evening.ends_at + timedelta(minutes=10))
            _houses_confirm(doing, day, evening, by, last=last)
        if not last and now >= day.closes_at:
            _committees_confirm(doing, day, evening, by)
            freeze(day=day, by=by, now=day.closes_at)
            frozen += 1
    watcher(Step.DAYS, len(doing.past), len(doing.past))
    return frozen


def _houses_confirm(doing: Doing, day: DayRow, evening: Evening, by: Actor, *, last: bool) -> None:
    """Let the schools and townships confirm.

    On the last evening Shangjia's school and its town are silent and one house is late; they are
    called when it is due.
    """
    silent = {doing.city.units[key] for key in (doing.city.plan.shangjia.key, SHANGJIA)}
    houses = list_houses_below(day, doing.subtree(CITY), HOUSES)
    others = [house for house in houses if not (last and house.id in silent)]
    late = others[:LATE] if last else []
    for house in others[len(late) :]:
        _confirm(day, house, by, evening.ends_at + AFTER_THE_END)
    if last:
        look(day=day, stage=Stage.DUE, now=due_at(UnitKind.SCHOOL, evening.ends_at))
    for house in late:
        _confirm(day, house, by, evening.ends_at + AFTER_THE_END + LATE_BY)


def _committees_confirm(doing: Doing, day: DayRow, evening: Evening, by: Actor) -> None:
    for county in list_houses_below(day, doing.subtree(CITY), [UnitKind.COUNTY]):
        _confirm(day, county, by, evening.ends_at + timedelta(minutes=45))
    confirm(
        day=day, unit=doing.unit(CITY), path=doing.subtree(CITY), by=by,
        now=evening.ends_at + timedelta(minutes=75),
    )  # fmt: skip


def _confirm(day: DayRow, house: HouseRow, by: Actor, now: datetime) -> None:
    unit = UnitRow(
        id=house.id,
        public_id=house.public_id,
        kind=house.kind,
        name=house.name,
        name_en=house.name_en,
    )
    confirm(day=day, unit=unit, path=house.path, by=by, now=now)
