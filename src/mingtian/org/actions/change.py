"""Rename, merge and close units from a day on."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.sql import Lock, hold
from mingtian.org.actions.place import leave_line, shift
from mingtian.org.models import DivisionCode, Placement, Post, Unit, UnitName
from mingtian.org.rules import INNER_SUPERIORS, Line, UnitKind, check_name


def rename_unit(
    *, unit: Unit, name: str, name_en: str, on: date, actor: str, now: datetime
) -> bool:
    """Give a unit another name from a day on. Returns False when it has that name already."""
    check_name(name)
    check_name(name_en, required=False)
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        _check_open(unit, on)
        current = UnitName.objects.get(unit=unit, ends_on=None)
        if (current.name, current.name_en) == (name, name_en) and current.starts_on <= on:
            return False
        if current.starts_on > on:
            raise RuleBroken("changes_later", day=current.starts_on.isoformat())
        if current.starts_on == on:
            UnitName.objects.filter(pk=current.pk).update(name=name, name_en=name_en)
        else:
            UnitName.objects.filter(pk=current.pk).update(ends_on=on)
            UnitName.objects.create(unit=unit, name=name, name_en=name_en, starts_on=on)
        unit.name, unit.name_en = name, name_en
        unit.save(update_fields=["name", "name_en"])
        _note(unit, "org.unit_renamed", on, actor=actor, now=now)
    return True


def close_unit(
    *, unit: Unit, on: date, actor: str, now: datetime, with_inferiors: bool = False
) -> bool:
    """End a unit; ``on`` is the first day it is no more.

    Refused while units stand below it, unless they close with it. Names, codes and posts
    end with it. Returns False when it was closed on that very day before.
    """
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        unit.refresh_from_db(fields=["closed_on"])
        if unit.closed_on == on:
            return False
        _check_open(unit, on)
        if not with_inferiors and _inferiors(unit, on):
            raise RuleBroken("has_inferiors")
        _end(unit, on, successor=None)
        _note(unit, "org.unit_closed", on, actor=actor, now=now)
    return True


def merge_units(*, units: Sequence[Unit], into: Unit, on: date, actor: str, now: datetime) -> None:
    """Close units in favour of one of their kind; what stood below them stands below it.

    Units that were merged into it on that day before are passed over.
    """
    with transaction.atomic():
        hold(Lock.UNIT_TREE)
        _check_open(into, on)
        for unit in units:
            unit.refresh_from_db(fields=["closed_on", "successor"])
            if unit.closed_on == on and unit.successor_id == into.pk:
                continue
            _merge_one(unit, into, on)
            _note(unit, "org.unit_merged", on, actor=actor, now=now, into=into.public_id)


def _merge_one(unit: Unit, into: Unit, on: date) -> None:
    if unit.pk == into.pk:
        raise RuleBroken("merge_into_itself")
    if unit.kind != into.kind:
        raise RuleBroken("merge_other_kind", kind=unit.kind, into=into.kind)
    _check_open(unit, on)
    inside = unit.kind in INNER_SUPERIORS
    for line, inferior in _inferiors(unit, on):
        # What stands inside a school follows on the guiding line by itself.
        if not (inside and line is Line.GUIDES):
            shift(unit=inferior, line=line, superior=into, on=max(on, inferior.opened_on))
    _end(unit, on, successor=into)


def _inferiors(unit: Unit, on: date) -> list[tuple[Line, Unit]]:
    rows = (
        Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), superior=unit)
        .select_related("unit")
        .order_by("line", "unit_id", "starts_on")
    )
    return list({(row.line, row.unit_id): (Line(row.line), row.unit) for row in rows}.values())


def _end(unit: Unit, on: date, successor: Unit | None) -> None:
    """Close the unit and all that stands below it; the caller holds the tree's lock."""
    ending = _ending_with(unit, on)
    later = Placement.objects.filter(unit__in=ending, unit__opened_on__lte=on, starts_on__gt=on)
    if (change := later.order_by("-starts_on").first()) is not None:
        raise RuleBroken("changes_later", day=change.starts_on.isoformat())
    with connection.cursor() as cursor:
        cursor.execute(_END_ROWS, {"units": ending, "on": on})
    # A committee of a sector that closes guides units elsewhere, which live on without it.
    for sector in Unit.objects.filter(pk__in=ending, kind=UnitKind.SECTOR):
        leave_line(sector, Line.GUIDES, on)
    still_open = Q(ends_on=None) | Q(ends_on__gt=on)
    for rows in (UnitName.objects, DivisionCode.objects, Post.objects):
        rows.filter(still_open, unit__in=ending).update(ends_on=Greatest("starts_on", on))
    closing = Unit.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), pk__in=ending)
    closing.update(closed_on=Greatest("opened_on", on))
    unit.closed_on, unit.successor = on, successor
    unit.save(update_fields=["closed_on", "successor"])


def _ending_with(unit: Unit, on: date) -> list[int]:
    """Return the keys of all units that cannot stand without this one, itself included."""
    ending = {unit.pk}
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_BELOW, {"units": list(ending), "on": on})
            below = {unit_id for (unit_id,) in cursor.fetchall()}
        if below <= ending:
            return sorted(ending)
        ending |= below


# The leading line decides. On the guiding line only those fall that have no leading one.
_BELOW = """
    SELECT DISTINCT p.unit_id FROM org_placement p
    WHERE p.superior_id = ANY(%(units)s) AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
      AND (p.line = 'leads' OR NOT EXISTS (
          SELECT 1 FROM org_placement q
          WHERE q.unit_id = p.unit_id AND q.line = 'leads'
            AND (q.ends_on IS NULL OR q.ends_on > %(on)s)))
"""
_END_ROWS = """
    WITH coming AS (
        DELETE FROM org_placement WHERE unit_id = ANY(%(units)s) AND starts_on >= %(on)s
    )
    UPDATE org_placement SET ends_on = %(on)s
    WHERE unit_id = ANY(%(units)s) AND starts_on < %(on)s
      AND (ends_on IS NULL OR ends_on > %(on)s)
"""


def _check_open(unit: Unit, on: date) -> None:
    unit.refresh_from_db(fields=["closed_on"])
    if unit.closed_on is not None:
        raise RuleBroken("closed_already", day=unit.closed_on.isoformat())
    if on < unit.opened_on:
        raise RuleBroken("before_opening", day=unit.opened_on.isoformat())


def _note(unit: Unit, action: str, on: date, *, actor: str, now: datetime, **detail: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=f"unit:{unit.public_id}",
        now=now,
        on=on.isoformat(),
        **detail,
    )
