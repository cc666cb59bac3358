"""Reads of the unit tree and of posts, as frozen rows."""

from mingtian.org.queries.posts import PostRow, list_holders, list_posts
from mingtian.org.queries.tree import (
    UnitRow,
    UnresolvedPlaceRow,
    count_below,
    find_unit,
    lines_of,
    list_ancestors,
    list_children,
    list_counting_units,
    list_roots,
    list_subtree,
    list_unresolved_places,
    name_on,
    path_on,
    shown_name,
    superior_names,
    unit_rows,
)

__all__ = [
    "PostRow",
    "UnitRow",
    "UnresolvedPlaceRow",
    "count_below",
    "find_unit",
    "lines_of",
    "list_ancestors",
    "list_children",
    "list_counting_units",
    "list_holders",
    "list_posts",
    "list_roots",
    "list_subtree",
    "list_unresolved_places",
    "name_on",
    "path_on",
    "shown_name",
    "superior_names",
    "unit_rows",
]
