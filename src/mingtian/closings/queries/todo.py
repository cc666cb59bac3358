"""What waits at closings for the holder of posts (core.todo)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.closings.queries.days import STILL_ASKED
from mingtian.closings.rules import CONFIRMERS, FREEZERS, Stage, due_at
from mingtian.closings.statements import rows
from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskDay:
    """A lecture as the desk lists it for the unit of a post, and what it asks for there.

    ``asked`` says that it ended within the last days and has people below the unit;
    ``next_to_freeze`` that the unit is its scope and all days before it are frozen.
    """

    unit_id: int
    lecture_id: int
    number: int
    held_on: date
    title: str
    doors_at: datetime
    ends_at: datetime
    closes_at: datetime
    stage: Stage
    confirmed_here: bool
    next_to_freeze: bool
    asked: bool

    def is_on(self, now: datetime) -> bool:
        """Say whether its doors are open and it has not ended."""
        return self.doors_at <= now < self.ends_at


def list_desk_days(posts: Sequence[PostRow], now: datetime) -> list[DeskDay]:
    """Return the lectures of open campaigns at the posts' units, in their order. One statement.

    Campaigns run along the leading line, where the units of guiding posts stand as well.
    """
    if not posts:
        return []
    values = {
        "units": list({post.unit.id for post in posts}),
        "now": now,
        "today": day_of(now),
        "after": now - STILL_ASKED,
    }
    return [_desk_day(row, now) for row in rows("days_of_posts", values)]


def _desk_day(row: tuple[Any, ...], now: datetime) -> DeskDay:
    (unit, lecture, number, held_on, title, title_en, doors, starts, ends, closes,
     frozen, confirmed, here, next_, asked) = row  # fmt: skip
    return DeskDay(
        unit_id=unit, lecture_id=lecture, number=number, held_on=held_on,
        title=shown_name(title, title_en), doors_at=doors, ends_at=ends, closes_at=closes,
        stage=Stage(begun=now >= starts, closed=now >= ends, confirmed=confirmed, frozen=frozen),
        confirmed_here=here, next_to_freeze=next_, asked=asked,
    )  # fmt: skip


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return days to confirm and to freeze. One statement."""
    confirming = [post for post in posts if _confirms(post)]
    return todos_of(confirming, list_desk_days(confirming, now), now=now)


def todos_of(posts: Sequence[PostRow], days: Iterable[DeskDay], *, now: datetime) -> list[Todo]:
    """Return days to confirm and to freeze among those that the desk has read already."""
    by_unit = {post.unit.id: post for post in posts if _confirms(post)}
    return [
        todo
        for day in days
        if day.asked and not day.stage.frozen and day.unit_id in by_unit
        for todo in _todos_of_day(by_unit[day.unit_id], day, now)
    ]


def _confirms(post: PostRow) -> bool:
    roles = CONFIRMERS.get(post.unit.kind, frozenset())
    return post.line is Line.LEADS and post.role in roles


def _todos_of_day(post: PostRow, day: DeskDay, now: datetime) -> Iterator[Todo]:
    address = reverse("closings:day", args=[day.lecture_id, post.unit.public_id])
    about = _("Evening %(number)s · %(title)s") % {"number": day.number, "title": day.title}
    if not day.confirmed_here:
        due = due_at(post.unit.kind, day.ends_at)
        when = When.NOW if now < due else When.OVERDUE
        yield Todo(
            kind="day.confirm", text=_("Confirm the evening's figures"), about=about,
            address=address, when=when, due_at=due,
        )  # fmt: skip
    if day.next_to_freeze and post.role in FREEZERS and now >= day.closes_at:
        yield Todo(
            kind="day.freeze", text=_("Freeze the day"), about=about, address=address,
            when=When.TODAY,
        )  # fmt: skip


def newest_day(post: PostRow, now: datetime) -> int | None:
    """Return the lecture a post looks at first: the last that has begun, else the next one."""
    if post.line is not Line.LEADS:
        return None
    found = rows("of_unit", {"path": post.subtree, "now": now})
    return int(found[0][0]) if found else None
