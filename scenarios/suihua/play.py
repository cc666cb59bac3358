"""The whole scenario at once: the city, its offices' preparations, the evenings, what followed."""

from datetime import date, datetime
from random import Random

from django.db import transaction
from scenarios.suihua.build import build
from scenarios.suihua.chatting import fill_groups
from scenarios.suihua.city import City, Options
from scenarios.suihua.days import close_days
from scenarios.suihua.doing import Doing
from scenarios.suihua.heads import appoint_heads
from scenarios.suihua.helping import falling_of, help_units
from scenarios.suihua.load import load_evenings
from scenarios.suihua.meeting import hold_meetings
from scenarios.suihua.office import send_documents
from scenarios.suihua.preparing import prepare_places
from scenarios.suihua.progress import Step, Watcher, quietly
from scenarios.suihua.reminding import remind
from scenarios.suihua.reporting import report


def play(
    *, options: Options, today: date, actor: str, now: datetime, watcher: Watcher = quietly
) -> City:
    """Build the city and live through its evenings before ``today``; return the city.

    From one class of Shangjia's school nobody came last night, so that a fall was seen: here the
    totals are smaller by that class than those of :func:`load_evenings` alone.
    """
    city = build(options=options, today=today, actor=actor, now=now, watcher=watcher)
    doing = Doing(city, today)
    if not doing.past:
        return city
    watcher(Step.OFFICES, 0, 1)
    with transaction.atomic():
        appoint_heads(city=city, actor=actor)
        send_documents(doing)
        prepare_places(doing)
        hold_meetings(doing)
        fill_groups(doing)
    watcher(Step.OFFICES, 1, 1)
    load_evenings(
        city=city, today=today, actor=actor, now=now, watcher=watcher, falling=falling_of(city)
    )
    close_days(city=city, today=today, actor=actor, now=now, watcher=watcher)
    with transaction.atomic():
        remind(doing)
        help_units(doing)
        report(doing, rng=Random(city.plan.seed))
    return city
