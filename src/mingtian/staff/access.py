"""Who may invite to which post, end it, see who holds it, and read the trail."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import Http404

from mingtian.core.sql import each
from mingtian.org.access import get_unit_for, posts_of, units_visible_to
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Line, Role
from mingtian.staff.models import Invitation
from mingtian.staff.rules import INVITING, READING_TRAIL, SEEING_PEOPLE

if TYPE_CHECKING:
    from mingtian.org.models import Post, Unit

Reader = User | AnonymousUser


def posts_seeing_people(user: User, day: date) -> list[PostRow]:
    """Return the person's posts from which others are seen, or 404 when there is none."""
    return _posts_in(user, day, SEEING_PEOPLE)


def posts_reading_trail(user: User, day: date) -> list[PostRow]:
    """Return the person's posts from which the trail is read, or 404 when there is none."""
    return _posts_in(user, day, READING_TRAIL)


def _posts_in(user: User, day: date, roles: frozenset[Role]) -> list[PostRow]:
    found = [post for post in list_posts(user.pk, day) if post.role in roles]
    if not found:
        raise Http404
    return found


def holds_a_post(user: User, day: date) -> bool:
    """Say whether the account opens anything on the day; a superuser needs no post."""
    return user.is_superuser or posts_of(user, day).exists()


def may_invite(user: Reader, day: date) -> bool:
    """Say whether the person holds a post that invites at all."""
    return posts_of(user, day).filter(role__in=INVITING).exists()


def get_unit_to_invite_for(user: Reader, public_id: str, day: date) -> "Unit":
    """Return the unit at which the person may fill posts, or 404."""
    return get_unit_for(user, public_id, day, roles=INVITING)


def get_unit_to_see_for(user: Reader, public_id: str, day: date) -> "Unit":
    """Return the unit whose people the person may see, or 404."""
    return get_unit_for(user, public_id, day, roles=SEEING_PEOPLE)


def reaches_further(user: Reader, unit_id: int, line: Line, day: date) -> bool:
    """Say whether a post at the unit, along the line, would reach what the person does not.

    Nobody gives more than they hold: an office on one line cannot open another line's units.
    """
    own = units_visible_to(user, day, roles=INVITING)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"unit": unit_id, "line": line.value, "day": day})
        given = [key for (key,) in cursor.fetchall()]
    return not given or own.filter(pk__in=each(given)).count() < len(given)


def get_post_for(user: Reader, key: str, day: date) -> "Post":
    """Return the post of this key if the person may end it, or 404.

    It may begin later than today; one that has ended is history and no longer found.
    """
    unit_id, role, since, username = split_key(key)
    unit = get_unit_to_invite_for(user, unit_id, day)
    holder = User.objects.filter(username=username).first()
    if holder is None:
        raise Http404
    post = posts_of(holder, max(day, since)).filter(unit=unit, role=role, starts_on=since).first()
    if post is None:
        raise Http404
    return post


def all_posts_in_reach(holder: User, by: User, day: date) -> bool:
    """Say whether ``by`` may fill every post that the holder has; a superuser is in no reach."""
    units = {post.unit_id for post in posts_of(holder, day)}
    reach = units_visible_to(by, day, roles=INVITING)
    return (
        bool(units) and not holder.is_superuser and reach.filter(pk__in=units).count() == len(units)
    )


def post_key(unit: str, role: str, starts_on: date, username: str) -> str:
    """Return what names a post in addresses and forms, without its row's key."""
    return f"{unit}.{role}.{starts_on.isoformat()}.{username}"


def split_key(key: str) -> tuple[str, str, date, str]:
    """Return the parts of :func:`post_key`, or 404 for what is none."""
    parts = key.split(".", 3)
    try:
        return parts[0], Role(parts[1]).value, date.fromisoformat(parts[2]), parts[3]
    except (IndexError, ValueError):
        raise Http404 from None


def get_invitation_for(user: Reader, public_id: str, day: date) -> Invitation:
    """Return an invitation to a unit at which the person may fill posts, or 404."""
    reach = units_visible_to(user, day, roles=INVITING)
    found = (
        Invitation.objects.filter(public_id=public_id, unit__in=reach)
        .select_related("unit", "made_by", "used_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


_BELOW = """
    SELECT below.unit_id
    FROM org_placement own
    JOIN org_placement below ON below.line = own.line AND below.path <@ own.path
    WHERE own.unit_id = %(unit)s AND own.line = %(line)s
      AND org_holds(own.starts_on, own.ends_on, %(day)s)
      AND org_holds(below.starts_on, below.ends_on, %(day)s)
"""
