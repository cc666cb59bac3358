"""Server-sent events under the application's own ASGI handler."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application
from django.db import OperationalError
from django.test import Client

from mingtian.attendance.actions import Attended, bring_in
from mingtian.boards import stream
from mingtian.boards.frames import FRAMES
from mingtian.boards.tests.conftest import World
from mingtian.testing.evening import NEEDED
from mingtian.testing.make import ACTOR, NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_minute_20")]


@pytest.fixture(autouse=True)
def _quick_and_not_draining(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stream, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(stream, "drain_on_signal", lambda: None)
    yield
    stream.resume()


class Viewer:
    """A browser's stream: asgiref's communicator, with types."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self._inner: Any = ApplicationCommunicator(get_asgi_application(), scope)  # type: ignore[no-untyped-call]  # asgiref has none

    async def send(self, kind: str) -> None:
        await self._inner.send_input({"type": kind})

    async def hear(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._inner.receive_output(5)
        return message

    async def hears_nothing(self, seconds: float) -> bool:
        return bool(await self._inner.receive_nothing(seconds))

    async def end(self) -> None:
        await self._inner.wait(5)


def open_stream(world: World, path: str) -> Viewer:
    client = Client()
    client.force_login(world.cast.office)
    cookie = f"sessionid={client.cookies['sessionid'].value}".encode()
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"cookie", cookie)],
    }
    return Viewer(scope)


async def text(viewer: Viewer) -> str:
    message = await viewer.hear()
    return bytes(message.get("body", b"")).decode()


async def begin(viewer: Viewer) -> dict[bytes, bytes]:
    await viewer.send("http.request")
    start = await viewer.hear()
    assert start["status"] == 200
    assert (await text(viewer)).startswith("retry: ")
    return dict(start["headers"])


async def leave(viewer: Viewer) -> None:
    await viewer.send("http.disconnect")
    await viewer.end()


def test_a_frame_comes_and_another_when_a_number_moves(
    lasting_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.boards.frames.LEAST_APART", timedelta())
    world = lasting_world
    tree = world.evening.tree
    asked = open_stream(world, world.address(tree.city, "/stream"))

    async def watch() -> tuple[dict[bytes, bytes], str, str]:
        headers = await begin(asked)
        first = await text(asked)
        # A person alone: a device would be counted a transaction earlier, in a frame of its own.
        await asyncio.to_thread(
            bring_in,
            lecture_id=world.lecture,
            needed_slots=NEEDED,
            attended=[Attended(1, tree.class_one.pk, 1, 1 << 19)],
            actor=ACTOR,
            now=NOW,
        )
        second = await text(asked)
        await leave(asked)
        return headers, first, second

    headers, first, second = asyncio.run(watch())

    assert headers[b"Content-Type"] == b"text/event-stream"
    assert headers[b"Cache-Control"] == b"private, no-store"
    assert arrived(first) == 0
    assert arrived(second) == 1


def arrived(event: str) -> int:
    fields = dict(line.split(": ", 1) for line in event.strip().splitlines())
    assert fields["event"] == "frame"
    frame = json.loads(fields["data"])
    assert fields["id"] == frame["etag"]
    value: int = next(
        each["value"] for each in frame["board"]["figures"] if each["counts"] == "arrived"
    )
    return value


def test_an_unchanged_board_gives_signs_of_life(
    lasting_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LIFE_SIGN_SECONDS", 0)
    asked = open_stream(
        lasting_world, lasting_world.address(lasting_world.evening.tree.city, "/stream")
    )

    async def watch() -> list[str]:
        await begin(asked)
        events = [await text(asked) for _ in range(3)]
        await leave(asked)
        return events

    events = asyncio.run(watch())

    assert "event: frame" in events[0]
    assert 'event: still\ndata: {"read_at":"20:20:30"}' in events[-1]


def test_a_drain_ends_the_stream_and_refuses_the_next(lasting_world: World) -> None:
    address = lasting_world.address(lasting_world.evening.tree.city, "/stream")
    asked = open_stream(lasting_world, address)

    async def watch() -> None:
        await begin(asked)
        await text(asked)
        stream.drain()
        while (await asked.hear()).get("more_body"):
            pass

    asyncio.run(watch())
    client = Client()
    client.force_login(lasting_world.cast.office)
    refused = client.get(address)

    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"


def test_a_stream_has_an_end(lasting_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIFE_SECONDS", 0)
    asked = open_stream(
        lasting_world, lasting_world.address(lasting_world.evening.tree.city, "/stream")
    )

    async def watch() -> bool:
        await begin(asked)
        return bool((await asked.hear()).get("more_body"))

    assert asyncio.run(watch()) is False


def test_a_database_that_is_away_is_told_once(
    lasting_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The viewers keep their numbers and learn that these are old."""

    def broken(*_: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(FRAMES, "_build", broken)
    asked = open_stream(
        lasting_world, lasting_world.address(lasting_world.evening.tree.city, "/stream")
    )

    async def watch() -> tuple[str, bool]:
        await begin(asked)
        event = await text(asked)
        quiet = await asked.hears_nothing(0.2)
        await leave(asked)
        return event, quiet

    assert asyncio.run(watch()) == ("event: trouble\ndata: {}\n\n", True)


def test_nobody_watches_nobody_builds(lasting_world: World) -> None:
    asked = open_stream(
        lasting_world, lasting_world.address(lasting_world.evening.tree.city, "/stream")
    )

    async def watch() -> list[object]:
        await begin(asked)
        await leave(asked)
        return [channels for channels in stream._channels.values() if channels]

    assert asyncio.run(watch()) == []
    assert stream.may_open()
