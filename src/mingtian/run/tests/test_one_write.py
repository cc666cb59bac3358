"""Replies in one write: what goes out, and nothing stays behind. Against a real uvicorn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mingtian.run.one_write import JoinedTransport, OneWriteProtocol
from mingtian.run.server import free_port


class Written(asyncio.Transport):
    """A transport that keeps what each write was given."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None: ...

    def close(self) -> None:
        self.closed = True


def test_head_and_body_leave_together_and_the_rest_at_once() -> None:
    below = Written()
    joined = JoinedTransport(below)

    for _ in range(2):
        joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
        assert not below.writes
        joined.write(b"one")
        joined.write(b"two")
        joined.end_reply()
        assert below.writes == [b"HTTP/1.1 200 OK\r\n\r\none", b"two"]
        below.writes.clear()


def test_closing_lets_nothing_lie() -> None:
    below = Written()
    joined = JoinedTransport(below)
    joined.write(b"HTTP/1.1 400 Bad Request\r\n\r\nno")

    joined.close()

    assert below.writes == [b"HTTP/1.1 400 Bad Request\r\n\r\nno"]
    assert below.closed


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body() or b"empty")


async def stream(_: Request) -> Response:
    """Stream one part, and then nothing for as long as the client stays."""

    async def parts() -> AsyncIterator[str]:
        yield "first"
        await asyncio.Event().wait()

    return StreamingResponse(parts())


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Run uvicorn in this loop and connect to it."""
    app = Starlette(routes=[
        Route("/echo", echo, methods=["GET", "HEAD", "POST"]), Route("/stream", stream),
    ])  # fmt: skip
    config = uvicorn.Config(
        app, port=free_port(), http=OneWriteProtocol, log_config=None, lifespan="off",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    reader, writer = await asyncio.open_connection("127.0.0.1", config.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await server.shutdown()


async def ask(writer: asyncio.StreamWriter, text: str) -> None:
    writer.write(text.replace("\n", "\r\n").encode())
    await writer.drain()


async def test_a_head_without_body_is_sent_and_the_connection_lives_on() -> None:
    async with connected() as (reader, writer), asyncio.timeout(10):
        for _ in range(2):
            await ask(writer, "HEAD /echo HTTP/1.1\nhost: a\n\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")

        await ask(writer, "GET /echo HTTP/1.1\nhost: a\n\n")
        assert (await reader.readuntil(b"empty")).startswith(b"HTTP/1.1 200")


async def test_a_client_that_waits_for_leave_to_send_gets_it() -> None:
    async with connected() as (reader, writer), asyncio.timeout(10):
        await ask(
            writer, "POST /echo HTTP/1.1\nhost: a\nexpect: 100-continue\ncontent-length: 4\n\n"
        )
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"

        writer.write(b"body")
        assert (await reader.readuntil(b"body")).startswith(b"HTTP/1.1 200")


async def test_the_first_part_of_a_stream_does_not_wait_for_the_second() -> None:
    async with connected() as (reader, writer), asyncio.timeout(10):
        await ask(writer, "GET /stream HTTP/1.1\nhost: a\n\n")
        assert (await reader.readuntil(b"first")).startswith(b"HTTP/1.1 200")


async def test_a_request_that_is_no_http_is_answered_too() -> None:
    async with connected() as (reader, writer), asyncio.timeout(10):
        await ask(writer, "hello\n\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 400")
