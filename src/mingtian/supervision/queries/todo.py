"""What waits at supervision for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.supervision.queries.help import STILL_ASKED
from mingtian.supervision.rules import ACTING
from mingtian.supervision.statements import rows

SOON = timedelta(days=3)


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return calls to make, tickets to answer and follow-ups due. One statement."""
    acting = {
        post.unit.id: post for post in posts if post.role in ACTING.get(post.unit.kind, frozenset())
    }
    if not acting:
        return []
    values = {
        "units": list(acting),
        "user": next(iter(acting.values())).user_id,
        "after": now - STILL_ASKED,
        "soon": day_of(now + SOON),
    }
    return [
        _todo(what, acting[unit], _Found(lecture, number, due, thing, evening), now)
        for what, unit, lecture, number, due, thing, evening in rows("waiting", values)
    ]


class _Found:
    """Alike things that wait at one unit."""

    def __init__(
        self, lecture: int | None, number: int, due: datetime, thing: str, evening: int | None
    ) -> None:
        self.lecture, self.number, self.due = lecture, number, due
        self.thing, self.evening = thing, evening


def _todo(what: str, post: PostRow, found: _Found, now: datetime) -> Todo:
    when = When.OVERDUE if found.due <= now else When.NOW
    if what == "follow_up":
        when = When.OVERDUE if found.due <= now else When.SOON
    return Todo(
        kind=f"supervision.{what}",
        text=_text(what, found.number),
        about=_about(post, found),
        address=_address(what, post, found),
        when=when,
        due_at=None if what == "follow_up" else found.due,
        due_on=day_of(found.due) - timedelta(days=1) if what == "follow_up" else None,
        number=found.number,
    )


def _text(what: str, number: int) -> str:
    if what == "call":
        one, many = (
            _("Call and ask whether help is needed"),
            _("Make %(number)s calls and ask whether help is needed"),
        )
    elif what == "ticket":
        one, many = _("Answer a call for help"), _("Answer %(number)s calls for help")
    else:
        one, many = (
            _("Do what a visit left to be done"),
            _("Do %(number)s things that visits left to be done"),
        )
    return one if number == 1 else many % {"number": number}


def _about(post: PostRow, found: _Found) -> str:
    if found.evening is None:
        return post.unit.full_title
    return _("%(unit)s · evening %(number)s") % {
        "unit": post.unit.full_title,
        "number": found.evening,
    }


def _address(what: str, post: PostRow, found: _Found) -> str:
    single = {"call": "task", "ticket": "ticket", "follow_up": "visit"}[what]
    if found.number == 1:
        return reverse(f"supervision:{single}", args=[found.thing])
    if found.lecture is None:
        name = "supervision:visits" if what == "follow_up" else "supervision:own"
        return reverse(name, args=[post.unit.public_id] if what == "follow_up" else [])
    return reverse("supervision:help", args=[found.lecture, post.unit.public_id])
