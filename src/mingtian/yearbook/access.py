"""Who reads the book of which unit, and in which form.

An office or director of a county or town reads the own unit and those below as they are counted. The
city, and auditors anywhere, read what was given out. Nobody else finds the book.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, UnitRow, find_unit, list_posts, path_on
from mingtian.org.rules import Line, UnitKind
from mingtian.yearbook.rules import (
    FIRST_YEAR,
    KINDS,
    READERS,
    READERS_OF_ALL,
    SUPERVISING_AT,
    Year,
    year_of,
)

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """A unit's page for one reader. ``exact``: with numbers as they are; ``takes``: gives editions out."""

    unit: UnitRow
    path: tuple[int, ...]
    exact: bool
    takes: bool

    @property
    def subtree(self) -> str:
        """The ltree path along the leading line."""
        return ".".join(map(str, self.path))


def posts_for_book(user: Reader, now: datetime) -> list[PostRow]:
    """Return the posts by which somebody reads the book; 404 without any. One statement."""
    if user.pk is None or not user.is_active:
        raise Http404
    posts = [
        post
        for post in list_posts(user.pk, day_of(now))
        if post.line is Line.LEADS and post.role in READERS and post.unit.kind in KINDS
    ]
    if not posts:
        raise Http404
    return posts


def get_sight(user: Reader, public_id: str, now: datetime) -> Sight:
    """Return the unit's page for the reader, or 404 when absent or out of reach."""
    posts = posts_for_book(user, now)
    today = day_of(now)
    unit = find_unit(public_id, today)
    if unit is None or unit.kind not in KINDS:
        raise Http404
    path = tuple(path_on(unit.id, today))
    above = [post for post in posts if post.unit.id in path]
    if not above:
        raise Http404
    supervising = [
        post for post in above if post.role in READERS_OF_ALL and post.unit.kind in SUPERVISING_AT
    ]
    own = any(post.unit.id == unit.id for post in supervising)
    return Sight(
        unit=unit, path=path, exact=bool(supervising), takes=own and unit.kind is UnitKind.COUNTY
    )


def get_sight_to_give_out(user: Reader, public_id: str, now: datetime) -> Sight:
    """Return the page of a county whose office or director the reader is, or 404."""
    sight = get_sight(user, public_id, now)
    if not sight.takes:
        raise Http404
    return sight


def get_year(number: int, today: date) -> Year:
    """Return the year of an address, or 404 for one that has no book."""
    year = Year(number)
    if not FIRST_YEAR <= number <= year_of(today).number:
        raise Http404
    return year
