"""Reads of rosters, households and counts, without names."""

from mingtian.people.queries.rosters import (
    PersonRow,
    count_households,
    count_persons,
    list_household,
    list_people,
    list_persons,
    list_roster,
)

__all__ = [
    "PersonRow",
    "count_households",
    "count_persons",
    "list_household",
    "list_people",
    "list_persons",
    "list_roster",
]
