"""Who has a part in a child's life, and whether that is near the child."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from mingtian.core.clock import day_of
from mingtian.vault.access import Door
from mingtian.vault.rules import Part


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRow:
    """Somebody's part, by the name that colleagues know. ``near``: by a post at the child's place or school, or above them."""

    who: str
    part: Part
    since: datetime
    near: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FarRow:
    """Somebody's part in the life of a child that has moved away from them, undecided yet."""

    user_id: int
    who: str
    part: Part
    since: datetime

    @property
    def key(self) -> str:
        """By what a form calls it."""
        return f"{self.part}-{self.user_id}"


def list_far(door: Door, child: int) -> list[FarRow]:
    """Return who has a part in the life of a child in sight and stands far from it, undecided. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FAR, {"child": child, "at": door.now, "day": day_of(door.now)})
        return [
            FarRow(user_id=user, who=who, part=Part(part), since=since)
            for user, who, part, since in cursor.fetchall()
        ]


def list_parts(door: Door, child: int) -> list[PartRow]:
    """Return who has a part in the life of a child in sight, workers first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"child": child, "at": door.now, "day": day_of(door.now)})
        return [
            PartRow(who=who, part=Part(part), since=since, near=near)
            for who, part, since, near in cursor.fetchall()
        ]


_FAR = """
    SELECT far.user_id, org_person_name(person.first_name, person.last_name, person.username), far.part, far.since
    FROM children_far(ARRAY[%(child)s::bigint], %(at)s, %(day)s) AS far
    JOIN auth_user person ON person.id = far.user_id
    ORDER BY far.part = 'worker' DESC, far.part, far.since, far.user_id
"""

# A staff group's helper stands where the group belongs; a worker near the school alone is not near the child.
_PARTS = """
    SELECT org_person_name(person.first_name, person.last_name, person.username), reach.part, min(reach.starts_at),
           person.is_active AND EXISTS (
               SELECT FROM org_post post
               JOIN org_unit own ON own.id = post.unit_id
               JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
                AND org_holds(top.starts_on, top.ends_on, %(day)s)
               JOIN org_placement above ON above.line = post.line
                AND above.unit_id = CASE own.kind WHEN 'staff_group' THEN top.superior_id
                                                  ELSE post.unit_id END
                AND org_holds(above.starts_on, above.ends_on, %(day)s)
               JOIN org_placement here ON here.line = post.line AND here.path <@ above.path
                AND org_holds(here.starts_on, here.ends_on, %(day)s)
                AND (here.unit_id = child.unit_id
                     OR (here.unit_id = child.school_id AND reach.part <> 'worker'))
               WHERE post.user_id = reach.user_id AND org_holds(post.starts_on, post.ends_on, %(day)s)
                 AND post.role = CASE reach.part WHEN 'worker' THEN 'case_worker' ELSE reach.part END)
    FROM vault_reach reach
    JOIN vault_child child ON child.id = reach.child_id
    JOIN auth_user person ON person.id = reach.user_id
    WHERE reach.child_id = %(child)s AND reach.part <> 'reader' AND reach.starts_at <= %(at)s
      AND (reach.ends_at IS NULL OR reach.ends_at > %(at)s)
    GROUP BY person.id, reach.user_id, reach.part, child.unit_id,
             child.school_id
    ORDER BY reach.part = 'worker' DESC, reach.part, min(reach.starts_at)
"""
