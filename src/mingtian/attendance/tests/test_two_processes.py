"""Two ingest processes at once on the same people: nobody is lost, doubled or locked out."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences
from mingtian.people.models import Household, Person
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import Answer, HotPath

PUPILS = 40


def both(
    first: HotPath, second: HotPath, path: str, bodies: Sequence[tuple[object, object]]
) -> list[Answer]:
    """Send each pair at the same time, one to each; both run on the first one's loop."""

    async def at_once() -> list[Answer]:
        asked = []
        for one, other in bodies:
            asked.append(first._ask("POST", path, [json.dumps(one).encode()], {}))
            asked.append(second._ask("POST", path, [json.dumps(other).encode()], {}))
        return list(await asyncio.gather(*asked))

    answers: list[Answer] = first.run(at_once())
    return answers


def pair(evening: Evening, folder: Path) -> tuple[HotPath, HotPath]:
    one = HotPath(folder / "one", now=evening.at(-5))
    other = HotPath(folder / "other", now=evening.at(-5))
    # One loop carries both, so that their statements really overlap in PostgreSQL.
    other._runner = one._runner
    one.run(one.service.start())
    one.run(other.service.start())
    return one, other


def test_the_same_entries_at_two_processes_make_one_household_each(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening(pupils=PUPILS)
    one, other = pair(evening, tmp_path)
    entries = [
        (evening.entry(n, kin=["mother"]), evening.entry(PUPILS - 1 - n, kin=["mother"]))
        for n in range(PUPILS)
    ]

    answers = both(one, other, "/enter", entries)

    one.run(other.service.stop())
    one.__exit__(None, None, None)
    assert {answer.status for answer in answers} == {200}
    assert Household.objects.count() == PUPILS
    assert Person.objects.filter(kin="mother").count() == PUPILS


def test_the_same_maps_at_two_processes_are_counted_once(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening(pupils=PUPILS)
    one, other = pair(evening, tmp_path)
    seats = [one.post("/enter", evening.entry(n)).json["seat"] for n in range(PUPILS)]
    one.clock.now = other.clock.now = evening.at(0)
    both(
        one,
        other,
        "/b",
        [(evening.beat(a), evening.beat(b)) for a, b in zip(seats, seats[::-1], strict=True)],
    )
    one.clock.now = other.clock.now = evening.at(50)

    for low, high in ((0x3FF, 0xFFC00), (0xFFFFF, 0xFFFFF), (0xFF << 30, 0xFF << 34)):
        pairs = [
            (evening.beat(a, low), evening.beat(b, high))
            for a, b in zip(seats, seats[::-1], strict=True)
        ]
        answers = both(one, other, "/b", pairs)
        assert {answer.status for answer in answers} == {200}

    one.run(other.service.stop())
    one.__exit__(None, None, None)
    assert set(Record.objects.values_list("live", flat=True)) == {0xFFFFF | 0xFFF << 30}
    assert Tally.objects.get(kind=1).slots == PUPILS * 32
    assert Tally.objects.get(kind=100).arrived == PUPILS
    assert differences(evening.lecture.pk) == []
