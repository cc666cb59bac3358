"""Place a unit on a line, or move it with everything below it.

Only the path of the moved unit's subtree changes, in two statements whatever its size: rows
that hold on the day are closed and reopened, rows that begin later get the new path.
"""

from datetime import date, datetime

from django.db import connection, transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.sql import Lock, hold
from mingtian.org.models import Placement, Unit
from mingtian.org.rules import INNER_SUPERIORS, Line, UnitKind, check_standing


def place_unit(
    *, unit: Unit, line: Line, superior: Unit | None, on: date, actor: str, now: datetime
) -> bool:
    """Let a unit stand on a line from a day on, at the top when ``superior`` is None.

    Everything inside a school follows it. Returns False when it stood there already, and
    refuses with ``already_placed`` when it stands elsewhere on the line.
    """
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        _check_day(unit, on)
        if _inside_a_school(unit):
            raise RuleBroken("inner_unit_follows")
        if (rows := _rows_after(unit, line, on)) != []:
            superior_id = superior.pk if superior else None
            if len(rows) == 1 and rows[0].superior_id == superior_id and rows[0].starts_on <= on:
                return False
            raise RuleBroken("already_placed", line=line.value)
        check_standing(UnitKind(unit.kind), _kind(superior), line)
        _place(unit, line, superior, on)
        _note(unit, line, superior, on, actor=actor, now=now)
    return True


def move_unit(
    *, unit: Unit, line: Line, superior: Unit, on: date, actor: str, now: datetime
) -> bool:
    """Put a unit with its whole subtree under another superior from a day on.

    A unit inside a school moves on the leading line and follows on the other. Returns False
    when it stands there already, so a repeat changes nothing. Refused: a circle, a place
    the kind cannot have, a day before a change that is already entered.
    """
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        _check_day(unit, on)
        if line is Line.GUIDES and _inside_a_school(unit):
            raise RuleBroken("inner_unit_follows")
        if _stands_under(unit, line, superior, on):
            return False
        shift(unit=unit, line=line, superior=superior, on=on)
        _note(unit, line, superior, on, actor=actor, now=now)
    return True


def shift(*, unit: Unit, line: Line, superior: Unit, on: date) -> None:
    """Move without an audit entry; the caller holds the tree's lock in a transaction."""
    check_standing(UnitKind(unit.kind), UnitKind(superior.kind), line)
    if not _rows_after(unit, line, on):
        raise RuleBroken("not_placed", line=line.value)
    _move(unit, line, superior, on)
    if line is Line.LEADS and superior.kind in INNER_SUPERIORS:
        _follow(unit, superior, on)


def leave_line(unit: Unit, line: Line, on: date) -> None:
    """End the paths of a subtree on a line; the caller holds the tree's lock."""
    with connection.cursor() as cursor:
        cursor.execute(_END_STARTED, {"unit": unit.pk, "line": line.value, "on": on})
        cursor.execute(_DROP_COMING, {"unit": unit.pk, "line": line.value, "on": on})


def _follow(unit: Unit, superior: Unit, on: date) -> None:
    """Bring the guiding line of what stands inside a school into step with the leading one."""
    stands = bool(_rows_after(unit, Line.GUIDES, on))
    if not _rows_after(superior, Line.GUIDES, on):
        if stands:
            leave_line(unit, Line.GUIDES, on)
    elif stands:
        _move(unit, Line.GUIDES, superior, on)
    else:
        _place(unit, Line.GUIDES, superior, on)


def _move(unit: Unit, line: Line, superior: Unit, on: date) -> None:
    rows = _rows_after(unit, line, on)
    if any(row.starts_on > on for row in rows):
        raise RuleBroken("changes_later", day=max(row.starts_on for row in rows).isoformat())
    path = _path_to_stay(superior, line, on)
    if str(unit.pk) in path.split("."):
        raise RuleBroken("cycle")
    values = {
        "unit": unit.pk,
        "line": line.value,
        "on": on,
        "superior": superior.pk,
        "above": path,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REWRITE_COMING, values)
        cursor.execute(_REOPEN_STARTED, values)


def _place(unit: Unit, line: Line, superior: Unit | None, on: date) -> None:
    above = _path_to_stay(superior, line, on) + "." if superior else ""
    Placement.objects.create(
        unit=unit,
        line=line,
        superior=superior,
        path=f"{above}{unit.pk}",
        starts_on=on,
        ends_on=unit.closed_on,
    )
    if unit.kind in INNER_SUPERIORS:
        values = {"unit": unit.pk, "line": line.value, "on": on, "path": f"{above}{unit.pk}"}
        with connection.cursor() as cursor:
            cursor.execute(_COPY_INNER, values)


def _path_to_stay(superior: Unit, line: Line, on: date) -> str:
    """Return the superior's path, which must hold from the day on without a known end."""
    rows = _rows_after(superior, line, on)
    if not rows or rows[0].starts_on > on:
        raise RuleBroken("superior_not_standing", line=line.value)
    if len(rows) > 1:
        raise RuleBroken("changes_later", day=rows[-1].starts_on.isoformat())
    if rows[0].ends_on is not None:
        raise RuleBroken("superior_closes")
    return str(rows[0].path)


def _rows_after(unit: Unit, line: Line, on: date) -> list[Placement]:
    """Return the unit's rows that hold on the day or later, in order."""
    rows = Placement.objects.filter(unit=unit, line=line).order_by("starts_on")
    return [row for row in rows if row.ends_on is None or row.ends_on > on]


def _stands_under(unit: Unit, line: Line, superior: Unit, on: date) -> bool:
    rows = _rows_after(unit, line, on)
    return len(rows) == 1 and rows[0].starts_on <= on and rows[0].superior_id == superior.pk


def _inside_a_school(unit: Unit) -> bool:
    return Placement.objects.filter(
        unit=unit, line=Line.LEADS, superior__kind__in=INNER_SUPERIORS
    ).exists()


def _check_day(unit: Unit, on: date) -> None:
    # Read again under the lock: another change may just have closed it.
    unit.refresh_from_db(fields=["closed_on"])
    if on < unit.opened_on:
        raise RuleBroken("before_opening", day=unit.opened_on.isoformat())
    if unit.closed_on is not None and on >= unit.closed_on:
        raise RuleBroken("closed_already", day=unit.closed_on.isoformat())


def _kind(unit: Unit | None) -> UnitKind | None:
    return UnitKind(unit.kind) if unit else None


def _note(
    unit: Unit, line: Line, superior: Unit | None, on: date, *, actor: str, now: datetime
) -> None:
    audit.record(
        actor=actor,
        action="org.unit_placed",
        subject=f"unit:{unit.public_id}",
        now=now,
        line=line.value,
        superior=superior.public_id if superior else None,
        on=on.isoformat(),
    )


# Rows of a subtree are those whose path holds the unit's key, whatever stands above it.
_REWRITE_COMING = """
    UPDATE org_placement
    SET path = %(above)s::ltree || subpath(path, index(path, %(unit)s::text::ltree)),
        superior_id = CASE WHEN unit_id = %(unit)s THEN %(superior)s ELSE superior_id END
    WHERE line = %(line)s AND path ~ ('*.' || %(unit)s || '.*')::lquery
      AND starts_on >= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
"""
_REOPEN_STARTED = """
    WITH closed AS (
        UPDATE org_placement SET ends_on = %(on)s
        WHERE line = %(line)s AND path ~ ('*.' || %(unit)s || '.*')::lquery
          AND starts_on < %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
        RETURNING unit_id, superior_id, new.path AS path, old.ends_on AS until
    )
    INSERT INTO org_placement (unit_id, line, superior_id, path, starts_on, ends_on)
    SELECT unit_id, %(line)s,
           CASE WHEN unit_id = %(unit)s THEN %(superior)s ELSE superior_id END,
           %(above)s::ltree || subpath(path, index(path, %(unit)s::text::ltree)),
           %(on)s, until
    FROM closed
"""
_COPY_INNER = """
    INSERT INTO org_placement (unit_id, line, superior_id, path, starts_on, ends_on)
    SELECT unit_id, %(line)s, superior_id,
           %(path)s::ltree || subpath(path, index(path, %(unit)s::text::ltree) + 1),
           greatest(starts_on, %(on)s), ends_on
    FROM org_placement
    WHERE line = 'leads' AND path ~ ('*.' || %(unit)s || '.*')::lquery AND unit_id <> %(unit)s
      AND (ends_on IS NULL OR ends_on > %(on)s)
"""
_END_STARTED = """
    UPDATE org_placement SET ends_on = %(on)s
    WHERE line = %(line)s AND path ~ ('*.' || %(unit)s || '.*')::lquery
      AND starts_on < %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
"""
_DROP_COMING = """
    DELETE FROM org_placement
    WHERE line = %(line)s AND path ~ ('*.' || %(unit)s || '.*')::lquery AND starts_on >= %(on)s
"""
