"""What people have made of an evening that is over: corrected and frozen figures, and their word.

While a lecture runs a board shows what phones say. Afterwards it shows the figures of the day
(mingtian.closings), so that no two pages tell two numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mingtian.attendance.queries import SumRow
from mingtian.boards.kept import Kept
from mingtian.closings.queries import list_settled, said_by_people
from mingtian.core.figures import Status
from mingtian.org.rules import Line

KEPT_FOR = timedelta(seconds=10)

Numbers = dict[tuple[int | None, int], tuple[int, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """Arrived and completed by unit one level down and kind, and how final they are."""

    numbers: Numbers
    status: Status


_kept: Kept[tuple[int, str, Line], Settled] = Kept(KEPT_FOR)


def settled_at(*, lecture_id: int, held_on: date, path: str, line: Line, now: datetime) -> Settled:
    """Return the figures of a day that is over, at most ten seconds old. Two statements."""

    def read() -> Settled:
        rows = list_settled(lecture_id=lecture_id, held_on=held_on, path=path, line=line)
        frozen, confirmed = said_by_people(lecture_id, [int(key) for key in path.split(".")])
        word = Status.CONFIRMED if confirmed else Status.PROVISIONAL
        return Settled(
            numbers={(row.group, row.kind): (row.arrived, row.completed) for row in rows},
            status=Status.FROZEN if frozen else word,
        )

    return _kept.value((lecture_id, path, line), now, read)


def forget() -> None:
    """Drop what is kept; the next board reads it again."""
    _kept.forget()


def with_settled(rows: Iterable[SumRow], settled: Settled) -> list[SumRow]:
    """Return the sums with the settled numbers in the place of the phones' own."""
    by_key = {(row.group, row.kind): row for row in rows}
    keys = dict.fromkeys([*by_key, *(key for key, pair in settled.numbers.items() if any(pair))])
    return [
        replace(
            by_key.get(key) or SumRow(
                group=key[0], kind=key[1], arrived=0, completed=0, replayed=0,
                replay_completed=0, curve=0,
            ),
            arrived=settled.numbers.get(key, (0, 0))[0],
            completed=settled.numbers.get(key, (0, 0))[1],
        )
        for key in keys
    ]  # fmt: skip


def totals(settled: Settled) -> dict[int, tuple[int, int]]:
    """Return arrived and completed by kind over all units."""
    found: dict[int, tuple[int, int]] = {}
    for (_group, kind), (arrived, completed) in settled.numbers.items():
        before = found.get(kind, (0, 0))
        found[kind] = (before[0] + arrived, before[1] + completed)
    return found
