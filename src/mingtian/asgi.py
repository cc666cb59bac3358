"""One application for everything: the hot path, files, and Django for the rest.

A laptop runs it as one process. A city may run ``mingtian.asgi_ingest`` as processes of their
own behind its proxy (docs/operations/run.md); the application in them is the same.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtian.settings")

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

django_application = get_asgi_application()

from django.conf import settings  # noqa: E402 - Django has to be set up first

from mingtian.asgi_ingest import HotPath  # noqa: E402
from mingtian.asgi_ingest import application as hot_path  # noqa: E402
from mingtian.web.serving import CompressedFiles, KeptFiles  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

FILES = ("/media/", "/static/")


class Application:
    """Sends each request to the part that answers it."""

    def __init__(self, hot: HotPath, files: ASGIApp, pages: Callable[..., Awaitable[None]]) -> None:
        self.hot = hot
        self.files = files
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self.hot.answers(scope["path"]):
            await self.hot(scope, receive, send)
        elif scope["path"].startswith(FILES):
            await self.files(scope, receive, send)
        else:
            await self.pages(scope, receive, send)


application = Application(
    hot_path,
    Starlette(
        routes=[
            Mount("/media", KeptFiles(settings.MEDIA_ROOT)),
            Mount("/static", CompressedFiles(settings.STATIC_ROOT)),
        ]
    ),
    django_application,
)
