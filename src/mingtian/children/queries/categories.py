"""Reads of categories: of single children in sight, and sums for units."""

from collections import Counter
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
    counts = {path: _Sums() for path in paths}
    if counts:
        values: dict[str, list[str] | date] = {
            "paths": list(counts), "day": day, "categories": [one.value for one in _IN_ORDER]
        }  # fmt: skip
        with keep("count children by category"), connection.cursor() as cursor:
            cursor.execute(_COUNTS, values)
            for path, mask, number in cursor.fetchall():
                counts[path].add(
                    [one for bit, one in enumerate(_IN_ORDER, 1) if mask >> bit & 1], number
                )
    return {path: sums.told() for path, sums in counts.items()}


def totals_in_sight(door: Door) -> CategoryCounts:
    """Count the children whom the person at the door sees by post, by category today. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM children_totals(%s)", [day_of(door.now)])
        children, several, without, names, numbers = cursor.fetchone() or (0, 0, 0, [], [])
    return CategoryCounts(
        by_category=_by_category(names, numbers), children=children, in_several=several,
        without=without,
    )  # fmt: skip


_IN_ORDER = list(Category)


class _Sums:
    """Adds up children who are in the same categories."""

    def __init__(self) -> None:
        self.by_category: Counter[Category] = Counter()
        self.by_number: Counter[int] = Counter()

    def add(self, held: Sequence[Category], number: int) -> None:
        self.by_category.update(dict.fromkeys(held, number))
        self.by_number[len(held)] += number

    def told(self) -> CategoryCounts:
        without, once = self.by_number[0], self.by_number[1]
        return CategoryCounts(
            by_category=dict(self.by_category), without=without,
            children=self.by_number.total() - without,
            in_several=self.by_number.total() - without - once,
        )  # fmt: skip


def _by_category(names: Sequence[str], numbers: Sequence[int]) -> dict[Category, int]:
    return {Category(name): number for name, number in zip(names, numbers, strict=True)}


def _row(note: CategoryNote) -> CategoryRow:
    return CategoryRow(
        public_id=note.public_id, child_id=note.child_id, category=Category(note.category),
        basis=Basis(note.basis), starts_on=note.starts_on, ends_on=note.ends_on,
    )  # fmt: skip


# Children are counted by where they live and learn and what they hold, as a mask of categories, before anybody asks
# which reaches a place belongs to: places are few, and children of a city are not.
_COUNTS = """
    WITH reach AS MATERIALIZED (
        SELECT DISTINCT wanted.path, place.unit_id
        FROM unnest(%(paths)s::text[]) AS wanted (path)
        JOIN org_placement place ON place.line = 'leads' AND place.path <@ wanted.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
    ), each_child AS (
        SELECT child.unit_id, coalesce(child.school_id, 0) AS school_id,
               coalesce(bit_or(1 << array_position(%(categories)s::text[], category.category::text)), 0)
                   AS mask
        FROM vault_child child
        LEFT JOIN children_category category ON category.child_id = child.id
         AND category.starts_on <= %(day)s
         AND (category.ends_on IS NULL OR category.ends_on > %(day)s)
        WHERE child.erased_at IS NULL
          AND child.admitted_at < ((%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
          AND (child.unit_id = ANY (ARRAY(SELECT unit_id FROM reach))
               OR child.school_id = ANY (ARRAY(SELECT unit_id FROM reach)))
        GROUP BY child.id
    ), grouped AS MATERIALIZED (
        SELECT unit_id, school_id, mask, count(*) AS number FROM each_child GROUP BY 1, 2, 3
    ), places AS MATERIALIZED (
        SELECT DISTINCT unit_id, school_id FROM grouped
    ), within AS (
        SELECT reach.path, places.* FROM places JOIN reach ON reach.unit_id = places.unit_id
        UNION
        SELECT reach.path, places.* FROM places JOIN reach ON reach.unit_id = places.school_id
    )
    SELECT within.path, grouped.mask, sum(grouped.number)::bigint
    FROM within JOIN grouped USING (unit_id, school_id)
    GROUP BY within.path, grouped.mask
"""
