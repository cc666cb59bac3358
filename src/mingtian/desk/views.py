"""The desk: what is to be done today, tonight, the days, and where else to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.closings.queries import list_settled
from mingtian.closings.queries.todo import DeskDay, list_desk_days
from mingtian.core import clock
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.desk.collect import found_for, todos_for
from mingtian.desk.places import keep_navigation, places_for
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.queries.words import ROLE_WORDS
from mingtian.org.rules import IN_LECTURES
from mingtian.people.rules import PersonKind

LONGEST_WORDS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A to-do as it is shown; ``due`` is empty for what has no hour."""

    todo: Todo
    due: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tonight:
    """The lecture that is on, or was last: persons and pupils at the post's unit."""

    day: DeskDay
    on: bool
    persons: int
    pupils: int
    expected: int | None


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk of the reader's posts. At most fifteen queries, whatever the reach."""
    now = clock.now()
    assert request.user.pk is not None
    posts = list_posts(request.user.pk, day_of(now))
    keep_navigation(request.session, posts)
    post = _chosen(posts, request.GET.get("post", ""))
    # Whoever serves single children has no part in the lectures, and sees none of their numbers.
    in_lectures = [each for each in posts if each.role in IN_LECTURES]
    days = list_desk_days(in_lectures, now)
    own = [day for day in days if post in in_lectures and day.unit_id == post.unit.id]
    shown = {
        "posts": [(each, str(ROLE_WORDS[each.role])) for each in posts],
        "post": post,
        "role": str(ROLE_WORDS[post.role]) if post else "",
        "today": day_of(now),
        "items": [_item(todo, now) for todo in todos_for(posts, days, now=now)],
        "tonight": _tonight(post, own, now),
        "days": own,
        "groups": places_for(posts),
    }
    return render(request, "desk/desk.html", shown)


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find units, documents and the like within reach."""
    now = clock.now()
    assert request.user.pk is not None
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    posts = list_posts(request.user.pk, day_of(now))
    shown = {"words": words, "found": found_for(posts, words, now=now)}
    return render(request, "desk/search.html", shown)


def _chosen(posts: Sequence[PostRow], asked: str) -> PostRow | None:
    """Return the post asked for, else the first; None for whoever holds none."""
    own = next((post for post in posts if str(post.id) == asked), None)
    return own or (posts[0] if posts else None)


def _item(todo: Todo, now: datetime) -> Item:
    return Item(todo=todo, due=_due(todo, day_of(now)))


def _due(todo: Todo, today: date) -> str:
    """Say until when; a day without an hour as a day."""
    if todo.until is None:
        return ""
    local = todo.until.astimezone(SHANGHAI)
    if todo.due_on == today:
        return _("due today")
    if todo.due_on is not None:
        time = f"{local:%m-%d}"
    else:
        time = f"{local:%H:%M}" if local.date() == today else f"{local:%m-%d %H:%M}"
    words = _("was due %(time)s") if todo.when is When.OVERDUE else _("by %(time)s")
    return words % {"time": time}


def _tonight(post: PostRow | None, days: Sequence[DeskDay], now: datetime) -> Tonight | None:
    """Return the last lecture whose doors have opened, with the unit's numbers."""
    begun = [each for each in days if each.doors_at <= now]
    if post is None or not begun:
        return None
    last = begun[-1]
    rows = list_settled(
        lecture_id=last.lecture_id, held_on=last.held_on, path=post.subtree, line=post.line
    )
    people = [row for row in rows if row.kind in {kind.value for kind in PersonKind}]
    pupils = [row for row in people if row.kind == PersonKind.PUPIL]
    expected = [row.expected for row in pupils if row.expected is not None]
    return Tonight(
        day=last,
        on=last.is_on(now),
        persons=sum(row.arrived for row in people),
        pupils=sum(row.arrived for row in pupils),
        expected=sum(expected) if expected else None,
    )
