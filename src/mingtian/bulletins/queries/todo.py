"""What waits at bulletins for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.bulletins.rules import ISSUERS, LEVELS, Kind
from mingtian.bulletins.statements import rows
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import Line

STILL_ASKED = timedelta(days=3)
"""So long after its end a day without its papers stays on the desk."""


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return bulletins and notes of ended days that are not issued. One statement.

    Several days of one unit and kind are one item that leads to the oldest.
    """
    by_unit = {
        post.unit.id: post
        for post in posts
        if post.line is Line.LEADS and post.role in ISSUERS and post.unit.kind in LEVELS
    }
    if not by_unit:
        return []
    values = {
        "units": list(by_unit),
        "paths": [post.subtree for post in by_unit.values()],
        "kinds": [kind.value for kind in Kind],
        "now": now,
        "after": now - STILL_ASKED,
    }
    waiting: dict[tuple[int, str], list[tuple[object, ...]]] = {}
    for found in rows("waiting", values):
        waiting.setdefault((found[0], found[6]), []).append(found)
    return [_todo(by_unit[unit], Kind(kind), days) for (unit, kind), days in waiting.items()]


def _todo(post: PostRow, kind: Kind, days: Sequence[tuple[object, ...]]) -> Todo:
    _unit, lecture, number, title, title_en, _ends_at, _kind, _drafted = days[0]
    text = _("Issue the bulletin") if kind is Kind.BULLETIN else _("Issue the supervision note")
    return Todo(
        kind=f"bulletin.{kind.value}",
        text=text,
        about=_("Evening %(number)s · %(title)s")
        % {"number": number, "title": shown_name(str(title), str(title_en))},
        address=reverse("bulletins:paper", args=[lecture, post.unit.public_id, kind.value]),
        when=When.TODAY,
        number=len(days),
    )
