"""Reads of the boards and of the sheet of tips (PUB-3, COD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from mingtian.groups.rows import EntryRow, as_entry
from mingtian.groups.rules import Board
from mingtian.groups.statements import Values, rows
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import MORE_THAN_FIGURES

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class TipRow:
    """A tip with the unit that gave it and the group where it was told."""

    public_id: str
    text: str
    unit: str
    group: str
    written_at: datetime


def list_entries(group_id: int, board: Board, day: date) -> list[EntryRow]:
    """Return what was written on a board and not taken back, the newest first.

    Whoever shows it asks access.sees_entry for each: what waits is for owner and writer alone.
    """
    more = (
        " WHERE e.group_id = %(group)s AND e.board = %(board)s AND e.state <> 'withdrawn'"
        " ORDER BY e.state <> 'waiting', e.written_at DESC LIMIT %(most)s"
    )
    values: Values = {
        "group": group_id, "board": board.value, "day": day, "most": MOST
    }  # fmt: skip
    return [as_entry(each) for each in rows("entries", values, more)]


def count_waiting(group_ids: Sequence[int]) -> dict[int, int]:
    """Return how many texts wait to be read on the boards of each group, where there are any."""
    values: Values = {"groups": list(group_ids)}
    found = rows("count_waiting", values) if group_ids else []
    return {cast("int", group): cast("int", number) for group, number in found}


def list_tips(posts: Sequence[PostRow], day: date) -> list[TipRow]:
    """Return the tips that the holder of these posts may read, the newest first. One statement."""
    seeing = [post for post in posts if post.role in MORE_THAN_FIGURES]
    if not seeing:
        return []
    values: Values = {
        "units": [post.unit.id for post in seeing],
        "paths": [post.subtree for post in seeing],
        "lines": [post.line.value for post in seeing],
        "day": day,
    }
    return [
        TipRow(
            public_id=str(public_id),
            text=str(text),
            unit=shown_name(str(name), str(name_en)),
            group=str(group),
            written_at=cast("datetime", written),
        )
        for _tip_at, public_id, text, name, name_en, group, written in rows("tips", values)
    ]
