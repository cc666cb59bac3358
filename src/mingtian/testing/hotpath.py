"""The hot path in the test's own process: real application, real PostgreSQL, a clock to set."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import connection

from mingtian.attendance.ingest.app import Ingest
from mingtian.attendance.ingest.config import Config
from mingtian.attendance.ingest.service import Service
from mingtian.testing.shells import write_shells


@dataclass
class SetClock:
    """A clock that stands still until it is set; milliseconds."""

    now: int

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


def url_of_tests() -> str:
    """Return the address of the database that Django's tests use."""
    settings_of = connection.settings_dict
    return f"postgresql://{settings_of['USER']}@/{settings_of['NAME']}?host={settings_of['HOST']}"


class HotPath:
    """Runs the ingest application without a network. Use it in a ``with`` block."""

    def __init__(
        self, pages: Path, *, now: int, url: str | None = None, waiting: int = 1000
    ) -> None:
        write_shells(pages)
        config = Config(
            database_url=url or url_of_tests(),
            seat_keys=settings.SEAT_KEYS,
            seal_keys=settings.SEAL_KEYS,
            index_key=settings.INDEX_KEY,
            pages=pages,
            waiting_most=waiting,
        )
        self.clock = SetClock(now)
        self.service = Service(config, clock=self.clock)
        self.app = Ingest(self.service)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        try:
            self._runner.run(self.service.start())
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """Let go of the loop of an application that never started."""
        self._runner.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.run(self.service.stop())
        self._runner.close()

    def run(self, work: Any) -> Any:
        """Run something awaitable on the application's own loop."""
        return self._runner.run(work)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, [b""], **headers)

    def post(self, path: str, body: object, **headers: str) -> Answer:
        """Send a body: bytes as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, [raw], **headers)

    def post_all(self, path: str, bodies: Iterable[object]) -> list[Answer]:
        """Send many bodies at once, so that they share batches."""

        async def all_at_once() -> list[Answer]:
            asked = (self._ask("POST", path, [json.dumps(one).encode()], {}) for one in bodies)
            return list(await asyncio.gather(*asked))

        answers: list[Answer] = self._runner.run(all_at_once())
        return answers

    def ask(self, method: str, path: str, chunks: list[bytes], **headers: str) -> Answer:
        answer: Answer = self._runner.run(self._ask(method, path, chunks, headers))
        return answer

    async def _ask(
        self, method: str, path: str, chunks: list[bytes], headers: dict[str, str]
    ) -> Answer:
        address, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": address,
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").lower().encode(), value.encode())
                for name, value in headers.items()
            ],
        }
        waiting = list(chunks)
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            if not waiting:
                return {"type": "http.disconnect"}
            body = waiting.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start, *parts = sent
        fields = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], fields, b"".join(part["body"] for part in parts))
