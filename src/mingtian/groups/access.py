"""Who may see, keep and use which group, post and board.

The register is open to posts above the owner (auditors see figures only, and here are none). The
owner's office, principal or class teacher keeps a group. Units in a group write on its boards and
acknowledge what was posted there. Everybody else finds nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.groups.rows import (
    DeliveryRow,
    EntryRow,
    GroupRow,
    PostRow,
    find_entry,
    find_group,
    find_post,
    list_deliveries,
    memberships,
    receiving,
)
from mingtian.groups.rules import ANSWERERS, MANAGERS, EntryState
from mingtian.org.access import get_unit_for, posts_of, units_visible_to
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import MORE_THAN_FIGURES, Line, Role

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A unit as a reader stands before it. ``line`` is the reader's own post's there.

    ``reads_posts``: texts are between sender and receivers; only whoever has a post at the very unit
    reads them.
    """

    unit: UnitRow
    manages: bool
    reads_posts: bool
    line: Line = Line.LEADS


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupPlace:
    """A group as a reader stands before it; ``members`` are the reader's units in it."""

    group: GroupRow
    manages: bool
    overlooks: bool
    members: tuple[int, ...] = ()
    writes_for: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PostPlace:
    """A post as a reader stands before it.

    ``sends``: the reader has a post at the unit that sent it. ``receives`` are the reader's units
    that it is for, with when each acknowledged; ``answers_for`` those for which the reader may.
    ``pastes`` are the groups into which the reader's units bring it.
    """

    post: PostRow
    sends: bool
    deliveries: list[DeliveryRow] = field(default_factory=list)
    receives: dict[int, datetime | None] = field(default_factory=dict)
    answers_for: tuple[int, ...] = ()
    pastes: frozenset[int] = frozenset()


def roles_held(reader: Reader, day: date) -> dict[int, set[Role]]:
    """Return the reader's roles by unit. A superuser without posts has none."""
    held: dict[int, set[Role]] = {}
    for post in posts_of(reader, day):
        held.setdefault(post.unit_id, set()).add(Role(post.role))
    return held


def get_place_for(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose register the reader may look at, or 404."""
    day = day_of(now)
    found = get_unit_for(reader, public_id, day, roles=MORE_THAN_FIGURES)
    unit = unit_rows([found.pk], day, in_full=True).get(found.pk)
    if unit is None:
        raise Http404
    held = [post for post in posts_of(reader, day) if post.unit_id == found.pk]
    own = [post for post in held if post.role in MANAGERS]
    line = Line(own[0].line) if own else Line.LEADS
    return Place(unit=unit, manages=bool(own), reads_posts=bool(held), line=line)


def get_place_of_posts(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the reader's own unit, whose texts are shown, or 404; a unit above reads its own."""
    place = get_place_for(reader, public_id, now)
    if not place.reads_posts:
        raise Http404
    return place


def get_place_to_manage(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose groups the reader keeps, or 404."""
    place = get_place_for(reader, public_id, now)
    if not place.manages:
        raise Http404
    return place


def get_group_for(reader: Reader, public_id: str, now: datetime) -> GroupPlace:
    """Return the group to whoever is above its owner, keeps it, or is in it; else 404."""
    group = find_group(public_id, day_of(now))
    place = _before(reader, group, now) if group else None
    if place is None:
        raise Http404
    return place


def get_group_to_manage(reader: Reader, public_id: str, now: datetime) -> GroupPlace:
    """Return the group to whoever keeps it, else 404."""
    place = get_group_for(reader, public_id, now)
    if not place.manages:
        raise Http404
    return place


def get_group_to_write(reader: Reader, public_id: str, now: datetime) -> GroupPlace:
    """Return the group to whoever may write on its boards for a unit, else 404."""
    place = get_group_for(reader, public_id, now)
    if not place.writes_for:
        raise Http404
    return place


def get_entry_for(reader: Reader, public_id: str, now: datetime) -> tuple[EntryRow, GroupPlace]:
    """Return what was written to whoever may see it: once shown all in the group, else its own."""
    entry = find_entry(public_id, day_of(now))
    if entry is None:
        raise Http404
    place = get_group_for(reader, entry.group_public_id, now)
    if not sees_entry(entry, place):
        raise Http404
    return entry, place


def get_own_entry(reader: Reader, public_id: str, now: datetime) -> tuple[EntryRow, GroupPlace]:
    """Return what the reader's own unit wrote, else 404."""
    entry, place = get_entry_for(reader, public_id, now)
    if entry.unit_id not in place.writes_for:
        raise Http404
    return entry, place


def get_entry_to_decide(
    reader: Reader, public_id: str, now: datetime
) -> tuple[EntryRow, GroupPlace]:
    """Return what was written to whoever keeps the group, else 404."""
    entry, place = get_entry_for(reader, public_id, now)
    if not place.manages:
        raise Http404
    return entry, place


def sees_entry(entry: EntryRow, place: GroupPlace) -> bool:
    """Say whether an entry is the reader's to see: nobody but owner and writer until it is shown."""
    return (
        entry.state is EntryState.SHOWN
        or entry.unit_id in place.writes_for
        or (place.manages and entry.state is EntryState.WAITING)
    )


def get_post_for(reader: Reader, public_id: str, now: datetime) -> PostPlace:
    """Return the post to the unit that sent it, those it is for, those who paste it; else 404."""
    day = day_of(now)
    post = find_post(public_id, day)
    held = roles_held(reader, day)
    seeing = [unit for unit, roles in held.items() if roles & MORE_THAN_FIGURES]
    if post is None or not seeing:
        raise Http404
    deliveries = list_deliveries(post.id, day)
    managed = {unit for unit, roles in held.items() if roles & MANAGERS}
    receives = receiving(post.id, [unit for unit in seeing if unit != post.unit_id], day)
    place = PostPlace(
        post=post,
        sends=post.unit_id in seeing,
        deliveries=deliveries,
        receives=receives,
        answers_for=tuple(unit for unit in receives if held[unit] & ANSWERERS),
        pastes=frozenset(each.group_id for each in deliveries if each.unit_id in managed),
    )
    if not (place.sends or place.receives or place.pastes):
        raise Http404
    return place


def _before(reader: Reader, group: GroupRow, now: datetime) -> GroupPlace | None:
    day = day_of(now)
    held = roles_held(reader, day)
    own = held.get(group.unit_id, set())
    seeing = [unit for unit, roles in held.items() if roles & MORE_THAN_FIGURES]
    members = tuple(unit for _group, unit in memberships([group.id], seeing, day))
    writes = tuple(unit for unit in members if held[unit] & ANSWERERS)
    if own & MANAGERS:
        writes = (group.unit_id, *writes)
    reach = units_visible_to(reader, day, roles=MORE_THAN_FIGURES)
    overlooks = reach.filter(pk=group.unit_id).exists()
    if not overlooks and not members:
        return None
    return GroupPlace(
        group=group,
        manages=bool(own & MANAGERS),
        overlooks=overlooks,
        members=members,
        writes_for=writes,
    )
