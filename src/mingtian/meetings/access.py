"""Who reads a meeting, keeps it, answers for a follow-up, and reads the log of talks.

A meeting is read at its unit and above it, along the lines of the reader's posts, by all but
auditors; it is kept at its own unit. A talk is read at its unit and at the one directly above,
and nowhere else. A follow-up is read where it was resolved and where it is owned.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.meetings.models import FollowUp, Meeting, Talk
from mingtian.meetings.rules import (
    HOUSES,
    KEEPERS,
    KINDS_AT,
    OWNERS,
    READERS,
    TALK_READERS,
    TALKERS,
)
from mingtian.org.access import get_unit_for, posts_of, units_visible_to
from mingtian.org.queries import UnitRow, find_unit, unit_rows
from mingtian.org.rules import Role, UnitKind

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A unit as a reader stands before it. ``roles`` are the reader's at this very unit."""

    unit: UnitRow
    roles: frozenset[Role]

    @property
    def may_keep(self) -> bool:
        return bool(self.roles & KEEPERS) and self.unit.kind in KINDS_AT

    @property
    def may_talk(self) -> bool:
        return bool(self.roles & TALKERS) and self.unit.kind in HOUSES

    @property
    def keeper(self) -> Role:
        """The role with which the reader keeps what is kept here."""
        return min(self.roles & KEEPERS)


def own_unit_of(reader: Reader, now: datetime) -> UnitRow | None:
    """Return the unit whose meetings the reader looks at first; None without such a post."""
    day = day_of(now)
    held = [post for post in posts_of(reader, day) if post.role in READERS]
    kinds = {*KINDS_AT}
    first = [post for post in held if UnitKind(post.unit.kind) in kinds]
    keys = [post.unit_id for post in sorted(first, key=lambda post: post.role not in KEEPERS)]
    return unit_rows(keys[:1], day).get(keys[0]) if keys else None


def get_place_for(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose meetings are asked for, or 404 when it is out of reach."""
    day = day_of(now)
    found = get_unit_for(reader, public_id, day, roles=READERS)
    unit = unit_rows([found.pk], day, in_full=True).get(found.pk)
    if unit is None:
        raise Http404
    return Place(unit=unit, roles=_roles_at(reader, unit.id, now))


def get_place_to_keep(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose meetings the reader keeps, or 404."""
    place = get_place_for(reader, public_id, now)
    if not place.may_keep:
        raise Http404
    return place


def meetings_visible_to(reader: Reader, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings of all units within reach."""
    reach = units_visible_to(reader, day_of(now), roles=READERS)
    return Meeting.objects.filter(unit_id__in=reach.values("pk"))


def get_meeting_for(reader: Reader, public_id: str, now: datetime) -> tuple[Meeting, Place]:
    """Return the meeting and its unit, or 404 both when absent and when out of reach."""
    found = meetings_visible_to(reader, now).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    # A unit that has closed since keeps the name of the meeting's own day.
    rows = unit_rows([found.unit_id], day_of(now), in_full=True) or unit_rows(
        [found.unit_id], day_of(found.held_at), in_full=True
    )
    return found, Place(unit=rows[found.unit_id], roles=_roles_at(reader, found.unit_id, now))


def get_meeting_to_keep(reader: Reader, public_id: str, now: datetime) -> tuple[Meeting, Place]:
    """Return a meeting of a unit whose meetings the reader keeps, or 404."""
    found, place = get_meeting_for(reader, public_id, now)
    if not place.may_keep:
        raise Http404
    return found, place


# --- Follow-ups ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A follow-up as a reader stands before it."""

    row: FollowUp
    may_finish: bool
    may_take_back: bool


def follow_ups_visible_to(reader: Reader, now: datetime) -> QuerySet[FollowUp]:
    """Return the follow-ups that the reader's own units resolved or own, and the reader's own.

    What another unit within reach has to do is seen on its page, meeting by meeting.
    """
    day = day_of(now)
    owning = units_of(reader, OWNERS, now)
    setting = units_of(reader, TALK_READERS, now)
    held = posts_of(reader, day).values("unit_id")
    mine = Q(person_id=reader.pk, owner_id__in=held)
    return FollowUp.objects.filter(Q(owner_id__in=owning) | Q(unit_id__in=setting) | mine)


def get_task_for(reader: Reader, public_id: str, now: datetime) -> Task:
    """Return the follow-up, or 404 both when absent and when not the reader's business."""
    found = follow_ups_visible_to(reader, now).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    keeps = found.unit_id in units_of(reader, TALKERS, now)
    owns = found.owner_id in units_of(reader, OWNERS, now) or found.person_id == reader.pk
    return Task(row=found, may_finish=keeps or owns, may_take_back=keeps)


def get_task_to_settle(reader: Reader, public_id: str, now: datetime) -> Task:
    """Return a follow-up that the reader may end, or 404."""
    task = get_task_for(reader, public_id, now)
    if not (task.may_finish or task.may_take_back):
        raise Http404
    return task


def units_of(reader: Reader, roles: Collection[Role], now: datetime) -> list[int]:
    """Return the units at which the reader holds one of the roles."""
    return list(
        posts_of(reader, day_of(now))
        .filter(role__in=[role.value for role in roles])
        .values_list("unit_id", flat=True)
    )


# --- Talks --------------------------------------------------------------------


def talks_visible_to(reader: Reader, now: datetime) -> QuerySet[Talk]:
    """Return the talks of the reader's own units and of those directly below on the post's line."""
    return Talk.objects.filter(unit_id__in=_talking(reader, now))


def get_talking_place_for(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose talks are asked for, or 404 when they are not the reader's to read."""
    unit = find_unit(public_id, day_of(now))
    if unit is None or unit.kind not in HOUSES or unit.id not in _talking(reader, now):
        raise Http404
    return Place(unit=unit, roles=_roles_at(reader, unit.id, now))


def get_place_to_talk(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit whose log of talks the reader keeps, or 404."""
    place = get_talking_place_for(reader, public_id, now)
    if not place.may_talk:
        raise Http404
    return place


def get_talk_for(reader: Reader, public_id: str, now: datetime) -> tuple[Talk, Place]:
    """Return the talk and its unit, or 404 both when absent and when not the reader's to read."""
    found = talks_visible_to(reader, now).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    rows = unit_rows([found.unit_id], day_of(now))
    if found.unit_id not in rows:
        raise Http404
    return found, Place(unit=rows[found.unit_id], roles=_roles_at(reader, found.unit_id, now))


def get_talk_to_keep(reader: Reader, public_id: str, now: datetime) -> tuple[Talk, Place]:
    """Return a talk of a unit whose log the reader keeps, or 404."""
    found, place = get_talk_for(reader, public_id, now)
    if not place.may_talk:
        raise Http404
    return found, place


def reads_talks_of(reader: Reader, unit_id: int, now: datetime) -> bool:
    """Say whether the log of the unit is the reader's to read."""
    return unit_id in _talking(reader, now)


def _talking(reader: Reader, now: datetime) -> set[int]:
    roles, day = sorted(role.value for role in TALK_READERS), day_of(now)
    with connection.cursor() as cursor:
        cursor.execute(_TALKING, [day, reader.pk, roles, day])
        return {unit_id for (unit_id,) in cursor.fetchall()}


def _roles_at(reader: Reader, unit_id: int, now: datetime) -> frozenset[Role]:
    held = posts_of(reader, day_of(now)).filter(unit_id=unit_id)
    return frozenset(Role(post.role) for post in held)


_TALKING = """
    SELECT near.unit_id
    FROM org_post post
    CROSS JOIN LATERAL (
        SELECT post.unit_id
        UNION ALL
        SELECT below.unit_id FROM org_placement below
        WHERE below.superior_id = post.unit_id AND below.line = post.line
          AND org_holds(below.starts_on, below.ends_on, %s)
    ) near
    WHERE post.user_id = %s AND post.role = ANY (%s)
      AND org_holds(post.starts_on, post.ends_on, %s)
"""
