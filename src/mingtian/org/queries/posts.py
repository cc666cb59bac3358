"""Reads of posts: who holds which, where it stands, and who holds one at or above a unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection

from mingtian.org.queries.tree import UnitRow
from mingtian.org.rules import Line, Role, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class PostRow:
    """A post held on a day, and where its unit stands on the post's line that day.

    ``path`` are the keys from the top of the line down to the unit. ``user_id``, ``username``
    and ``name`` are the holder's; pages show the name, the trail keeps the account.
    """

    id: int
    user_id: int
    username: str
    name: str
    unit: UnitRow
    role: Role
    line: Line
    path: tuple[int, ...]

    @property
    def subtree(self) -> str:
        """The ltree path to compare with ``<@`` on ``line``."""
        return ".".join(map(str, self.path))


def list_posts(user_id: int, day: date) -> list[PostRow]:
    """Return the posts that a person holds on the day, the oldest first. One statement."""
    return _posts("post.user_id = %(user)s", day, user=user_id)


def list_holders(
    unit_ids: Collection[int], day: date, roles: Collection[Role] = tuple(Role)
) -> list[PostRow]:
    """Return who holds a post of these roles at these very units on the day. One statement."""
    words = [role.value for role in roles]
    where = "post.unit_id = ANY(%(units)s) AND post.role = ANY(%(roles)s)"
    return _posts(where, day, units=list(unit_ids), roles=words)


def _posts(where: str, day: date, **values: int | list[int] | list[str]) -> list[PostRow]:
    with connection.cursor() as cursor:
        cursor.execute(_POSTS.format(where=where), {"day": day, **values})
        return [_row(found) for found in cursor.fetchall()]


def person_name(user: AbstractUser | None) -> str:
    """Return what a person of staff is called: the name of the invitation, else the account's.

    Empty for nobody. Statements say the same with ``org_person_name``.
    """
    return user.get_full_name() or user.get_username() if user else ""


def _row(found: Sequence[Any]) -> PostRow:
    (post_id, user_id, username, person, role, line, path, unit_id, unit_public, kind, name,
     name_en, steps) = found  # fmt: skip
    keys = tuple(int(label) for label in path.split("."))
    unit = UnitRow(
        id=int(unit_id),
        public_id=unit_public,
        kind=UnitKind(kind),
        name=name,
        name_en=name_en,
        superior_id=keys[-2] if len(keys) > 1 else None,
        steps=steps or (),
    )
    return PostRow(
        id=int(post_id),
        user_id=int(user_id),
        username=username,
        name=person,
        unit=unit,
        role=Role(role),
        line=Line(line),
        path=keys,
    )


# ``where`` is one of the constants above; values go as parameters.
_POSTS = """
    SELECT post.id, person.id, person.username,
           org_person_name(person.first_name, person.last_name, person.username), post.role, post.line, place.path::text,
           unit.id, unit.public_id, unit.kind, called.name, called.name_en,
           org_full_name(unit.id, %(day)s)
    FROM org_post post
    JOIN auth_user person ON person.id = post.user_id AND person.is_active
    JOIN org_unit unit ON unit.id = post.unit_id
    JOIN org_unit_name called
      ON called.unit_id = unit.id AND org_holds(called.starts_on, called.ends_on, %(day)s)
    JOIN org_placement place
      ON place.unit_id = unit.id AND place.line = post.line
     AND org_holds(place.starts_on, place.ends_on, %(day)s)
    WHERE org_holds(post.starts_on, post.ends_on, %(day)s) AND {where}
    ORDER BY post.starts_on, post.id
"""
