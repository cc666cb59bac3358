"""Write a plan in batches; the caller holds the roster lock in a transaction."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import connection

from mingtian.core.ids import public_id
from mingtian.core.sql import copy_rows
from mingtian.people.rosters.plan import Entry, Progress, Update
from mingtian.people.sealing import place_of, sealer

BATCH = 5000


def add_people(
    entries: Sequence[Entry], units: Sequence[int], now: datetime, progress: Progress | None
) -> None:
    """Insert the people of new entries; ``units`` are their units, in the same order."""
    pairs = zip(entries, units, strict=True)
    while batch := list(islice(pairs, BATCH)):
        copy_rows("people_person", _COLUMNS, _sealed(batch, now))
        if progress is not None:
            progress(len(batch))


_COLUMNS = (
    "public_id", "kind", "unit_id", "kin", "number_sealed", "number_index", "name_sealed",
    "name_index", "created_at",
)  # fmt: skip


def _sealed(batch: Sequence[tuple[Entry, int]], now: datetime) -> Iterator[tuple[object, ...]]:
    seal, index = sealer().seal, sealer().index
    for entry, unit in batch:
        own_id = public_id()
        yield (
            own_id,
            entry.kind.value,
            unit,
            "",
            seal(entry.number, place_of("number", own_id)),
            index("number", entry.number, unit),
            seal(entry.name, place_of("name", own_id)),
            index("name", entry.name, unit),
            now,
        )


def change_people(updates: Sequence[Update], progress: Progress | None) -> None:
    """Give people their new name and kind; those who had left are back, relatives with them."""
    for start in range(0, len(updates), BATCH):
        batch = updates[start : start + BATCH]
        ids, kinds, sealed, indexes = [], [], [], []
        for known, entry in batch:
            assert isinstance(entry.unit, int)
            ids.append(known.id)
            kinds.append(entry.kind.value)
            sealed.append(sealer().seal(entry.name, place_of("name", known.public_id)))
            indexes.append(sealer().index("name", entry.name, entry.unit))
        back = [known.id for known, _entry in batch if known.left]
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [ids, kinds, sealed, indexes])
            if back:
                cursor.execute(_RELATIVES_BACK, {"ids": back})
        if progress is not None:
            progress(len(batch))


_CHANGE = """
    UPDATE people_person p
    SET kind = f.kind, name_sealed = f.name_sealed, name_index = f.name_index, left_on = NULL
    FROM unnest(%s::bigint[], %s::smallint[], %s::bytea[], %s::bytea[])
      AS f (id, kind, name_sealed, name_index)
    WHERE p.id = f.id
"""
_RELATIVES_BACK = """
    UPDATE people_person r SET left_on = NULL
    FROM people_person p
    WHERE p.id = ANY(%(ids)s) AND r.household_id = p.household_id
      AND r.kind IN (2, 3, 4) AND r.left_on IS NOT NULL
"""


def let_people_leave(ids: Sequence[int], on: date) -> int:
    """Set the first day without these people, and without relatives of no child that stays.

    Returns how many of the named people left by this. Whoever had left before keeps the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, {"ids": list(ids), "on": on})
        left = int(cursor.rowcount)
        cursor.execute(_RELATIVES_LEAVE, {"ids": list(ids), "on": on})
    return left


_LEAVE = """
    UPDATE people_person SET left_on = %(on)s
    WHERE id = ANY(%(ids)s) AND (left_on IS NULL OR left_on > %(on)s)
"""
_RELATIVES_LEAVE = """
    UPDATE people_person r SET left_on = %(on)s
    WHERE r.kind IN (2, 3, 4) AND r.left_on IS NULL
      AND r.household_id IN (
          SELECT household_id FROM people_person WHERE id = ANY(%(ids)s) AND kind = 1)
      AND NOT EXISTS (
          SELECT 1 FROM people_person c
          WHERE c.household_id = r.household_id AND c.kind = 1
            AND (c.left_on IS NULL OR c.left_on > %(on)s))
"""
