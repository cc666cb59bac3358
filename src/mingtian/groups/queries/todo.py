"""What waits at groups for the holder of posts (core.todo)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.groups.rows import STILL_ASKED, STILL_PASTED
from mingtian.groups.rules import ANSWERERS, MANAGERS
from mingtian.groups.statements import Values, rows
from mingtian.org.queries import PostRow

Kind = tuple[str, str, str, When]
"""Stable word, text, part of the register (none: the posts), how soon."""


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return what owners and members of groups are to do. Two statements."""
    return [*_of_owners(posts, now), *_of_members(posts, now)]


def list_in_hand(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:  # noqa: ARG001 - core.todo
    """Return the groups for which the holder of the posts answers, for a hand-over."""
    held = {post.unit.id: post for post in posts}
    if not held:
        return []
    values: Values = {"units": list(held), "user": posts[0].user_id}
    return [
        Todo(
            kind="group.in_charge",
            text=_("Answers for liaison groups"),
            about=str(names),
            address=reverse("groups:register", args=[held[cast("int", unit)].unit.public_id]),
            when=When.SOON,
            number=cast("int", number),
        )
        for unit, number, names in rows("in_hand", values)
    ]


def _of_owners(posts: Sequence[PostRow], now: datetime) -> list[Todo]:
    managed = {post.unit.id: post for post in posts if post.role in MANAGERS}
    if not managed:
        return []
    day = day_of(now)
    values: Values = {"units": list(managed), "day": day, "after": now - STILL_PASTED}
    found: list[Todo] = []
    for unit, what, number, first in rows("waiting_at_owner", values):
        post = managed[cast("int", unit)]
        kind, text, shown, when = _KINDS[str(what)]()
        if what == "close" and day_of(cast("datetime", first)) < day:
            when = When.OVERDUE
        if what == "code" and day_of(cast("datetime", first)) <= day:
            when = When.TODAY
        place = "groups:register" if shown else "groups:posts"
        address = reverse(place, args=[post.unit.public_id])
        found.append(
            Todo(
                kind=kind,
                text=text,
                about=post.unit.full_title,
                address=f"{address}?show={shown}" if shown else address,
                when=when,
                number=cast("int", number),
            )
        )
    return found


def _of_members(posts: Sequence[PostRow], now: datetime) -> list[Todo]:
    answering = {post.unit.id: post for post in posts if post.role in ANSWERERS}
    if not answering:
        return []
    values: Values = {
        "units": list(answering), "day": day_of(now), "after": now - STILL_ASKED
    }  # fmt: skip
    # Never "now" or "overdue": nobody is pressed for an instant reply.
    return [
        Todo(
            kind="group.acknowledge",
            text=_("Acknowledge what was posted"),
            about=answering[cast("int", unit)].unit.full_title,
            address=reverse("groups:posts", args=[answering[cast("int", unit)].unit.public_id]),
            when=When.SOON,
            number=cast("int", number),
        )
        for unit, number, _first in rows("waiting_at_members", values)
    ]


def _code() -> Kind:
    return "group.code", _("Renew the code of the group"), "lapsing", When.SOON


def _close() -> Kind:
    return "group.close", _("Close the group"), "past", When.TODAY


def _charge() -> Kind:
    return "group.charge", _("Name who answers for the group"), "left", When.TODAY


def _read() -> Kind:
    return "group.read", _("Read what was written on the boards"), "waiting", When.TODAY


def _paste() -> Kind:
    return "group.paste", _("Paste the text into the group"), "", When.NOW


_KINDS: dict[str, Callable[[], Kind]] = {
    "code": _code,
    "close": _close,
    "charge": _charge,
    "read": _read,
    "paste": _paste,
}
