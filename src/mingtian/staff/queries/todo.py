"""What waits for those who fill posts: invitations that run out, terms that end, missing factors."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.staff.queries.accounts import NEEDING, NEEDS_FACTOR, NO_FACTOR
from mingtian.staff.queries.people import NEAR, Show, reach_of
from mingtian.staff.rules import ENDING_DAYS, EXPIRING, INVITING, MOST_WRONG_WORDS


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return what waits at the own units and those directly below. One statement."""
    filling = [post for post in posts if post.role in INVITING]
    if not filling:
        return []
    expiring, ending, missing = _counts(filling, now)
    address = reverse("staff:people")
    found = []
    if missing:
        found.append(
            Todo(
                kind="staff.second_factor",
                text=_("Remind them to set up a second factor"),
                about=ngettext("%(n)s person", "%(n)s people", missing) % {"n": missing},
                address=f"{address}?show={Show.MISSING}",
                when=When.TODAY,
                number=missing,
            )
        )
    if expiring:
        found.append(
            Todo(
                kind="staff.invitation",
                text=_("Call those whose invitation is about to expire"),
                about=ngettext("%(n)s invitation", "%(n)s invitations", expiring) % {"n": expiring},
                address=f"{address}#invitations",
                when=When.TODAY,
                number=expiring,
            )
        )
    if ending:
        found.append(
            Todo(
                kind="staff.term",
                text=_("Settle who follows: posts end within 14 days"),
                about=ngettext("%(n)s post", "%(n)s posts", ending) % {"n": ending},
                address=f"{address}?show={Show.ENDING}",
                when=When.SOON,
                number=ending,
            )
        )
    return found


def _counts(posts: Sequence[PostRow], now: datetime) -> tuple[int, int, int]:
    reach = reach_of(posts)
    day = day_of(now)
    values: dict[str, Any] = {
        "units": [each.unit_id for each in reach],
        "lines": [each.line.value for each in reach],
        "paths": [each.path for each in reach],
        "wholes": [each.whole for each in reach],
        "now": now,
        "day": day,
        "soon": day + timedelta(days=ENDING_DAYS),
        "expiring": now + EXPIRING,
        "most": MOST_WRONG_WORDS,
        "self": posts[0].user_id,
        **NEEDING,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        expiring, ending, missing = cursor.fetchone() or (0, 0, 0)
    return int(expiring), int(ending), int(missing)


_COUNTS = f"""
    WITH {NEAR}
    SELECT
      (SELECT count(*) FROM near JOIN staff_invitation made ON made.unit_id = near.unit_id
       WHERE made.used_at IS NULL AND made.withdrawn_at IS NULL AND made.wrong_words < %(most)s
         AND made.expires_at > %(now)s AND made.expires_at <= %(expiring)s),
      (SELECT count(*) FROM near JOIN org_post post ON post.unit_id = near.unit_id
       JOIN auth_user person ON person.id = post.user_id AND person.is_active
       WHERE post.ends_on > %(day)s AND post.ends_on <= %(soon)s),
      (SELECT count(DISTINCT person.id) FROM near
       JOIN org_post held ON held.unit_id = near.unit_id
        AND org_holds(held.starts_on, held.ends_on, %(day)s)
       JOIN auth_user person ON person.id = held.user_id AND person.is_active
       WHERE person.id <> %(self)s AND {NO_FACTOR} AND {NEEDS_FACTOR})
"""  # noqa: S608
