"""The application under the other server: nothing in it knows who serves (docs/decisions/0005)."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mingtian.attendance.models import Tally
from mingtian.campaigns.models import Campaign, Lecture
from mingtian.core.clock import now
from mingtian.run.server import free_port
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import url_of_tests
from mingtian.testing.shells import write_shells


@pytest.fixture
def origin(evening: Evening, tmp_path: Path) -> Iterator[str]:
    """Granian with one worker, as docs/decisions/0005 starts it."""
    write_shells(tmp_path / "pages")
    put_on_air(now())
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "1", "--runtime-mode", "st", "--http", "1",
            "--respawn-failed-workers", "--workers-kill-timeout", "10s", "--no-ws",
            "mingtian.asgi:application",
        ],
        env={**os.environ, "DATABASE_URL": url_of_tests(), "MINGTIAN_VAR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        assert server.wait(20) == 0
    finally:
        server.kill()
        server.wait()


def put_on_air(instant: datetime) -> None:
    """Move the evening to this instant: a server has no clock to set."""
    hour = timedelta(hours=1)
    Campaign.objects.update(
        first_on=instant - 24 * hour, last_on=instant + 24 * hour, replay_until=instant + 48 * hour
    )
    Lecture.objects.update(
        doors_at=instant - hour,
        starts_at=instant - hour / 2,
        ends_at=instant + hour / 2,
        closes_at=instant + hour,
    )


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Ask until there is an answer, while the server lives."""
    while server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=20):
            return
    pytest.fail(f"Granian ended with {server.returncode}.")


def post(address: str, body: object) -> dict[str, Any]:
    with urllib.request.urlopen(address, json.dumps(body).encode(), timeout=20) as answer:
        parsed: dict[str, Any] = json.load(answer)
        return parsed


def test_a_family_enters_and_is_counted_under_granian(origin: str, evening: Evening) -> None:
    seat = post(f"{origin}/enter", evening.entry(0))["seat"]

    arrival = post(f"{origin}/b", evening.beat(seat))

    assert arrival["ticket"]
    assert Tally.objects.get(kind=1).arrived == 1
