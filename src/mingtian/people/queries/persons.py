"""Reads of persons by key, without names."""

from mingtian.people.queries.rosters import list_persons

__all__ = ["list_persons"]
