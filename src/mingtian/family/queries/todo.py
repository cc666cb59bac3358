"""What waits of families' rights for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.campaigns.queries.running import list_held_before
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.org.rules import Role, UnitKind

NOTICE = timedelta(days=14)
"""So long before names go the office of the scope is told, to plan the next campaign first."""


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return campaigns of the own unit whose names are about to go. One statement, for offices."""
    offices = {
        post.unit.id
        for post in posts
        if post.role is Role.OFFICE and post.unit.kind is not UnitKind.SCHOOL
    }
    if not offices:
        return []
    keep = timedelta(days=settings.KEEP_DAYS)
    today = day_of(now)
    return [
        Todo(
            kind="term.ends",
            text=_("Plan the next campaign before names and rosters of this one go"),
            about=campaign.title,
            address=reverse("campaigns:campaign-detail", args=[campaign.public_id]),
            when=When.SOON,
            due_at=datetime.combine(campaign.last_on + keep + timedelta(days=1), time(), SHANGHAI),
        )
        for campaign in list_held_before(today - keep + NOTICE)
        if campaign.scope_id in offices and campaign.last_on + keep >= today
    ]
