"""uvicorn's HTTP/1.1, with head and body of a reply in one write (docs/decisions/0005).

uvicorn hands the head of a reply to the socket and then its body: for a reply of three hundred
bytes two system calls here, and two packets to a phone on a weak network. Start it with
``--http mingtian.run.one_write:OneWriteProtocol``; all works without, only slower.
"""

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CONTINUE = b"HTTP/1.1 100 "


class JoinedTransport:
    """A transport that keeps the head of a reply until the first of its body comes."""

    __slots__ = (
        "_held", "_keeps", "_transport", "_write",
        "get_extra_info", "is_closing", "pause_reading", "resume_reading", "set_protocol",
    )  # fmt: skip

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._write = transport.write
        self._held = b""
        self._keeps = True
        self.get_extra_info = transport.get_extra_info
        self.is_closing = transport.is_closing
        self.pause_reading = transport.pause_reading
        self.resume_reading = transport.resume_reading
        self.set_protocol = transport.set_protocol

    def write(self, data: bytes) -> None:
        if self._keeps and not data.startswith(CONTINUE):
            self._held, self._keeps = data, False
        elif self._held:
            held, self._held = self._held, b""
            self._write(held + data)
        else:
            self._write(data)

    def end_reply(self) -> None:
        """Write a head that no body followed, as after HEAD; what comes next is a head again."""
        if self._held:
            self.write(b"")
        self._keeps = True

    def close(self) -> None:
        self.end_reply()
        self._transport.close()


class OneWriteProtocol(HttpToolsProtocol):
    """HttpToolsProtocol over a JoinedTransport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast("asyncio.Transport", JoinedTransport(transport)))

    def on_response_complete(self) -> None:
        cast("JoinedTransport", self.transport).end_reply()
        HttpToolsProtocol.on_response_complete(self)
