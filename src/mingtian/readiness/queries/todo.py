"""What waits at readiness for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import Line, UnitKind
from mingtian.readiness.rules import KEEPERS, checklist_due_on
from mingtian.readiness.statements import rows

AT_SCHOOL = frozenset({UnitKind.SCHOOL, UnitKind.GRADE, UnitKind.CLASS, UnitKind.STAFF_GROUP})
AHEAD = timedelta(days=14)
"""So long before its first evening a campaign appears on the desks of schools."""


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return checklists, requirements, tonight's duty, and changes to agree to. One statement."""
    if not any(post.unit.kind in AT_SCHOOL for post in posts):
        return []
    schools = {
        post.unit.id: post
        for post in posts
        if post.unit.kind is UnitKind.SCHOOL and post.role in KEEPERS and post.line is Line.LEADS
    }
    today = day_of(now)
    values = {
        "units": list(schools),
        "paths": [post.subtree for post in schools.values()],
        "today": today,
        "until": today + AHEAD,
        "now": now,
        "user": posts[0].user_id,
        "keys": list({key for post in posts for key in post.path}),
    }
    found: list[Todo] = []
    for unit, *row, asked in rows("waiting", values):
        if unit is None:
            found.append(_swaps(asked))
        else:
            found += _of_school(schools[unit], row, today)
    return found


def list_in_hand(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return where the holder of the posts is in charge or on duty, for a hand-over (SUP-5)."""
    if not any(post.unit.kind in AT_SCHOOL for post in posts):
        return []
    values = {
        "today": day_of(now),
        "now": now,
        "user": posts[0].user_id,
        "keys": list({key for post in posts for key in post.path}),
    }
    return [
        Todo(
            kind=f"readiness.{what}",
            text=_("In charge of getting the school ready")
            if what == "charge"
            else _("On duty on evenings ahead"),
            about=days or shown_name(name, name_en),
            address=reverse(
                "readiness:unit" if what == "charge" else "readiness:duty", args=[campaign, school]
            ),
            when=When.SOON,
            number=number,
        )
        for what, campaign, school, name, name_en, number, days in rows("in_hand", values)
    ]


def _of_school(post: PostRow, row: Sequence[Any], today: date) -> list[Todo]:
    campaign, name, name_en, first_on, complete, issued, starts, gap = row
    found: list[Todo] = []
    at = [campaign, post.unit.public_id]
    about = shown_name(name, name_en)
    when = _when(today, checklist_due_on(first_on))
    if not complete:
        found.append(
            Todo(kind="readiness.checklist", text=_("Say how ready the school is"),
                 about=about, address=reverse("readiness:unit", args=at), when=when)
        )  # fmt: skip
    if not issued:
        found.append(
            Todo(kind="readiness.sheet", text=_("Issue the school's requirements"),
                 about=about, address=reverse("readiness:sheet", args=at), when=when)
        )  # fmt: skip
    if gap:
        found.append(
            Todo(kind="readiness.duty", text=_("Name who is on duty tonight"), about=about,
                 address=reverse("readiness:duty", args=at), when=When.NOW, due_at=starts)
        )  # fmt: skip
    return found


def _swaps(number: int) -> Todo:
    return Todo(
        kind="readiness.swap",
        text=_("Answer who asks you to change duty"),
        about=ngettext("%(number)s request", "%(number)s requests", number) % {"number": number},
        address=reverse("readiness:mine"),
        when=When.TODAY,
        number=number,
    )


def _when(today: date, due_on: date) -> When:
    if today > due_on:
        return When.OVERDUE
    return When.TODAY if today >= due_on - timedelta(days=1) else When.SOON
