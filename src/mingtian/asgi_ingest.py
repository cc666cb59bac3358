"""The hot path alone, for a process of its own; loads no Django (docs/operations/run.md).

Two parts under one lifespan: attendance.ingest and, beside it, the intake of comments, which
uses the same keys, clock and schedule.
"""

import logging

from starlette.types import Receive, Scope, Send

from mingtian import settings
from mingtian.attendance.ingest.app import Ingest
from mingtian.attendance.ingest.config import from_environment
from mingtian.attendance.ingest.service import Service
from mingtian.comments.intake.app import Intake
from mingtian.comments.intake.service import Talk

log = logging.getLogger(__name__)


class HotPath:
    """Sends each request to the part that answers it; starts and stops both."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.ingest = Ingest(service)
        self.intake = Intake(Talk(service))

    def answers(self, path: str) -> bool:
        """Say whether an address belongs to the hot path."""
        return self.ingest.answers(path) or self.intake.answers(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif self.intake.answers(scope["path"]):
            await self.intake(scope, receive, send)
        else:
            await self.ingest(scope, receive, send)

    async def start(self) -> None:
        """Start the parts. Raises SettingsWeakened when PostgreSQL would lose what it confirms."""
        await self.service.start()
        await self.intake.talk.start()

    async def stop(self) -> None:
        """Stop them, the attendance last: it keeps the database's answers."""
        await self.intake.talk.stop()
        await self.service.stop()

    async def live(self, receive: Receive, send: Send) -> None:
        """Follow the server's start and stop."""
        await receive()
        try:
            await self.start()
        except Exception as error:
            log.exception("The hot path cannot start.")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})


application = HotPath(
    Service(
        from_environment(
            database_url=settings.DATABASE_URL,
            seat_keys=settings.SEAT_KEYS,
            seal_keys=settings.SEAL_KEYS,
            index_key=settings.INDEX_KEY,
            pages=settings.PAGES_ROOT,
        )
    )
)
