"""Found units, one or a whole tree of them, with names, places on both lines and codes."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from mingtian.core import audit, ids
from mingtian.core.errors import RuleBroken
from mingtian.core.sql import Lock, copy_rows, hold, next_keys
from mingtian.org.models import Unit
from mingtian.org.rules import (
    INNER_SUPERIORS,
    Line,
    Scheme,
    UnitKind,
    check_code,
    check_name,
    check_standing,
    fold_name,
)

Ref = str | int
"""A superior: the ``key`` of another spec of the same call, or the primary key of a unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitSpec:
    """A unit to be founded.

    ``leads`` and ``guides`` name its superiors on the two lines; ``root_of`` the lines on
    which it stands at the top. Units under a school or grade take every line of their
    superior, so for them ``leads`` is enough. ``codes`` are pairs of scheme and code; an
    empty code marks a place that was not found in the list.
    """

    key: str
    kind: UnitKind
    name: str
    name_en: str = ""
    leads: Ref | None = None
    guides: Ref | None = None
    root_of: tuple[Line, ...] = ()
    codes: tuple[tuple[Scheme, str], ...] = ()


class Span(NamedTuple):
    """A path and the days on which it holds; ``ends_on`` is the first day it does not."""

    path: str
    starts_on: date
    ends_on: date | None


Spans = dict[Line, list[Span]]


@dataclass(slots=True)
class _Ground:
    """What is known while a tree grows: superiors that exist, and units being founded."""

    opened_on: date
    pk: dict[Ref, int] = field(default_factory=dict)
    kind: dict[Ref, UnitKind] = field(default_factory=dict)
    spans: dict[Ref, Spans] = field(default_factory=dict)
    names: dict[tuple[int | None, UnitKind], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )


class _Placed(NamedTuple):
    """A row of org_placement in the making."""

    unit: int
    line: Line
    superior: int | None
    span: Span


def create_unit(*, spec: UnitSpec, opened_on: date, actor: str, now: datetime) -> Unit:
    """Found one unit and place it on its lines from ``opened_on``."""
    with transaction.atomic():
        unit_id = _found([spec], opened_on, None)[spec.key]
        unit = Unit.objects.get(pk=unit_id)
        audit.record(
            actor=actor,
            action="org.unit_created",
            subject=f"unit:{unit.public_id}",
            now=now,
            kind=spec.kind.value,
            opened_on=opened_on.isoformat(),
        )
    return unit


def create_tree(
    *,
    specs: Sequence[UnitSpec],
    opened_on: date,
    actor: str,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> dict[str, int]:
    """Found many units at once and return the primary key of each spec's key.

    The order of the specs does not matter. All are written with COPY: 30,000 classes take
    a few seconds. Either all come to be or none. ``progress`` hears how many rows are done.
    """
    with transaction.atomic():
        keys = _found(specs, opened_on, progress)
        audit.record(
            actor=actor,
            action="org.tree_created",
            subject=f"units:{len(keys)}",
            now=now,
            units=len(keys),
            opened_on=opened_on.isoformat(),
        )
    return keys


def _found(
    specs: Sequence[UnitSpec], opened_on: date, progress: Callable[[int], None] | None
) -> dict[str, int]:
    hold(Lock.UNIT_TREE)
    ordered = _superiors_first(specs)
    ground = _survey(specs, opened_on)
    keys = dict(
        zip((spec.key for spec in ordered), next_keys("org_unit", len(ordered)), strict=True)
    )
    placed: list[_Placed] = []
    for spec in ordered:
        placed.extend(_grow(spec, keys[spec.key], ground))
    _write(ordered, keys, placed, opened_on, progress)
    return keys


def _superiors_first(specs: Sequence[UnitSpec]) -> list[UnitSpec]:
    """Order the specs so that each comes after its superiors; refuse doubles and circles."""
    by_key = {spec.key: spec for spec in specs}
    if len(by_key) < len(specs):
        raise RuleBroken("key_twice")
    waiting_for: dict[str, set[str]] = {}
    followers: dict[str, list[str]] = defaultdict(list)
    for spec in specs:
        above = {ref for ref in (spec.leads, spec.guides) if isinstance(ref, str)}
        if unknown := [ref for ref in above if ref not in by_key]:
            raise RuleBroken("superior_unknown", superior=min(unknown))
        waiting_for[spec.key] = above
        for ref in above:
            followers[ref].append(spec.key)
    ready = [spec.key for spec in specs if not waiting_for[spec.key]]
    for key in ready:  # grows while it is walked
        for follower in followers[key]:
            waiting_for[follower].discard(key)
            if not waiting_for[follower]:
                ready.append(follower)
    if len(ready) < len(specs):
        raise RuleBroken("cycle")
    return [by_key[key] for key in ready]


def _survey(specs: Sequence[UnitSpec], opened_on: date) -> _Ground:
    """Read the superiors that exist already, their paths from the day on, their inferiors."""
    ground = _Ground(opened_on=opened_on)
    wanted = {ref for spec in specs for ref in (spec.leads, spec.guides) if isinstance(ref, int)}
    for unit in Unit.objects.filter(pk__in=wanted):
        ground.pk[unit.pk] = unit.pk
        ground.kind[unit.pk] = UnitKind(unit.kind)
        ground.spans[unit.pk] = defaultdict(list)
    if missing := wanted - ground.pk.keys():
        raise RuleBroken("superior_unknown", superior=min(missing))
    with connection.cursor() as cursor:
        cursor.execute(_SUPERIOR_SPANS, {"units": list(wanted), "day": opened_on})
        for unit_id, line, path, starts_on, ends_on in cursor.fetchall():
            ground.spans[unit_id][Line(line)].append(Span(path, starts_on, ends_on))
        cursor.execute(_INFERIOR_NAMES, {"units": list(wanted), "day": opened_on})
        for superior_id, kind, name in cursor.fetchall():
            ground.names[superior_id, UnitKind(kind)].add(fold_name(name))
    return ground


_SUPERIOR_SPANS = """
    SELECT unit_id, line, path::text, greatest(starts_on, %(day)s::date), ends_on
    FROM org_placement
    WHERE unit_id = ANY(%(units)s) AND (ends_on IS NULL OR ends_on > %(day)s::date)
    ORDER BY unit_id, line, starts_on
"""
_INFERIOR_NAMES = """
    SELECT p.superior_id, u.kind, n.name
    FROM org_placement p
    JOIN org_unit u ON u.id = p.unit_id
    JOIN org_unit_name n ON n.unit_id = p.unit_id AND n.ends_on IS NULL
    WHERE p.superior_id = ANY(%(units)s) AND (p.ends_on IS NULL OR p.ends_on > %(day)s::date)
"""


def _grow(spec: UnitSpec, unit_id: int, ground: _Ground) -> list[_Placed]:
    """Check one spec against the ground, add it there, and return its placements."""
    check_name(spec.name)
    check_name(spec.name_en, required=False)
    for scheme, code in spec.codes:
        check_code(scheme=scheme, code=code, kind=spec.kind)
    superiors = _superiors(spec, ground)
    if not superiors:
        raise RuleBroken("stands_nowhere", kind=spec.kind.value)
    placed: list[_Placed] = []
    own: Spans = {}
    for line, ref in superiors.items():
        spans = _own_spans(spec, unit_id, line, ref, ground)
        own[line] = spans
        superior = None if ref is None else ground.pk[ref]
        placed.extend(_Placed(unit_id, line, superior, span) for span in spans)
    _claim_name(spec, superiors.get(Line.LEADS), ground)
    ground.pk[spec.key], ground.kind[spec.key], ground.spans[spec.key] = unit_id, spec.kind, own
    return placed


def _superiors(spec: UnitSpec, ground: _Ground) -> Mapping[Line, Ref | None]:
    """Return the superior on each line on which the unit will stand; None at the top."""
    superiors: dict[Line, Ref | None] = dict.fromkeys(spec.root_of)
    if spec.leads is not None:
        superiors[Line.LEADS] = spec.leads
    if spec.leads is not None and ground.kind[spec.leads] in INNER_SUPERIORS:
        if spec.guides is not None:
            raise RuleBroken("inner_unit_follows")
        superiors |= dict.fromkeys((line for line in ground.spans[spec.leads]), spec.leads)
    elif spec.guides is not None:
        superiors[Line.GUIDES] = spec.guides
    return superiors


def _own_spans(
    spec: UnitSpec, unit_id: int, line: Line, ref: Ref | None, ground: _Ground
) -> list[Span]:
    if ref is None:
        check_standing(spec.kind, None, line)
        return [Span(str(unit_id), ground.opened_on, None)]
    check_standing(spec.kind, ground.kind[ref], line)
    above = ground.spans[ref].get(line, [])
    # Under a school the guiding line may begin later than the unit; the leading one may not.
    late = not above or above[0].starts_on > ground.opened_on
    if late and (line is Line.LEADS or ground.kind[ref] not in INNER_SUPERIORS):
        raise RuleBroken("superior_not_standing", line=line.value)
    if not above or above[-1].ends_on is not None:
        raise RuleBroken("superior_closes")
    return [span._replace(path=f"{span.path}.{unit_id}") for span in above]


def _claim_name(spec: UnitSpec, ref: Ref | None, ground: _Ground) -> None:
    """Refuse a second unit of one kind and name under one superior; people could not tell them apart."""
    taken = ground.names[ground.pk[ref] if ref is not None else None, spec.kind]
    name = fold_name(spec.name)
    if name in taken and ref is not None:
        raise RuleBroken("name_taken", name=spec.name)
    taken.add(name)


PROGRESS_STEP = 1000


def _write(
    ordered: Sequence[UnitSpec],
    keys: Mapping[str, int],
    placed: Sequence[_Placed],
    opened_on: date,
    progress: Callable[[int], None] | None,
) -> None:
    def counted(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(rows, start=1):
            if progress is not None and number % PROGRESS_STEP == 0:
                progress(PROGRESS_STEP)
            yield row

    copy_rows(
        "org_unit",
        ("id", "public_id", "kind", "name", "name_en", "opened_on"),
        counted(
            (keys[s.key], ids.public_id(), s.kind.value, s.name, s.name_en, opened_on)
            for s in ordered
        ),
    )
    copy_rows(
        "org_unit_name",
        ("unit_id", "name", "name_en", "starts_on"),
        counted((keys[s.key], s.name, s.name_en, opened_on) for s in ordered),
    )
    copy_rows(
        "org_placement",
        ("unit_id", "line", "superior_id", "path", "starts_on", "ends_on"),
        counted((p.unit, p.line.value, p.superior, *p.span) for p in placed),
    )
    copy_rows(
        "org_division_code",
        ("unit_id", "scheme", "code", "urban_rural", "starts_on", "resolved"),
        (
            (keys[s.key], scheme.value, code, "", opened_on, bool(code))
            for s in ordered
            for scheme, code in s.codes
        ),
    )
