"""What the pages of the register share."""

from collections.abc import Collection, Iterable

from django.utils.functional import Promise

from mingtian.children.queries import CategoryRow, ChildRow
from mingtian.children.words import BASIS_WORDS, CATEGORY_WORDS
from mingtian.org.queries import UnitRow

Word = str | Promise


def titles_of(rows: Iterable[ChildRow]) -> set[int]:
    """Return the units that a list of children names."""
    return {unit for row in rows for unit in (row.unit_id, row.school_id) if unit is not None}


def title(units: dict[int, UnitRow], unit: int | None) -> str:
    """Return what a unit is called, a dash without one."""
    return units[unit].title if unit in units else "–"


def category_words(rows: Collection[CategoryRow]) -> list[Word]:
    """Return the categories in the reader's language, each once."""
    return [CATEGORY_WORDS[each] for each in dict.fromkeys(row.category for row in rows)]


def told_category(row: CategoryRow) -> tuple[CategoryRow, Word, Word]:
    """Return a category with its words."""
    return row, CATEGORY_WORDS[row.category], BASIS_WORDS[row.basis]
