"""Keeps the promise to families that names go when a campaign's term is over."""

from datetime import datetime, timedelta

from django.conf import settings

from mingtian.campaigns.queries.running import list_held_before
from mingtian.core.clock import day_of
from mingtian.core.jobs import every_night
from mingtian.family.actions.retention import end_term, plan_term

ACTOR = "system:retention"


@every_night
def end_terms_that_are_over(now: datetime) -> None:
    """End the terms that are over; a term that has been ended has nothing left to let go of."""
    keep_days = settings.KEEP_DAYS
    for campaign in list_held_before(day_of(now) - timedelta(days=keep_days)):
        if any(plan_term(campaign, keep_days=keep_days, now=now).removed.values()):
            end_term(campaign=campaign, keep_days=keep_days, now=now, actor=ACTOR)
