"""How far a document has come down the line (DOC-4), as one unit may see it.

By name a unit sees those directly below it, and a county its schools as well when they stand under
a township. Further down it sees numbers only: the gaps of a school are its county's to know.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from mingtian.core.clock import day_of
from mingtian.documents.models import Document, Receipt
from mingtian.documents.rules import Stage, hours_between
from mingtian.org.queries import PostRow, UnitRow, unit_rows
from mingtian.org.rules import UnitKind

ABOVE_SCHOOLS = frozenset({UnitKind.COUNTY, UnitKind.SECTOR})


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """One of the four steps at a receiver; ``hours`` are counted from the issue."""

    stage: Stage
    done_at: datetime | None
    hours: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiverRow:
    """A unit right below, with its own steps if it received the document.

    ``below`` counts receivers further down in its part of the tree, ``done`` how many of them have
    taken each step. ``behind`` are those that have not even passed it on.
    """

    unit: UnitRow
    steps: tuple[StepRow, ...]
    below: int
    done: dict[Stage, int]
    behind: int

    @property
    def gap(self) -> Stage | None:
        """The first step it has not taken, or None."""
        return next((step.stage for step in self.steps if step.done_at is None), None)

    def step(self, stage: Stage) -> StepRow | None:
        return next((step for step in self.steps if step.stage is stage), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class CascadeRow:
    """All receivers that one unit may see, and how many of them took each step."""

    rows: tuple[ReceiverRow, ...]
    total: int
    done: dict[Stage, int]

    @property
    def gaps(self) -> list[ReceiverRow]:
        """The units right below with a step still to take, those at the first step first."""
        order = [*Stage]
        late = [row for row in self.rows if row.gap is not None]
        return sorted(late, key=lambda row: order.index(row.gap or Stage.REQUIREMENTS))


def cascade_below(document: Document, post: PostRow) -> CascadeRow:
    """Return the way of a document below the unit of a post, along the post's line.

    Each receiver counts where it stood when the document was sent to it. Two statements, however
    many receivers there are.
    """
    assert document.issued_at is not None, "what is not issued has no receivers"
    depth = len(post.path)
    with connection.cursor() as cursor:
        cursor.execute(
            _BELOW,
            {
                "document": document.pk,
                "line": post.line.value,
                "path": post.subtree,
                "unit": post.unit.id,
            },
        )
        found = cursor.fetchall()
    own: dict[int, tuple[datetime | None, ...]] = {}
    further: dict[int, list[tuple[datetime | None, ...]]] = defaultdict(list)
    for unit_id, kind, path, _latest, *times in found:
        labels = path.split(".")
        named = len(labels) == depth + 1
        if named or (kind == UnitKind.SCHOOL and post.unit.kind in ABOVE_SCHOOLS):
            own[unit_id] = tuple(times)
        else:
            further[int(labels[depth])].append(tuple(times))
    latest = found[0][3] if found else document.issued_at
    units = unit_rows({*own, *further}, day_of(latest))
    rows = tuple(
        _row(units[unit_id], own.get(unit_id), further[unit_id], document.issued_at)
        for unit_id in sorted(units)
    )
    return CascadeRow(
        rows=rows, total=len(found), done=_done([tuple(times) for _u, _k, _p, _l, *times in found])
    )


def list_beside(document: Document, post: PostRow) -> list[tuple[UnitRow, datetime | None]]:
    """Return the receivers that do not stand below the issuing unit: superiors, peers of a letter.

    Each with the time of its receipt. Two statements.
    """
    assert document.issued_at is not None, "what is not issued has no receivers"
    day = day_of(document.issued_at)
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"document": document.pk, "unit": post.unit.id, "day": day})
        times: dict[int, datetime | None] = dict(cursor.fetchall())
    units = unit_rows(times, day)
    return [(units[unit_id], received) for unit_id, received in times.items() if unit_id in units]


def steps_of(receipt: Receipt, issued_at: datetime) -> tuple[StepRow, ...]:
    """Return the four steps of a receiver."""
    times = (receipt.received_at, receipt.relayed_at, receipt.meeting_at, receipt.requirements_at)
    return _steps(times, issued_at)


def _steps(times: tuple[datetime | None, ...], issued_at: datetime) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(stage=stage, done_at=time, hours=hours_between(issued_at, time))
        for stage, time in zip(Stage, times, strict=True)
    )


def _row(
    unit: UnitRow,
    own: tuple[datetime | None, ...] | None,
    further: list[tuple[datetime | None, ...]],
    issued_at: datetime,
) -> ReceiverRow:
    return ReceiverRow(
        unit=unit,
        steps=() if own is None else _steps(own, issued_at),
        below=len(further),
        done=_done(further),
        behind=sum(times[1] is None for times in further),
    )


def _done(rows: list[tuple[datetime | None, ...]]) -> dict[Stage, int]:
    return {
        stage: sum(times[place] is not None for times in rows) for place, stage in enumerate(Stage)
    }


_BELOW = """
    SELECT r.unit_id, u.kind, p.path::text,
           max(r.sent_at) OVER (), r.received_at, r.relayed_at, r.meeting_at, r.requirements_at
    FROM documents_receipt AS r
    JOIN org_unit AS u ON u.id = r.unit_id
    JOIN org_placement AS p
      ON p.unit_id = r.unit_id AND p.line = %(line)s AND p.path <@ %(path)s::ltree
     AND org_holds(p.starts_on, p.ends_on, (r.sent_at AT TIME ZONE 'Asia/Shanghai')::date)
    WHERE r.document_id = %(document)s AND r.unit_id <> %(unit)s
    ORDER BY r.unit_id
"""
_BESIDE = """
    SELECT r.unit_id, r.received_at
    FROM documents_receipt AS r
    WHERE r.document_id = %(document)s AND r.through_id = %(unit)s AND NOT EXISTS (
        SELECT FROM org_placement AS p JOIN org_placement AS own
          ON own.unit_id = %(unit)s AND own.line = p.line AND p.path <@ own.path
         AND org_holds(own.starts_on, own.ends_on, %(day)s)
        WHERE p.unit_id = r.unit_id AND org_holds(p.starts_on, p.ends_on, %(day)s))
    ORDER BY r.unit_id
"""
