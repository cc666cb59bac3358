"""Work that nobody asks for: how often a module's ``tasks.py`` looks whether something is due.

A tick is a wish to look, never an order to act. What is due is read from the rows at that
moment, so a tick that came twice, late or not at all changes nothing but the hour: the next one
finds the same work. Ticks of one name do not queue up behind a long one.
"""

from collections.abc import Callable
from datetime import datetime

from procrastinate.contrib.django import app

from mingtian.core import clock

Work = Callable[[datetime], None]


def every_minute(work: Work) -> Work:
    """Let the worker call ``work`` with the present instant each minute."""
    return _at("* * * * *", work)


def every_night(work: Work) -> Work:
    """Let the worker call ``work`` with the present instant once between 3 and 4 o'clock."""
    # Cron lines are read in UTC; 19:20 there is 03:20 in Asia/Shanghai, long after the evening.
    return _at("20 19 * * *", work)


def _at(cron: str, work: Work) -> Work:
    name = f"{work.__module__}.{work.__name__}"

    # procrastinate hands the hour of the tick over by this name; late ticks go by the present.
    def tick(timestamp: int) -> None:  # noqa: ARG001
        work(clock.now())

    app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(tick))
    return work
