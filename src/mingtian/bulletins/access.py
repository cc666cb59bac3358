"""Who reads a unit's bulletins, writes them, compares its parts, and switches comparison.

Drafts are read where they are written; what was issued also above. Papers are read by posts of the
leading line only: an education line sees schools, and schools write none. A bureau compares along its
own line. Auditors see lists of figures, not texts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import Http404

from mingtian.bulletins.lists import COMPARING, line_of
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.rules import ISSUERS, LEVELS, READERS, WRITERS, Kind
from mingtian.bulletins.switching import SWITCHERS
from mingtian.closings.queries import DayRow, find_day
from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, UnitRow, find_unit, list_posts, path_on
from mingtian.org.rules import Line, Role, UnitKind

Reader = User | AnonymousUser

COMPARERS = READERS | {Role.AUDITOR, Role.PRINCIPAL}
REFUSED_KINDS = frozenset({UnitKind.SCHOOL})
"""Whoever asks there is told why nothing below a school is compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A day at a unit as a reader stands before it, with the roles that the reader has there."""

    day: DayRow
    unit: UnitRow
    path: tuple[int, ...]
    own: frozenset[Role]

    @property
    def subtree(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def sees_drafts(self) -> bool:
        return bool(self.own & READERS)

    @property
    def may_write(self) -> bool:
        return bool(self.own & WRITERS)

    @property
    def may_issue(self) -> bool:
        return bool(self.own & ISSUERS)

    @property
    def may_switch(self) -> bool:
        return self.unit.id == self.day.scope_id and bool(self.own & SWITCHERS)


def posts_of_lists(reader: Reader, now: datetime) -> list[PostRow]:
    """Return the posts with which somebody looks at the days of the own unit.

    Those that read its papers come first, the widest reach before; the others see lists alone.
    """
    if reader.pk is None or not reader.is_active:
        return []
    found = [
        post
        for post in list_posts(reader.pk, day_of(now))
        if post.role in COMPARERS
        and post.unit.kind in COMPARING
        and post.line is line_of(post.unit.kind)
    ]
    in_order = sorted(found, key=lambda post: (not reads_papers(post), len(post.path)))
    units: dict[int, PostRow] = {}
    for post in in_order:
        units.setdefault(post.unit.id, post)
    return list(units.values())


def get_post_for(reader: Reader, unit: str, now: datetime) -> PostRow:
    """Return the post through which the reader sees the days of the own unit, or 404."""
    for post in posts_of_lists(reader, now):
        if post.unit.public_id == unit:
            return post
    raise Http404


def get_post_of_papers(reader: Reader, unit: str, now: datetime) -> PostRow:
    """Return the post through which the reader reads the papers of the own unit, or 404."""
    post = get_post_for(reader, unit, now)
    if not reads_papers(post):
        raise Http404
    return post


def reads_papers(post: PostRow) -> bool:
    """Say whether bulletins are written at the post's unit and the post reads them."""
    return post.line is Line.LEADS and post.role in READERS and post.unit.kind in LEVELS


def get_place_for(reader: Reader, lecture: int, unit: str, now: datetime) -> Place:
    """Return the place of a bulletin, or 404. Four statements."""
    return _place(reader, lecture, unit, now, kinds=LEVELS, roles=READERS)


def get_place_to_write(reader: Reader, lecture: int, unit: str, now: datetime) -> Place:
    """Return the place whose bulletin the reader writes, or 404."""
    return _only(get_place_for(reader, lecture, unit, now), "may_write")


def get_place_to_issue(reader: Reader, lecture: int, unit: str, now: datetime) -> Place:
    """Return the place whose bulletin the reader issues, or 404."""
    return _only(get_place_for(reader, lecture, unit, now), "may_issue")


def get_place_to_compare(reader: Reader, lecture: int, unit: str, now: datetime) -> Place:
    """Return the place whose parts the reader may see side by side, or 404.

    A school is let through so that the refusal can be explained.
    """
    kinds = COMPARING | REFUSED_KINDS
    return _place(reader, lecture, unit, now, kinds=kinds, roles=COMPARERS)


def get_place_to_switch(reader: Reader, lecture: int, unit: str, now: datetime) -> Place:
    """Return the campaign's scope where the reader switches comparison, or 404."""
    return _only(get_place_to_compare(reader, lecture, unit, now), "may_switch")


def get_paper_for(place: Place, kind: str, edition: int) -> Bulletin:
    """Return a bulletin or note of the place, or 404; a draft only where it is written."""
    found = papers_at(place, kind).filter(edition=edition).first()
    if found is None:
        raise Http404
    return found


def papers_at(place: Place, kind: str) -> QuerySet[Bulletin]:
    """Return all editions of a kind that the reader may see, the latest first, or 404."""
    if kind not in set(Kind):
        raise Http404
    found = Bulletin.objects.filter(
        lecture_id=place.day.lecture_id, unit_id=place.unit.id, kind=kind
    ).select_related("issued_by", "replaces", "next")
    if not place.sees_drafts:
        found = found.exclude(issued_at=None)
    return found.order_by("-edition")


def _place(
    reader: Reader, lecture: int, unit: str, now: datetime, *, kinds: Collection[UnitKind],
    roles: Collection[Role],
) -> Place:  # fmt: skip
    day = find_day(lecture)
    if day is None or reader.pk is None or not reader.is_active:
        raise Http404
    found = find_unit(unit, day.held_on)
    if found is None or found.kind not in kinds:
        raise Http404
    line = line_of(found.kind)
    path = tuple(path_on(found.id, day.held_on, line))
    leading = path if line is Line.LEADS else path_on(found.id, day.held_on)
    held = [
        post
        for post in list_posts(reader.pk, day_of(now))
        if post.line is line and post.role in roles and post.unit.id in path
    ]
    if not held or day.scope_id not in leading:
        raise Http404
    own = frozenset(post.role for post in held if post.unit.id == found.id)
    return Place(day=day, unit=found, path=path, own=own)


def _only(place: Place, right: str) -> Place:
    if not getattr(place, right):
        raise Http404
    return place
