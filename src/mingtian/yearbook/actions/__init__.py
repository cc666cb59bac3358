"""Changes of the book: an edition is given out."""

from mingtian.yearbook.actions.giving_out import give_out

__all__ = ["give_out"]
