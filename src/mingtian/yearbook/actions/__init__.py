"""Changes of the book: an edition is given out, a printed figure noted."""

from mingtian.yearbook.actions.giving_out import give_out
from mingtian.yearbook.actions.printing import note_printed

__all__ = ["give_out", "note_printed"]
