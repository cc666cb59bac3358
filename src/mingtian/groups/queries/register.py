"""Reads of the register: groups below a unit, groups a unit is in, lists."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from django.db import connection
from django.utils import translation

from mingtian.groups.rows import GroupRow, as_group
from mingtian.groups.rules import Audience, proposed_name
from mingtian.groups.statements import Values, rows
from mingtian.org.queries import full_titles, path_on


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRow:
    """A unit's own list, with the public ids and names of its open groups."""

    public_id: str
    name: str
    groups: list[tuple[str, str]] = field(default_factory=list)


def list_groups(
    unit_id: int,
    day: date,
    *,
    audiences: Collection[Audience] = tuple(Audience),
    only_open: bool = False,
) -> list[GroupRow]:
    """Return the groups whose owner stands at or below the unit, on either line. One statement.

    Open ones first, those that close soonest before the others.
    """
    found = [as_group(each) for each in rows("groups_below", {"unit": unit_id, "day": day})]
    return [
        group
        for group in found
        if group.audience in audiences and not (only_open and group.closed_on)
    ]


def proposed_names(unit_id: int, campaign: str, day: date) -> dict[Audience, str]:
    """Return the names by the pattern for a group of each kind; a class is named with its school.

    Groups are called in Chinese, whoever registers them.
    """
    with translation.override("zh-hans"):
        unit = full_titles([unit_id], day).get(unit_id, "")
    return {kind: proposed_name(unit, campaign, kind) for kind in Audience}


def list_usable(unit_id: int, day: date, *, only_own: bool = False) -> list[GroupRow]:
    """Return the open groups to which a unit may post: its own, and those of units below.

    A group of families gets what its own school or class posts, nobody else's.
    """
    values: Values = {"unit": unit_id, "day": day, "own": only_own}
    return [as_group(each) for each in rows("usable_groups", values)]


def list_groups_with(unit_id: int, day: date) -> list[GroupRow]:
    """Return the groups of units above in which the unit is."""
    return [as_group(each) for each in rows("groups_with", {"unit": unit_id, "day": day})]


def count_members(group_id: int, day: date) -> int:
    """Return how many units are in a group."""
    return cast("int", rows("count_members", {"group": group_id, "day": day})[0][0])


def list_lists(unit_id: int) -> list[ListRow]:
    """Return the unit's own lists; the standing ones (rules.STANDING_LISTS) are not rows."""
    lists: dict[str, ListRow] = {}
    for public_id, name, key, group, called, is_open in rows("lists_of", {"unit": unit_id}):
        row = lists.setdefault(str(public_id), ListRow(public_id=str(public_id), name=str(name)))
        if key is not None and is_open:
            row.groups.append((str(group), str(called)))
    return list(lists.values())


def campaign_called(unit_id: int, day: date) -> str:
    """Return the Chinese name of the campaign that runs at the unit, or is to come; else ""."""
    path = ".".join(map(str, path_on(unit_id, day)))
    if not path:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_CAMPAIGN, {"path": path, "day": day})
        found = cursor.fetchone()
    return str(found[0]) if found else ""


_CAMPAIGN = """
    SELECT c.name FROM campaigns_campaign AS c
    JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
     AND org_holds(scope.starts_on, scope.ends_on, %(day)s)
    WHERE c.last_on >= %(day)s AND %(path)s::ltree <@ scope.path
    ORDER BY c.state <> 'open', c.first_on LIMIT 1
"""
