"""Reads of the register: lists of numbers, names for those who may open them, one child in whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from mingtian.children.access import COLUMNS, child_row
from mingtian.children.models import Guardian, Identity
from mingtian.children.rows import ChildRow, GuardianRow, Opened
from mingtian.children.rules import Category
from mingtian.children.spec import Facts, GuardianSpec, Home
from mingtian.children.waiting import Waiting
from mingtian.core.clock import day_of
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass, FileState
from mingtian.web.paging import ROWS

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which children a list shows; empty: all in sight.

    ``waits``: those that wait for this of the person at the door.
    """

    state: FileState | None = None
    category: Category | None = None
    waits: Waiting | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildPage:
    """A page of a list, with how many there are in all."""

    rows: tuple[ChildRow, ...]
    number: int


def list_children(
    door: Door, wanted: Wanted | None = None, *, page: int = 1, most: int = ROWS
) -> ChildPage:
    """Return children in sight, the newest first, as numbers: a page of ``most``. One statement.

    Beyond the last page stands the last, for two more.
    """
    asked = wanted or Wanted()
    values: dict[str, Any] = {
        "state": asked.state.value if asked.state else None,
        "category": asked.category.value if asked.category else None,
        "waits": f"children.{asked.waits.value}" if asked.waits else None,
        "who": door.user_id,
        "at": door.now,
        "day": day_of(door.now),
        "most": most,
        "skipped": (page - 1) * most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIST, values)
        found = cursor.fetchall()
    if page > 1 and not found:
        number = list_children(door, wanted, most=most).number
        return list_children(door, wanted, page=max(1, -(-number // most)), most=most)
    number = found[0][-1] if found else 0
    return ChildPage(rows=tuple(child_row(row[:-1]) for row in found), number=number)


def list_by_key(door: Door, child_ids: Collection[int]) -> list[ChildRow]:  # noqa: ARG001 - nobody asks without one
    """Return those of the children that are in sight, as numbers. One statement, none for none."""
    if not child_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [list(child_ids)])
        return [child_row(row) for row in cursor.fetchall()]


def names(door: Door, child_ids: Collection[int]) -> dict[int, str]:
    """Open the names of these children, noted once in the log for all of them.

    All or nothing: 404 when one of them is not the reader's to open. Three statements, and one in the
    key store.
    """
    if not child_ids:
        return {}
    seals = door.keys(child_ids, [C.NAME])
    sealed = Identity.objects.filter(child_id__in=child_ids).values_list("child_id", "name")
    return {
        child: seals[child].open(C.NAME, name, "children_identity", "name", str(child))
        for child, name in sealed
    }


def names_in(door: Door, rows: Sequence[ChildRow]) -> dict[int, str]:
    """Open the names of those of the rows that the reader may open."""
    return names(door, [row.id for row in rows if row.named])


def open_child(door: Door, child: int) -> Opened:
    """Open who a child is: name, facts, home and guardians. 404 unless the reader has its file."""
    seal = door.keys([child], [C.NAME, C.IDENTITY, C.HOME])[child]
    row, own = Identity.objects.get(child_id=child), str(child)
    facts = row.facts and seal.open(C.IDENTITY, row.facts, "children_identity", "facts", own)
    home = row.home and seal.open(C.HOME, row.home, "children_identity", "home", own)
    guardians = Guardian.objects.filter(child_id=child).order_by("starts_on", "pk")
    return Opened(
        name=seal.open(C.NAME, row.name, "children_identity", "name", own),
        birth_year=row.birth_year,
        facts=Facts.from_text(facts) if facts else None,
        home=Home.from_text(home) if home else None,
        guardians=tuple(
            GuardianRow(
                public_id=each.public_id, starts_on=each.starts_on, ends_on=each.ends_on,
                said=GuardianSpec.from_text(
                    seal.open(C.HOME, each.sealed, "children_guardian", "sealed", each.public_id)
                ),
            )
            for each in guardians
        ),
        changed_at=row.changed_at,
    )  # fmt: skip


_BY_KEY = f"""
    SELECT {COLUMNS} FROM vault_child child WHERE child.id = ANY (%s) AND child.erased_at IS NULL
"""  # noqa: S608 - no value is written into it

_LIST = f"""
    SELECT {COLUMNS}, count(*) OVER ()
    FROM vault_child child
    WHERE child.erased_at IS NULL
      AND (%(state)s::text IS NULL OR child.state = %(state)s)
      AND (%(category)s::text IS NULL OR EXISTS (
              SELECT FROM children_category category
              WHERE category.child_id = child.id AND category.category = %(category)s
                AND category.starts_on <= %(day)s
                AND (category.ends_on IS NULL OR category.ends_on > %(day)s)))
      AND (%(waits)s::text IS NULL OR child.id IN (
              SELECT waiting.child_id
              FROM (SELECT * FROM children_waiting(%(who)s::bigint, %(at)s::timestamptz, %(day)s::date)
                    UNION ALL
                    SELECT * FROM children_settling(%(who)s::bigint, %(at)s::timestamptz, %(day)s::date)
                   ) AS waiting
              WHERE waiting.kind = %(waits)s))
    ORDER BY child.admitted_at DESC, child.id DESC
    LIMIT %(most)s OFFSET %(skipped)s
"""  # noqa: S608 - no value is written into it
