"""Reads of categories: of single children in sight, and sums for units."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import connection

from mingtian.children.models import CategoryNote
from mingtian.children.rows import CategoryCounts, CategoryRow
from mingtian.children.rules import Basis, Category
from mingtian.core.clock import day_of
from mingtian.vault.access import Door, keep


def categories_of(child_ids: Collection[int], day: date) -> dict[int, list[CategoryRow]]:
    """Return the categories that hold on the day, by child. At the door; one statement."""
    held: dict[int, list[CategoryRow]] = {child: [] for child in child_ids}
    notes = CategoryNote.objects.filter(child_id__in=child_ids).order_by("category", "starts_on")
    for row in map(_row, notes):
        if row.holds(day):
            held[row.child_id].append(row)
    return held


def list_categories(child: int) -> list[CategoryRow]:
    """Return all categories of a child in sight, ended ones too, the newest first."""
    notes = CategoryNote.objects.filter(child_id=child).order_by("-starts_on", "-pk")
    return [_row(note) for note in notes]


def counts_by_category(paths: Collection[str], day: date) -> dict[str, CategoryCounts]:
    """Count the children of units by category on a day; sums only, for each path of the leading line.

    A child counts where it lives and where it learns; in one reach it counts once. As it stood on the
    day, but for children erased since. One statement.
    """
    counts = {
        path: CategoryCounts(by_category={}, children=0, in_several=0, without=0) for path in paths
    }
    if not paths:
        return counts
    with keep("count children by category"), connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"paths": list(counts), "day": day})
        for path, children, several, without, names, numbers in cursor.fetchall():
            counts[path] = CategoryCounts(
                by_category=_by_category(names, numbers),
                children=children, in_several=several, without=without,
            )  # fmt: skip
    return counts


def totals_in_sight(door: Door) -> CategoryCounts:
    """Count the children whom the person at the door sees by post, by category today. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM children_totals(%s)", [day_of(door.now)])
        children, several, without, names, numbers = cursor.fetchone() or (0, 0, 0, [], [])
    return CategoryCounts(
        by_category=_by_category(names, numbers), children=children, in_several=several,
        without=without,
    )  # fmt: skip


def _by_category(names: Sequence[str], numbers: Sequence[int]) -> dict[Category, int]:
    return {Category(name): number for name, number in zip(names, numbers, strict=True)}


def _row(note: CategoryNote) -> CategoryRow:
    return CategoryRow(
        public_id=note.public_id, child_id=note.child_id, category=Category(note.category),
        basis=Basis(note.basis), starts_on=note.starts_on, ends_on=note.ends_on,
    )  # fmt: skip


_COUNTS = """
    WITH reach AS (
        SELECT wanted.path, place.unit_id
        FROM unnest(%(paths)s::text[]) AS wanted (path)
        JOIN org_placement place ON place.line = 'leads' AND place.path <@ wanted.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
    ), counted AS (
        SELECT reach.path, child.id
        FROM reach JOIN vault_child child ON child.unit_id = reach.unit_id
        WHERE child.erased_at IS NULL
          AND child.admitted_at < ((%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
        UNION
        SELECT reach.path, child.id
        FROM reach JOIN vault_child child ON child.school_id = reach.unit_id
        WHERE child.erased_at IS NULL
          AND child.admitted_at < ((%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
    ), held AS (
        SELECT DISTINCT counted.path, counted.id, category.category
        FROM counted JOIN children_category category ON category.child_id = counted.id
        WHERE category.starts_on <= %(day)s
          AND (category.ends_on IS NULL OR category.ends_on > %(day)s)
    ), each_child AS (
        SELECT counted.path, counted.id, count(held.category) AS number
        FROM counted LEFT JOIN held ON held.path = counted.path AND held.id = counted.id
        GROUP BY counted.path, counted.id
    ), children AS (
        SELECT path, count(*) FILTER (WHERE number > 0) AS children,
               count(*) FILTER (WHERE number > 1) AS several,
               count(*) FILTER (WHERE number = 0) AS without
        FROM each_child GROUP BY path
    ), sums AS (
        SELECT path, category, count(*) AS number FROM held GROUP BY path, category
    )
    SELECT children.path, children.children, children.several, children.without,
           coalesce(array_agg(sums.category) FILTER (WHERE sums.category IS NOT NULL), '{}'),
           coalesce(array_agg(sums.number) FILTER (WHERE sums.category IS NOT NULL), '{}')
    FROM children LEFT JOIN sums ON sums.path = children.path
    GROUP BY children.path, children.children, children.several, children.without
"""
