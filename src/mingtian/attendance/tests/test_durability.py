"""What was acknowledged survives; where it would not, nothing is acknowledged."""

import asyncio
import gc
import json
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg.rows import TupleRow

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.schedule import Schedule
from mingtian.attendance.ingest.store import PATIENCE, Lanes, SettingsWeakened, Store
from mingtian.attendance.ingest.tokens import Seat
from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences
from mingtian.run.postgres import DURABLE, Cluster
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath, url_of_tests

PHONES = 200

DIES_AFTER_COMMIT = """
import os, pathlib, signal, sys
import django
django.setup()
from mingtian.testing.hotpath import HotPath

url, pages, now, body = sys.argv[1:]
hot = HotPath(pathlib.Path(pages), now=int(now), url=url)
with hot:
    write = hot.service.beats._write

    async def write_and_die(batch):
        await write(batch)
        os.kill(os.getpid(), signal.SIGKILL)

    hot.service.beats._write = write_and_die
    hot.post("/b", body.encode())
"""


def test_a_process_killed_between_commit_and_reply_has_lost_nothing(
    hot: HotPath, evening: Evening, seat: str, tmp_path: Path
) -> None:
    beat = evening.beat(seat, 0b11)
    now = evening.at(0)
    command = [sys.executable, "-c", DIES_AFTER_COMMIT, url_of_tests(), str(tmp_path / "p")]

    died = subprocess.run([*command, str(now), json.dumps(beat)], check=False)

    assert died.returncode == -signal.SIGKILL
    assert Record.objects.get().live == 1
    hot.clock.now = evening.at(1)
    again = hot.post("/b", beat).json
    assert again["live"] == "3"
    assert Tally.objects.get(kind=1).slots == 2
    assert Tally.objects.get(kind=100).arrived == 1
    assert differences(evening.lecture.pk) == []


@pytest.fixture(scope="module")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Cluster]]:
    made: list[Cluster] = []
    yield made
    for cluster in made:
        cluster.remove()


@pytest.mark.parametrize("weakened", ["fsync", "full_page_writes", "synchronous_commit"])
def test_weakened_settings_are_refused_at_start(
    clusters: list[Cluster], tmp_path: Path, weakened: str
) -> None:
    cluster = Cluster(tmp_path / "pg", DURABLE | {weakened: "off"})
    clusters.append(cluster)
    cluster.start()

    hot = HotPath(tmp_path / "pages", now=0, url=cluster.url("postgres"))
    with pytest.raises(SettingsWeakened, match=f"{weakened} (is )?off"), hot:
        pass


def test_a_session_that_gives_up_durability_is_refused(db: None, tmp_path: Path) -> None:
    url = f"{url_of_tests()}&options={quote('-c synchronous_commit=off')}"
    hot = HotPath(tmp_path, now=0, url=url)

    with pytest.raises(SettingsWeakened, match="synchronous_commit off"), hot:
        pass


def test_a_database_that_is_down_makes_phones_keep_their_maps(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(2)
    store = hot.service._beat_lanes.stores[0]
    address = store._url
    store._url = "postgresql://nobody@/nowhere?host=/nonexistent"
    hot.run(store.close())

    down = hot.post("/b", evening.beat(seat, 0b100))

    assert (down.status, down.json["code"]) == (503, Reason.NOT_DURABLE)
    assert down.headers["retry-after"] == "10"
    assert not Record.objects.exists()
    store._url = address
    hot.clock.now = evening.at(6)
    up = hot.post("/b", evening.beat(seat, 0b11100, ticket=down.json["ticket"])).json
    assert int(up["live"], 16) == 0b11100


def test_a_connection_cut_by_the_server_is_opened_again_unnoticed(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.post("/b", evening.beat(seat))
    with psycopg.connect(url_of_tests(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'mingtian ingest' AND datname = current_database()"
        )

    assert hot.post("/b", evening.beat(seat)).status == 200


def test_the_epoch_names_system_and_timeline(hot: HotPath) -> None:
    with psycopg.connect(url_of_tests()) as other:
        row = other.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()

    assert row is not None
    assert hot.service.epoch == f"{row[0]}:1"


def test_stopping_writes_what_waits(evening: Evening, tmp_path: Path) -> None:
    hot = HotPath(tmp_path, now=evening.at(-5))
    with hot:
        seat = hot.post("/enter", evening.entry(0)).json["seat"]

        async def beat_and_stop() -> None:
            asked = asyncio.create_task(
                hot._ask("POST", "/b", [json.dumps(evening.beat(seat)).encode()], {})
            )
            await asyncio.sleep(0)
            await hot.service.stop()
            assert (await asked).status == 200

        hot.run(beat_and_stop())

    assert Record.objects.count() == 1


def test_nothing_is_kept_in_memory_for_a_phone(hot: HotPath, evening: Evening) -> None:
    """design.md part 5: constant memory per watching phone, zero."""
    unit = evening.tree.class_one.pk
    beats = [
        evening.beat(
            hot.service.mint.seat(
                Seat(2**31, evening.campaign.pk, 1000 + n, 1000 + n, unit, ((1000 + n, unit, 1),))
            )
        )
        for n in range(2 * PHONES)
    ]
    hot.post_all("/b", beats[:PHONES])
    gc.collect()
    tracemalloc.start()
    try:
        statuses = {answer.status for answer in hot.post_all("/b", beats[PHONES:])}
        gc.collect()
        held = tracemalloc.take_snapshot().filter_traces(
            [tracemalloc.Filter(inclusive=True, filename_pattern="*/attendance/ingest/*")]
        )
    finally:
        tracemalloc.stop()

    assert statuses == {200}
    # msgspec remembers some hundred short words; a beat that is held is ten times as large.
    assert sum(trace.size for trace in held.traces) < PHONES * 100


async def test_a_store_that_cannot_connect_refuses(tmp_path: Path) -> None:
    store = Store(f"postgresql://nobody@/nowhere?host={tmp_path}")

    with pytest.raises(Refused) as refused:
        await store.execute("epoch", {})
    assert refused.value.reason is Reason.NOT_DURABLE


def test_after_a_restore_a_phone_arrives_again_with_the_slot_of_its_ticket(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    ticket = hot.post("/b", evening.beat(seat)).json["ticket"]
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE attendance_arrival, attendance_home, attendance_record, attendance_tally"
        )
    hot.service._beat_lanes.stores[0].epoch = "another:2"
    hot.clock.now = evening.at(2)

    again = hot.post("/b", evening.beat(seat, 0b111, ticket=ticket)).json

    assert (again["live"], again["epoch"]) == ("7", "another:2")
    assert Tally.objects.get(kind=100).arrived == 1
    assert differences(evening.lecture.pk) == []


def test_a_batch_that_a_promotion_cuts_in_two_is_written_again_whole(
    hot: HotPath, evening: Evening, seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the reply names as stored in an epoch was stored in it, the arrival too."""
    store = hot.service._beat_lanes.stores[0]
    execute = store.execute
    asked: list[str] = []

    async def promoted(name: str, values: dict[str, object]) -> list[TupleRow]:
        rows = await execute(name, values)
        if not asked:
            store.epoch = "another:2"
        asked.append(name)
        return rows

    monkeypatch.setattr(store, "execute", promoted)

    answer = hot.post("/b", evening.beat(seat)).json

    assert asked == ["arrive", "merge", "arrive", "merge"]
    assert answer["epoch"] == "another:2"
    assert Tally.objects.get(kind=100).arrived == 1
    assert differences(evening.lecture.pk) == []


def test_a_statement_that_waits_too_long_for_a_lock_is_given_up(
    hot: HotPath, evening: Evening, seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATIENCE, "lock", "50ms")
    hot.run(hot.service._beat_lanes.stores[0].close())
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(1)
    with psycopg.connect(url_of_tests()) as other:
        other.execute("SELECT FROM attendance_record FOR UPDATE")

        held = hot.post("/b", evening.beat(seat, 1))

        assert (held.status, held.json["code"]) == (503, Reason.NOT_DURABLE)
    assert hot.post("/b", evening.beat(seat, 1)).json["live"] == "1"


def test_settings_weakened_after_the_start_stop_entries_as_well(
    hot: HotPath, evening: Evening
) -> None:
    hot.get("/e/c1ass001")
    weak = f"{url_of_tests()}&options={quote('-c synchronous_commit=off')}"
    assert len(stores_of(hot)) == 5
    for store in stores_of(hot):
        store._url = weak
        hot.run(store.close())

    assert hot.post("/enter", evening.entry(0)).json["code"] == Reason.NOT_DURABLE
    assert hot.get("/e/c1ass002").json["code"] == Reason.NOT_DURABLE


def test_the_seat_of_a_campaign_whose_lectures_are_not_known_yet_lasts_as_long(
    hot: HotPath, evening: Evening
) -> None:
    known = hot.post("/enter", evening.entry(0)).json["expires_at"]
    hot.service.schedule = Schedule()

    assert hot.post("/enter", evening.entry(1)).json["expires_at"] == known


def stores_of(hot: HotPath) -> list[Store]:
    """Return every connection of the hot path."""
    found: list[Store] = []
    for value in vars(hot.service).values():
        if isinstance(value, Store):
            found.append(value)
        elif isinstance(value, Lanes):
            found += value.stores
    return found


def test_health_says_that_the_database_is_down_and_that_it_is_back(
    hot: HotPath, evening: Evening
) -> None:
    look_up = hot.service._look_up_store
    address = look_up._url
    look_up._url = "postgresql://nobody@/nowhere?host=/nonexistent"
    hot.run(look_up.close())

    with pytest.raises(Refused):
        hot.run(hot.service.reload())

    assert hot.get("/healthz").json["ok"] is False
    look_up._url = address
    hot.run(hot.service.reload())
    assert hot.get("/healthz").json["ok"] is True


def test_health_stays_well_while_the_schedule_is_read_again(
    hot: HotPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = hot.service._look_up_store
    execute = store.execute
    seen: list[bool] = []

    async def watched(name: str, values: dict[str, object]) -> list[TupleRow]:
        seen.append(hot.service.database_answers)
        return await execute(name, values)

    monkeypatch.setattr(store, "execute", watched)

    hot.run(hot.service.reload())

    assert seen
    assert all(seen)


def test_health_is_well_again_before_the_first_beat(evening: Evening, tmp_path: Path) -> None:
    hot = HotPath(tmp_path, now=evening.at(-5), url="postgresql://nobody@/x?host=/nonexistent")
    with hot:
        assert hot.get("/healthz").json["ok"] is False
        hot.service._look_up_store._url = url_of_tests()

        hot.run(hot.service.reload())

        health = hot.get("/healthz").json
        assert (health["ok"], health["epoch"]) == (True, hot.service.epoch)
        assert health["epoch"].endswith(":1")


def test_many_who_find_the_connection_cut_open_one_new(
    hot: HotPath, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = hot.service._look_up_store
    hot.run(store.close())
    opened: list[int] = []
    open_it = store.open

    async def counting() -> None:
        opened.append(1)
        await open_it()

    monkeypatch.setattr(store, "open", counting)

    async def ask() -> None:
        await asyncio.gather(*(store.execute("lectures", {}) for _ in range(5)))

    hot.run(ask())

    assert opened == [1]
