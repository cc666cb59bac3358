"""Leaving while batches are under way, on connections of their own: exact, and no standstill."""

import threading
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from mingtian.attendance.actions.forget import sweep_leftovers
from mingtian.attendance.ingest.store import QUERIES
from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import leaving
from mingtian.people.models import Consent, Departed
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import HotPath, url_of_tests
from mingtian.testing.leaving import erase, home_of
from mingtian.testing.locks import PATIENCE, until_somebody_waits
from mingtian.testing.make import ACTOR, NOW

FIRST_TEN = (1 << 10) - 1


def merge_values(evening: Evening, child: int) -> dict[str, str]:
    return {
        "lecture": f"{{{evening.lecture.pk}}}",
        "person": f"{{{evening.pupils[child].pk}}}",
        "unit": f"{{{evening.tree.class_one.pk}}}",
        "kind": "{1}",
        "live": f"{{{FIRST_TEN}}}",
        "replay": "{0}",
        "rule_lecture": f"{{{evening.lecture.pk}}}",
        "rule_needed": "{40}",
    }


def test_leaving_waits_for_a_batch_under_way_and_erases_what_it_stored(
    evening: Evening, seat: str
) -> None:
    home = home_of(evening.pupils[0])
    done = threading.Event()

    def leave() -> None:
        try:
            erase(home)
        finally:
            connection.close()
            done.set()

    with psycopg.connect(url_of_tests()) as batch:
        batch.execute(QUERIES["merge"], merge_values(evening, 0))
        thread = threading.Thread(target=leave)
        thread.start()
        until_somebody_waits()
        assert not done.is_set()
        batch.commit()
    thread.join(PATIENCE)

    assert done.is_set()
    assert not Record.objects.exists()
    assert Tally.objects.get(kind=1).arrived == 1
    assert differences(evening.lecture.pk) == []


@pytest.mark.parametrize("prepared", [False, True])
def test_a_batch_that_waits_for_a_leave_stores_nothing_of_who_left(
    evening: Evening, seat: str, prepared: bool
) -> None:
    home = home_of(evening.pupils[0])
    stored = threading.Event()

    def merge(connected: "psycopg.Connection[tuple[object, ...]]") -> None:
        connected.execute(QUERIES["merge"], merge_values(evening, 0), prepare=prepared)
        stored.set()

    with psycopg.connect(url_of_tests(), autocommit=True) as batch:
        for _ in range(7 if prepared else 0):
            batch.execute(QUERIES["merge"], merge_values(evening, 1), prepare=True)
        with transaction.atomic():
            leaving.withdraw(home, now=NOW, actor=ACTOR)
            thread = threading.Thread(target=merge, args=[batch])
            thread.start()
            until_somebody_waits()
            assert not stored.is_set()
        thread.join(PATIENCE)

    assert stored.is_set()
    assert not Record.objects.filter(person=evening.pupils[0].pk).exists()


def test_homes_leave_in_the_middle_of_an_evening_and_nobody_else_notices(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening(pupils=24)
    faults: list[BaseException] = []

    def leave() -> None:
        try:
            for child in evening.pupils[:8]:
                erase(home_of(child))
        except BaseException as error:
            faults.append(error)
            raise
        finally:
            connection.close()

    with HotPath(tmp_path, now=evening.at(0)) as hot:
        entries = [evening.entry(n, kin=["mother"]) for n in range(24)]
        seats = [answer.json["seat"] for answer in hot.post_all("/enter", entries)]
        thread = threading.Thread(target=leave)
        thread.start()
        statuses = set()
        slot = 1
        while thread.is_alive() or slot < 20:
            slot = min(slot + 1, 59)
            hot.clock.now = evening.at(slot)
            again = [evening.entry(n, kin=["mother"]) for n in range(8, 12)]
            beats = [evening.beat(seat, (1 << slot) - 1) for seat in seats]
            statuses |= {answer.status for answer in hot.post_all("/b", beats)}
            statuses |= {answer.status for answer in hot.post_all("/enter", again)}
        thread.join()
        hot.run(hot.service.reload())
        last = [answer.status for answer in hot.post_all("/b", beats)]

    assert faults == []
    assert statuses <= {200, 410}
    assert last == [410] * 8 + [200] * 16
    assert Record.objects.count() == 32
    assert differences(evening.lecture.pk) == []
    assert sweep_leftovers(now=NOW, actor=ACTOR) == 0


def test_leaving_gives_up_when_a_batch_does_not_end(
    evening: Evening, seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", "50ms")
    with psycopg.connect(url_of_tests()) as batch:
        batch.execute(QUERIES["merge"], merge_values(evening, 0))

        with pytest.raises(RuleBroken, match="leaving_is_busy"):
            leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)

    assert Consent.objects.get().withdrawn_at is None
    assert not Departed.objects.exists()
