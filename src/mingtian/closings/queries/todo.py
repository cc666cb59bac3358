"""What waits at closings for the holder of posts (core.todo)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.closings.queries.days import STILL_ASKED
from mingtian.closings.rules import CONFIRMERS, FREEZERS, Stage, due_at
from mingtian.closings.statements import rows
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import Line


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return days to confirm and to freeze. One statement."""
    by_unit = {
        post.unit.id: post
        for post in posts
        if post.line is Line.LEADS and post.role in CONFIRMERS.get(post.unit.kind, frozenset())
    }
    if not by_unit:
        return []
    values = {
        "units": list(by_unit),
        "paths": [post.subtree for post in by_unit.values()],
        "now": now,
        "after": now - STILL_ASKED,
    }
    found: list[Todo] = []
    for unit, lecture, number, _day, title, title_en, ends, closes, own, scope, next_ in rows(
        "waiting", values
    ):
        post = by_unit[unit]
        address = reverse("closings:day", args=[lecture, post.unit.public_id])
        about = _("Evening %(number)s · %(title)s") % {
            "number": number,
            "title": shown_name(title, title_en),
        }
        if not own:
            due = due_at(post.unit.kind, ends)
            when = When.NOW if now < due else When.OVERDUE
            found.append(
                Todo(kind="day.confirm", text=_("Confirm the evening's figures"), about=about,
                     address=address, when=when, due_at=due)
            )  # fmt: skip
        if scope and next_ and post.role in FREEZERS and now >= closes:
            found.append(
                Todo(kind="day.freeze", text=_("Freeze the day"), about=about, address=address,
                     when=When.TODAY)
            )  # fmt: skip
    return found


def newest_day(post: PostRow, now: datetime) -> int | None:
    """Return the lecture a post looks at first: the last that has begun, else the next one."""
    if post.line is not Line.LEADS:
        return None
    found = rows("of_unit", {"path": post.subtree, "now": now})
    return int(found[0][0]) if found else None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskDay:
    """A lecture as the desk lists it for one post's unit."""

    lecture_id: int
    number: int
    held_on: date
    title: str
    doors_at: datetime
    ends_at: datetime
    stage: Stage

    def is_on(self, now: datetime) -> bool:
        """Say whether its doors are open and it has not ended."""
        return self.doors_at <= now < self.ends_at


def list_desk_days(post: PostRow, now: datetime) -> list[DeskDay]:
    """Return the lectures of open campaigns at the post's unit, in their order. One statement."""
    if post.line is not Line.LEADS:
        return []
    values = {"path": post.subtree, "keys": list(post.path)}
    return [
        DeskDay(
            lecture_id=each[0], number=each[1], held_on=each[2],
            title=shown_name(each[3], each[4]), doors_at=each[5], ends_at=each[7],
            stage=Stage(begun=now >= each[6], closed=now >= each[7], confirmed=each[9],
                        frozen=each[8]),
        )
        for each in rows("desk_days", values)
    ]  # fmt: skip
