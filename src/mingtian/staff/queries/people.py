"""Reads of who holds which post at units within reach, and of open invitations there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import POSTS_AT, Line, Role, UnitKind
from mingtian.staff.access import post_key
from mingtian.staff.queries.accounts import NEEDING, NEEDS_FACTOR, NO_FACTOR
from mingtian.staff.rules import ASLEEP_DAYS, ENDING_DAYS, MOST_WRONG_WORDS

MOST_SHOWN = 300
MOST_EXPORTED = 20_000


class Show(StrEnum):
    """Which posts are listed."""

    ALL = "all"
    ENDING = "ending"
    ASLEEP = "asleep"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Below what a reader lists people: one unit with what stands directly below it, or all."""

    unit_id: int
    line: Line
    path: str
    whole: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HolderRow:
    """A post with its holder and term. ``key`` names it in addresses."""

    key: str
    username: str
    name: str
    unit: str
    unit_id: str
    unit_kind: UnitKind
    role: Role
    line: Line
    starts_on: date
    ends_on: date | None
    seen_at: datetime | None
    asleep: bool
    factor_missing: bool

    @property
    def title(self) -> str:
        """The name to show; the one for signing in where no other is known."""
        return self.name or self.username


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationRow:
    """An invitation that waits, or that ended without being used."""

    public_id: str
    name: str
    unit: str
    role: Role
    starts_on: date
    ends_on: date | None
    made_by: str
    expires_at: datetime
    ended: bool


def reach_of(posts: Sequence[PostRow], *, whole: bool = False) -> list[Reach]:
    """Return the reach of posts: the own unit and the units directly below, or everything.

    Below a school stand its grades, which have no posts, so a school always lists its classes.
    """
    return [
        Reach(
            unit_id=post.unit.id,
            line=post.line,
            path=post.subtree,
            whole=whole or post.unit.kind is UnitKind.SCHOOL,
        )
        for post in posts
    ]


def list_people(
    reach: Sequence[Reach], *, now: datetime, words: str = "", show: Show = Show.ALL,
    most: int = MOST_SHOWN,
) -> list[HolderRow]:  # fmt: skip
    """Return posts that are held or will be, by unit and role. One statement."""
    day = day_of(now)
    values = _values(reach, now) | {
        "words": f"%{_literal(words)}%" if words else None,
        "show": show.value,
        "soon": day + timedelta(days=ENDING_DAYS),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, values)
        return [_holder(found) for found in cursor.fetchall()]


def list_invitations(reach: Sequence[Reach], *, now: datetime) -> list[InvitationRow]:
    """Return invitations that wait, and those that ran out in the last month. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_INVITATIONS, _values(reach, now) | {"lately": now - timedelta(days=30)})
        return [
            InvitationRow(
                public_id=public_id,
                name=name,
                unit=shown_name(unit, unit_en),
                role=Role(role),
                starts_on=starts_on,
                ends_on=ends_on,
                made_by=made_by or "",
                expires_at=expires_at,
                ended=expires_at <= now or wrong >= MOST_WRONG_WORDS,
            )
            for (
                public_id, name, role, starts_on, ends_on, expires_at, wrong, unit, unit_en, made_by,
            ) in cursor.fetchall()
        ]  # fmt: skip


def list_units_near(reach: Sequence[Reach], day: date) -> list[tuple[str, str]]:
    """Return public id and name of the own units and those directly below that can have posts."""
    values: dict[str, Any] = {
        "units": [each.unit_id for each in reach],
        "lines": [each.line.value for each in reach],
        "paths": [each.path for each in reach],
        "wholes": [each.whole for each in reach],
        "day": day,
        "kinds": sorted({kind.value for kinds in POSTS_AT.values() for kind in kinds}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, values)
        return [(public_id, shown_name(name, name_en)) for public_id, name, name_en in cursor]


def place_of(unit_id: int, day: date) -> str:
    """Return what a unit is called among others: a class with its school and grade."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"unit": unit_id, "day": day})
        found = cursor.fetchone()
    return shown_name(*found) if found else ""


def list_own_posts(user_id: int, *, now: datetime) -> list[HolderRow]:
    """Return the posts that somebody holds or will hold. One statement."""
    values: dict[str, Any] = {"user": user_id, "day": day_of(now), "awake": now, **NEEDING}
    with connection.cursor() as cursor:
        cursor.execute(_OWN, values)
        return [_holder(found) for found in cursor.fetchall()]


def _values(reach: Sequence[Reach], now: datetime) -> dict[str, Any]:
    return {
        "units": [each.unit_id for each in reach],
        "lines": [each.line.value for each in reach],
        "paths": [each.path for each in reach],
        "wholes": [each.whole for each in reach],
        "now": now,
        "day": day_of(now),
        "awake": now - timedelta(days=ASLEEP_DAYS),
        **NEEDING,
    }


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _holder(found: Sequence[object]) -> HolderRow:
    (
        username, name, seen_at, role, line, starts_on, ends_on, unit_id, kind, unit, unit_en,
        asleep, missing,
    ) = found  # fmt: skip
    assert isinstance(starts_on, date)
    assert ends_on is None or isinstance(ends_on, date)
    assert seen_at is None or isinstance(seen_at, datetime)
    return HolderRow(
        key=post_key(str(unit_id), str(role), starts_on, str(username)),
        username=str(username),
        name=str(name),
        unit=shown_name(str(unit), str(unit_en)),
        unit_id=str(unit_id),
        unit_kind=UnitKind(str(kind)),
        role=Role(str(role)),
        line=Line(str(line)),
        starts_on=starts_on,
        ends_on=ends_on,
        seen_at=seen_at,
        asleep=bool(asleep),
        factor_missing=bool(missing),
    )


NEAR = """
    mine AS (
        SELECT * FROM unnest(%(units)s::int[], %(lines)s::text[], %(paths)s::text[],
                             %(wholes)s::bool[]) AS m (unit_id, line, path, whole)
    ),
    near AS (
        SELECT place.unit_id FROM mine
        JOIN org_placement place ON place.line = mine.line
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
         AND (place.unit_id = mine.unit_id OR place.superior_id = mine.unit_id)
        UNION
        SELECT place.unit_id FROM mine
        JOIN org_placement place ON mine.whole AND place.line = mine.line
         AND place.path <@ mine.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
    )
"""
# A class is known by its school and grade: there are many first classes.
ABOVE = """
    LEFT JOIN LATERAL (
        SELECT string_agg(up.name, ' ' ORDER BY step.n) AS names,
               string_agg(coalesce(nullif(up.name_en, ''), up.name), ' ' ORDER BY step.n) AS names_en,
               bool_or(up.kind = 'grade') AS graded
        FROM org_placement place
        CROSS JOIN unnest(string_to_array(place.path::text, '.')::int[])
                   WITH ORDINALITY AS step (id, n)
        JOIN org_unit up ON up.id = step.id AND up.kind IN ('school', 'grade') AND up.id <> unit.id
        WHERE place.unit_id = unit.id AND place.line = 'leads'
          AND org_holds(place.starts_on, place.ends_on, %(day)s)
    ) above ON true
"""
# As org writes it: a grade and its class are one name, only Latin letters stand apart.
_JOINED = "concat({above}, CASE WHEN {above} IS NULL OR (above.graded AND {own} ~ '[^ -~]') THEN '' ELSE ' ' END, {own})"
WHERE_ZH = _JOINED.format(above="above.names", own="unit.name")
WHERE_EN = _JOINED.format(
    above="above.names_en", own="coalesce(nullif(unit.name_en, ''), unit.name)"
)
# Who has never signed in counts from the day on which the account was made.
_ASLEEP = "coalesce(person.last_login, person.date_joined) < %(awake)s"
_HELD = f"""
        SELECT person.username, concat_ws(' ', nullif(person.first_name, ''),
               nullif(person.last_name, '')) AS name, person.last_login, post.role, post.line,
               post.starts_on, post.ends_on, unit.public_id, unit.kind,
               unit.id AS unit_id, {WHERE_ZH} AS unit, {WHERE_EN} AS unit_en, {_ASLEEP} AS asleep,
               {NO_FACTOR} AND {NEEDS_FACTOR} AS missing
        FROM org_post post
        JOIN auth_user person ON person.id = post.user_id AND person.is_active
        JOIN org_unit unit ON unit.id = post.unit_id {ABOVE}
        WHERE (post.ends_on IS NULL OR post.ends_on > %(day)s)
"""  # noqa: S608
_COLUMNS = """
    username, name, last_login, role, line, starts_on, ends_on, public_id, kind, unit, unit_en,
    asleep, missing
"""
_PEOPLE = f"""
    WITH {NEAR},
    held AS ({_HELD} AND post.unit_id IN (SELECT unit_id FROM near))
    SELECT {_COLUMNS}
    FROM held
    WHERE (%(words)s::text IS NULL OR name ILIKE %(words)s OR username ILIKE %(words)s
           OR unit ILIKE %(words)s OR unit_en ILIKE %(words)s)
      AND CASE %(show)s WHEN 'ending' THEN ends_on <= %(soon)s
                        WHEN 'asleep' THEN asleep
                        WHEN 'missing' THEN missing ELSE true END
    ORDER BY unit_id, array_position(ARRAY['director', 'office', 'clerk', 'auditor', 'principal',
             'duty_teacher', 'class_teacher'], role::text), starts_on, username
    LIMIT %(most)s
"""  # noqa: S608
_OWN = f"""
    WITH held AS ({_HELD} AND post.user_id = %(user)s)
    SELECT {_COLUMNS} FROM held ORDER BY starts_on, unit_id
"""  # noqa: S608
_INVITATIONS = f"""
    WITH {NEAR}
    SELECT made.public_id, made.name, made.role, made.starts_on, made.ends_on, made.expires_at,
           made.wrong_words, {WHERE_ZH}, {WHERE_EN},
           coalesce(nullif(person.first_name, ''), person.username)
    FROM near
    JOIN staff_invitation made ON made.unit_id = near.unit_id
    JOIN org_unit unit ON unit.id = made.unit_id {ABOVE}
    LEFT JOIN auth_user person ON person.id = made.made_by_id
    WHERE made.used_at IS NULL AND made.withdrawn_at IS NULL AND made.expires_at > %(lately)s
    ORDER BY made.expires_at, made.id
"""  # noqa: S608
_UNITS = f"""
    WITH {NEAR}
    SELECT unit.public_id, {WHERE_ZH}, {WHERE_EN}
    FROM near JOIN org_unit unit ON unit.id = near.unit_id {ABOVE}
    WHERE unit.kind = ANY(%(kinds)s)
    ORDER BY unit.id
"""  # noqa: S608
_PLACE = f"""
    SELECT {WHERE_ZH}, {WHERE_EN} FROM org_unit unit {ABOVE} WHERE unit.id = %(unit)s
"""  # noqa: S608
