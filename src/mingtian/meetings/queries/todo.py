"""What waits at meetings for the holder of posts (core.todo)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.meetings.rules import HOUSES, KEEPERS, KINDS_AT, MINUTES_AFTER, OWNERS, SOON, TALKERS
from mingtian.org.queries import PostRow


@dataclass(frozen=True, slots=True)
class _Due:
    """The follow-ups of one sort: how many, and the one whose day comes first."""

    sort: str
    number: int
    due_on: date
    public_id: str
    what: str


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return follow-ups that are due, late ones of others to ask after, and minutes that are missing.

    Two statements.
    """
    if not posts:
        return []
    today = day_of(now)
    return [_todo(each, today) for each in _due(posts, today)] + _minutes(posts, now)


def _due(posts: Sequence[PostRow], today: date) -> list[_Due]:
    values: dict[str, Any] = {
        "owning": [post.unit.id for post in posts if post.role in OWNERS],
        "setting": [
            post.unit.id for post in posts if post.role in TALKERS and post.unit.kind in HOUSES
        ],
        "held": [post.unit.id for post in posts],
        "user": posts[0].user_id,
        "today": today,
        "until": today + SOON,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, values)
        return [_Due(*found) for found in cursor.fetchall()]


def _todo(due: _Due, today: date) -> Todo:
    one = reverse("meetings:follow-up", args=[due.public_id])
    if due.sort == "theirs":
        return Todo(
            kind="follow_up.late",
            text=_("Ask after what is late"),
            about=due.what,
            address=one
            if due.number == 1
            else f"{reverse('meetings:follow-ups')}?show=set&state=late",
            when=When.SOON,
            due_at=_end_of(due.due_on),
            number=due.number,
        )
    late = due.sort == "late"
    state = "late" if late else "open"
    when = When.OVERDUE if late else When.TODAY if due.due_on == today else When.SOON
    return Todo(
        kind="follow_up.due",
        text=_("See to what was resolved"),
        about=due.what,
        address=one if due.number == 1 else f"{reverse('meetings:follow-ups')}?state={state}",
        when=when,
        due_at=_end_of(due.due_on),
        number=due.number,
    )


def _minutes(posts: Sequence[PostRow], now: datetime) -> list[Todo]:
    units = {
        post.unit.id: post for post in posts if post.role in KEEPERS and post.unit.kind in KINDS_AT
    }
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_MINUTES, {"units": list(units), "before": now - MINUTES_AFTER})
        found = cursor.fetchall()
    return [
        Todo(
            kind="meeting.minutes",
            text=_("Write the minutes"),
            about=title,
            address=reverse("meetings:change", args=[public_id])
            if number == 1
            else f"{reverse('meetings:list', args=[units[unit].unit.public_id])}?state=minutes",
            when=When.OVERDUE,
            due_at=held_at + MINUTES_AFTER,
            number=number,
        )
        for unit, number, public_id, title, held_at in found
    ]


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), SHANGHAI)


_DUE = """
    SELECT sort, count(*), min(due_on),
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
    ORDER BY min(due_on), sort
"""
_MINUTES = """
    SELECT unit_id, count(*), (array_agg(public_id ORDER BY held_at, id))[1],
           (array_agg(title ORDER BY held_at, id))[1], min(held_at)
    FROM meetings_meeting
    WHERE unit_id = ANY(%(units)s) AND minutes_at IS NULL AND called_off_at IS NULL
      AND held_at < %(before)s
    GROUP BY unit_id
    ORDER BY min(held_at)
"""
