"""What waits at meetings for the holder of posts (core.todo)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.meetings.rules import HOUSES, KEEPERS, KINDS_AT, MINUTES_AFTER, OWNERS, SOON, TALKERS
from mingtian.org.queries import PostRow


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Alike things: how many, and the one whose time comes first.

    ``sort`` is "late" or "due" for follow-ups of the own, "theirs" for late ones of others, and
    "minutes", for which ``unit`` is the meeting's and ``since`` when it was held.
    """

    sort: str
    unit: int | None
    number: int
    due_on: date
    since: datetime | None
    public_id: str
    what: str


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return follow-ups that are due, late ones of others to ask after, and minutes that are missing.

    One statement.
    """
    if not posts:
        return []
    today = day_of(now)
    units = {
        post.unit.id: post.unit.public_id
        for post in posts
        if post.role in KEEPERS and post.unit.kind in KINDS_AT
    }
    values: dict[str, Any] = {
        "owning": [post.unit.id for post in posts if post.role in OWNERS],
        "setting": [
            post.unit.id for post in posts if post.role in TALKERS and post.unit.kind in HOUSES
        ],
        "held": [post.unit.id for post in posts],
        "user": posts[0].user_id,
        "keeping": list(units),
        "today": today,
        "until": today + SOON,
        "before": now - MINUTES_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, values)
        found = [_Waiting(*row) for row in cursor.fetchall()]
    return [
        _of_minutes(each, units[each.unit], each.since)
        if each.unit is not None and each.since is not None
        else _of_follow_ups(each, today)
        for each in found
    ]


def _of_follow_ups(due: _Waiting, today: date) -> Todo:
    one, all_ = reverse("meetings:follow-up", args=[due.public_id]), reverse("meetings:follow-ups")
    if due.sort == "theirs":
        return Todo(
            kind="follow_up.late",
            text=_("Ask after what is late"),
            about=due.what,
            address=one if due.number == 1 else f"{all_}?show=set&state=late",
            when=When.SOON,
            due_on=due.due_on,
            number=due.number,
        )
    late = due.sort == "late"
    return Todo(
        kind="follow_up.due",
        text=_("See to what was resolved"),
        about=due.what,
        address=one if due.number == 1 else f"{all_}?state={'late' if late else 'open'}",
        when=When.OVERDUE if late else When.TODAY if due.due_on == today else When.SOON,
        due_on=due.due_on,
        number=due.number,
    )


def _of_minutes(missing: _Waiting, unit: str, held_at: datetime) -> Todo:
    one = reverse("meetings:change", args=[missing.public_id])
    return Todo(
        kind="meeting.minutes",
        text=_("Write the minutes"),
        about=missing.what,
        address=one
        if missing.number == 1
        else f"{reverse('meetings:list', args=[unit])}?state=minutes",
        when=When.OVERDUE,
        due_at=held_at + MINUTES_AFTER,
        number=missing.number,
    )


_WAITING = """
    SELECT sort, NULL::bigint, count(*), min(due_on), NULL::timestamptz,
           (array_agg(public_id ORDER BY due_on, id))[1], (array_agg(what ORDER BY due_on, id))[1]
    FROM (
        SELECT f.*, CASE
            WHEN NOT (f.owner_id = ANY(%(owning)s)
                      OR coalesce(f.person_id = %(user)s, false)
                         AND f.owner_id = ANY(%(held)s)) THEN 'theirs'
            WHEN f.due_on < %(today)s THEN 'late'
            ELSE 'due' END AS sort
        FROM meetings_follow_up f
        WHERE f.state = 'open'
          AND ((f.owner_id = ANY(%(owning)s) OR f.person_id = %(user)s AND f.owner_id = ANY(%(held)s))
                AND f.due_on <= %(until)s
            OR f.unit_id = ANY(%(setting)s) AND f.due_on < %(today)s)
    ) AS found
    GROUP BY sort
    UNION ALL
    SELECT 'minutes', unit_id, count(*), min(held_at)::date, min(held_at),
           (array_agg(public_id ORDER BY held_at, id))[1],
           (array_agg(title ORDER BY held_at, id))[1]
    FROM meetings_meeting
    WHERE unit_id = ANY(%(keeping)s) AND minutes_at IS NULL AND called_off_at IS NULL
      AND held_at < %(before)s
    GROUP BY unit_id
    ORDER BY 4, 1
"""
