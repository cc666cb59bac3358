"""One application for everything: the hot path, video files, and Django for the rest.

Production runs the parts as processes of their own behind a proxy (docs/operations/run.md);
the applications are the same.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtian.settings")

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

django_application = get_asgi_application()

from django.conf import settings  # noqa: E402 - Django has to be set up first

from mingtian.attendance.ingest.app import Ingest  # noqa: E402
from mingtian.attendance.ingest.config import from_environment  # noqa: E402
from mingtian.attendance.ingest.service import Service  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MEDIA = "/media/"
YEAR = b"public, max-age=31536000, immutable"


def make_ingest() -> Ingest:
    """Return the hot path with the settings of this deployment."""
    config = from_environment(
        database_url=settings.DATABASE_URL,
        seat_keys=settings.SEAT_KEYS,
        seal_keys=settings.SEAL_KEYS,
        index_key=settings.INDEX_KEY,
        pages=settings.PAGES_ROOT,
    )
    return Ingest(Service(config))


class Application:
    """Sends each request to the part that answers it."""

    def __init__(
        self, ingest: Ingest, media: ASGIApp, pages: Callable[..., Awaitable[None]]
    ) -> None:
        self.ingest = ingest
        self.media = media
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self.ingest.answers(scope["path"]):
            await self.ingest(scope, receive, send)
        elif scope["path"].startswith(MEDIA):
            await self.send_media(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def send_media(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a video file; its address never changes its content, so it is kept for ever."""

        async def remember(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 206}:
                message["headers"].append((b"cache-control", YEAR))
            await send(message)

        await self.media(scope, receive, remember)


application = Application(
    make_ingest(),
    Starlette(
        routes=[Mount("/media", StaticFiles(directory=settings.MEDIA_ROOT, check_dir=False))]
    ),
    django_application,
)
