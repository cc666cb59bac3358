"""Builds the city in the database: units, people, campaign, phones, staff."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from scenarios.suihua.campaign import hold_campaign, sitting_today
from scenarios.suihua.city import City, Options
from scenarios.suihua.plan import Plan, make_plan
from scenarios.suihua.progress import Step, Watcher, quietly
from scenarios.suihua.settle import settle
from scenarios.suihua.staff import give_accounts

from mingtian.core.clock import SHANGHAI
from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.queries import list_roots

OPENED_DAYS_BEFORE = 17
"""Units begin on 1 September when the first evening is the 18th."""

MORNING = time(8)
"""Of the first day: the campaign opens, and everybody has entered by then."""


class NotEmpty(RuntimeError):
    """The database already holds units; a scenario is built into an empty one."""


def build(
    *, options: Options, today: date, actor: str, now: datetime, watcher: Watcher = quietly
) -> City:
    """Build the city in one transaction, or nothing. Raises NotEmpty, ValueError for the scale.

    No evening is loaded; see :func:`scenarios.suihua.load.load_evenings`. The plan depends
    on scale and seed only; keys, public ids and learning codes are the database's own.
    """
    if list_roots(today):
        raise NotEmpty("The database holds units already. Use an empty one for the scenario.")
    plan = make_plan(scale=options.scale, seed=options.seed, watcher=watcher)
    with transaction.atomic():
        return _write(plan, options, today, actor, now, watcher)


def _write(
    plan: Plan, options: Options, today: date, actor: str, now: datetime, watcher: Watcher
) -> City:
    days = options.days(today)
    opened_on = days[0] - timedelta(days=OPENED_DAYS_BEFORE)
    tonight = sitting_today(days, today, options.tonight)
    specs = plan.specs
    units = create_tree(
        specs=specs, opened_on=opened_on, actor=actor, now=now, progress=_units(specs, watcher)
    )
    watcher(Step.UNITS, len(specs), len(specs))
    opens = min(now, datetime.combine(days[0], MORNING, SHANGHAI))
    settled = settle(population=plan.population, units=units, at=opens, watcher=watcher)
    watcher(Step.CODES, 0, 1)
    held = hold_campaign(units=units, days=days, tonight=tonight, actor=actor, now=opens)
    watcher(Step.CODES, 1, 1)
    seats = settled.take_seats(campaign_id=held.campaign_id, at=opens, watcher=watcher)
    accounts = give_accounts(
        plan=plan, units=units, password=options.password, since=opened_on, actor=actor, now=now
    )
    with connection.cursor() as cursor:
        # The first entries and boards are planned before the server looks by itself.
        cursor.execute("ANALYZE")
    return City(
        plan=plan,
        units=units,
        persons=settled.persons,
        homes=settled.homes,
        seats=seats,
        campaign_id=held.campaign_id,
        evenings=held.evenings,
        codes=held.codes,
        accounts=accounts,
    )


def _units(specs: Sequence[UnitSpec], watcher: Watcher) -> Callable[[int], None]:
    """Tell how far the tree is: each unit has a row, a name and about two places."""
    written = 0

    def hear(rows: int) -> None:
        nonlocal written
        written += rows
        watcher(Step.UNITS, min(written // 4, len(specs)), len(specs))

    return hear
