"""Reads of the book: counted now, or as it was given out."""

from mingtian.yearbook.queries.editions import list_editions, newest_of
from mingtian.yearbook.queries.live import count_book

__all__ = ["count_book", "list_editions", "newest_of"]
