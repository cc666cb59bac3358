"""One POST to a robot: no redirect, no proxy, little read, five seconds for all of it. No Django.

A time-out of a socket is for each read; a robot that sends a byte a second would keep a caller for
minutes. So a second clock shuts the connection down when the time is over.
"""

import json
import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

SECONDS = 5.0
MOST_BYTES = 16 * 1024


class NoAnswer(Exception):
    """The robot is not there, does not answer in time, or answers nonsense."""


class _Clock:
    """Shuts a connection when its time is over."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self.sock: socket.socket | None = None
        self._timer = Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.over = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def post_json(
    address: str, body: dict[str, object], *, seconds: float | None = None
) -> tuple[int, object]:
    """Return status and JSON of the answer (None when it is none), or raise NoAnswer.

    A redirect is an answer like others and is not followed. ``seconds`` are SECONDS unless said.
    """
    limit = SECONDS if seconds is None else seconds
    parts = urlsplit(address)
    make = HTTPConnection if parts.scheme == "http" else HTTPSConnection
    connection = make(parts.hostname or "", parts.port, timeout=limit)
    clock = _Clock(limit)
    try:
        connection.connect()
        # The connection forgets its socket when the answer begins; the clock keeps it.
        clock.sock = connection.sock
        connection.request(
            "POST",
            parts.path + (f"?{parts.query}" if parts.query else ""),
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json; charset=utf-8", "Connection": "close"},
        )
        with connection.getresponse() as reply:
            status, told = reply.status, reply.read(MOST_BYTES)
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer from error
    finally:
        clock.stop()
        connection.close()
    if clock.over:
        raise NoAnswer
    try:
        return status, json.loads(told)
    except ValueError:
        return status, None
