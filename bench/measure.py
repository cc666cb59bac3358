"""The measurements, one function each. All on one ground, with one load generator."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from bench.cpu import cpu_seconds, resident_kib
from bench.ground import CITY, CITY_CLASSES, FIRST_CLASS, LECTURE, PROVINCE, Ground
from bench.load import run_wrk, write_script
from mingtian.run.server import Server, free_port

REPEATS = 3
SECONDS = 8
CONNECTIONS = 256
BENCH_APP = "mingtian.asgi_ingest:application"


@contextmanager
def server(ground: Ground, app: str, *, workers: int = 1) -> Iterator[Server]:
    """Run one of our servers while the block lasts."""
    running = Server(
        port=free_port(),
        environment=ground.environment,
        log=ground.folder / "server.log",
        app=app,
        workers=workers,
    )
    running.start()
    try:
        if workers > 1:
            await_workers(ground, workers)
        yield running
    finally:
        running.stop()


@contextmanager
def gunicorn(ground: Ground, workers: int, *, threads: int = 1) -> Iterator[int]:
    """Run the plain Django views with so many workers of so many threads; yields the port."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "bench.plain.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", str(threads),
        "--keep-alive", "75", "--log-level", "error",
    ]  # fmt: skip
    environment = {**os.environ, **ground.environment}
    environment["DJANGO_SETTINGS_MODULE"] = "bench.plain.settings"
    log = (ground.folder / "gunicorn.log").open("ab")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        await_answer(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def await_workers(ground: Ground, workers: int) -> None:
    """Wait until each of our processes has connected to the database, at most 30 seconds."""
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mingtian ingest'"
        " AND query ~ 'campaigns_lecture|FROM people_departed$'"
    )
    with psycopg.connect(ground.url, autocommit=True) as connection:
        for _ in range(300):
            row = connection.execute(question).fetchone()
            if row is not None and row[0] >= workers:
                return
            time.sleep(0.1)
    raise TimeoutError(f"{workers} workers did not all connect.")


def await_answer(port: int) -> None:
    """Wait until something answers, at most 30 seconds."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing answers on port {port}.")


def bare_and_beats(ground: Ground, script: Path) -> dict[str, float]:
    """Measure bare replies and durable beats in turn, so that both see the same machine."""
    bare_rates, beat_rates, cpu = [], [], []
    for _ in range(REPEATS):
        with server(ground, "bench.bare:application") as bare:
            bare_rates.append(run_wrk(bare.port, script, seconds=SECONDS, connections=CONNECTIONS))
        reset(ground)
        with server(ground, BENCH_APP) as ours:
            postmaster = int((ground.cluster.folder / "postmaster.pid").read_text().split()[0])
            before = cpu_seconds(ours.pid) + cpu_seconds(postmaster)
            run = run_wrk(ours.port, script, seconds=SECONDS, connections=CONNECTIONS)
            after = cpu_seconds(ours.pid) + cpu_seconds(postmaster)
        beat_rates.append(run)
        cpu.append((after - before) / run.requests * 1_000_000)
        if run.refused:
            raise RuntimeError(f"{run.refused} beats were refused.")
    beats, bare_rate = median(r.rate for r in beat_rates), median(r.rate for r in bare_rates)
    return {
        "bare_per_second": round(bare_rate),
        "beats_per_second": round(beats),
        "beat_vs_bare": round(beats / bare_rate, 3),
        "cpu_seconds_per_million_beats": round(median(cpu), 1),
    }


def reset(ground: Ground) -> None:
    """Empty the evening on the air, so that each run writes the same."""
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute("TRUNCATE attendance_record, attendance_arrival, attendance_home")
        connection.execute("DELETE FROM attendance_tally WHERE lecture = %s", [LECTURE])
        connection.execute("VACUUM attendance_tally")


def beats_and_plain(ground: Ground, script: Path) -> dict[str, float]:
    """Measure durable beats against the plain Django view, each at its best number of processes.

    In turn, three times over all counts, so that both see the same machine. The plain view
    with gunicorn's usual workers, and with four threads in each.
    """
    ours: dict[int, list[float]] = {1: [], 2: [], 3: []}
    plain: dict[tuple[int, int], list[float]] = {
        (workers, threads): [] for workers in (2, 3, 4) for threads in (1, 4)
    }
    for _ in range(REPEATS):
        for workers, rates in ours.items():
            reset(ground)
            with server(ground, BENCH_APP, workers=workers) as running:
                rates.append(our_rate(running, script, CONNECTIONS, SECONDS // 2))
        for (workers, threads), rates in plain.items():
            with gunicorn(ground, workers, threads=threads) as port:
                rates.append(run_wrk(port, script, seconds=SECONDS // 2, connections=64).rate)
    best = max(median(rates) for rates in ours.values())
    usual, threaded = (
        max(median(rates) for (_, t), rates in plain.items() if t == threads) for threads in (1, 4)
    )
    return {
        "beats_per_second_best": round(best),
        "django_per_second": round(usual),
        "django_threads_per_second": round(threaded),
        "beat_vs_django": round(best / usual, 1),
        "beat_vs_django_threads": round(best / threaded, 1),
    }


def our_rate(running: Server, script: Path, connections: int, seconds: int = SECONDS) -> float:
    """Return the rate of one run; raises RuntimeError when anything was refused."""
    run = run_wrk(running.port, script, seconds=seconds, connections=connections)
    if run.refused:
        raise RuntimeError(f"{run.refused} of {run.requests} requests were refused.")
    return run.rate


def entries_and_plain(ground: Ground, script: Path) -> dict[str, float]:
    """Measure entries, each a new household with a child and its mother, ours and the plain
    view's in turn, the plain view at its best number of workers."""
    ours: list[float] = []
    plain: dict[int, list[float]] = {2: [], 3: [], 4: []}
    for _ in range(REPEATS):
        forget_entries(ground)
        with server(ground, BENCH_APP) as running:
            ours.append(our_rate(running, script, 64))
        for workers, rates in plain.items():
            forget_entries(ground)
            with gunicorn(ground, workers) as port:
                rates.append(run_wrk(port, script, seconds=SECONDS, connections=64).rate)
    best = max(median(rates) for rates in plain.values())
    return {
        "entries_per_second": round(median(ours)),
        "django_entries_per_second": round(best),
        "enter_vs_django": round(median(ours) / best, 1),
    }


def forget_entries(ground: Ground) -> None:
    """Take everybody out of their households again."""
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute("TRUNCATE attendance_seat, people_consent")
        connection.execute("DELETE FROM people_person WHERE kin <> ''")
        connection.execute("UPDATE people_person SET household_id = NULL WHERE household_id > 0")
        connection.execute("DELETE FROM people_household")
        connection.execute("VACUUM ANALYZE people_person, people_household")


def memory_of_phones(ground: Ground) -> dict[str, float]:
    """Return resident KiB of ingest after 1,000 and after 100,000 different phones."""
    few = write_script(ground.folder, "few", "/b", ground.beats(1000))
    many = write_script(ground.folder, "many", "/b", ground.beats(100_000))
    with server(ground, BENCH_APP) as ours:
        run_wrk(ours.port, few, seconds=SECONDS, connections=CONNECTIONS)
        after_few = resident_kib(ours.pid)
        run_wrk(ours.port, many, seconds=SECONDS, connections=CONNECTIONS)
        return {
            "ingest_kib_1000_phones": after_few,
            "ingest_kib_100000_phones": resident_kib(ours.pid),
        }


def load_everything(ground: Ground) -> dict[str, float]:
    """Bring in 733,680 attendances over eight lectures; return seconds and bytes for each."""
    from mingtian.attendance.actions import Attended, bring_in
    from mingtian.core.clock import now

    reset(ground)
    total, evenings = 733_680, 8
    started = time.perf_counter()
    for evening in range(evenings):
        rows = (
            Attended(
                person=n + 1,
                unit=FIRST_CLASS + n % CITY_CLASSES,
                kind=1,
                live=(1 << 60) - 1 - (1 << n % 60),
            )
            for n in range(total // evenings)
        )
        bring_in(
            lecture_id=100 + evening,
            needed_slots=40,
            attended=rows,
            actor="system:bench",
            now=now(),
        )
    seconds = time.perf_counter() - started
    with psycopg.connect(ground.url) as connection:
        row = connection.execute(
            "SELECT count(*), pg_total_relation_size('attendance_record') FROM attendance_record"
        ).fetchone()
    assert row is not None
    assert row[0] == total
    return {
        "load_733680_s": round(seconds, 1),
        "bytes_per_attendance": round(row[1] / total, 1),
    }


def boards() -> dict[str, float]:
    """Return the milliseconds of rebuilding the city's and the province's board, median of 15."""
    from datetime import UTC, datetime

    from mingtian.boards.queries import build_frame

    moment = datetime(2023, 9, 18, 12, 30, tzinfo=UTC)

    def rebuilt(unit: int) -> float:
        build_frame(1, unit, "leads", moment)
        times = []
        for _ in range(15):
            started = time.perf_counter()
            build_frame(1, unit, "leads", moment)
            times.append((time.perf_counter() - started) * 1000)
        return round(median(times), 1)

    return {"board_city_ms": rebuilt(CITY), "board_province_ms": rebuilt(PROVINCE)}
