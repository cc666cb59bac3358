"""Reads of bulletins and of lists of units, as frozen rows."""

from mingtian.bulletins.queries.archive import ArchiveDay, PaperRow, list_archive, paper_row
from mingtian.bulletins.queries.comparison import Listing, find_switching, list_units
from mingtian.bulletins.queries.figures import facts_of

__all__ = [
    "ArchiveDay",
    "Listing",
    "PaperRow",
    "facts_of",
    "find_switching",
    "list_archive",
    "list_units",
    "paper_row",
]
