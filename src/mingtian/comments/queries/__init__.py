"""Reads of comments, as frozen rows. Nothing here counts likes (COM-2)."""

from mingtian.comments.queries.kept import kept_about

__all__ = ["kept_about"]
