"""Serves collected files as they are on disk, compressed where the browser takes it.

For size S and behind a proxy that does not serve files itself. Knows ASGI only: a file never
passes through Django, whose middleware would read it in a thread.
"""

import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+\Z")
FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"


class KeptFiles(StaticFiles):
    """Media: the content under an address never changes, so it is kept for ever."""

    plainly_named = FOR_EVER

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["x-content-type-options"] = "nosniff"
        if response.status_code in {200, 206, 304}:
            response.headers["cache-control"] = (
                FOR_EVER if HASHED.search(path.removesuffix(".gz")) else self.plainly_named
            )
        return response


class CompressedFiles(KeptFiles):
    """Style sheets and scripts: hashed names are kept for ever, ``.gz`` beside them is used."""

    plainly_named = A_MINUTE

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self.compressed(path, scope) or await super().get_response(path, scope)
        response.headers.add_vary_header("accept-encoding")
        return response

    async def compressed(self, path: str, scope: Scope) -> Response | None:
        """Return the compressed file, or None when there is none or it is not wanted."""
        headers = Headers(scope=scope)
        # A range counts bytes of the plain file.
        if not takes_gzip(headers.get("accept-encoding", "")) or "range" in headers:
            return None
        try:
            response = await super().get_response(f"{path}.gz", scope)
        except HTTPException:
            return None
        response.headers["content-encoding"] = "gzip"
        return response


def takes_gzip(accepted: str) -> bool:
    """Say whether an Accept-Encoding header admits gzip.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip("")
    (True, False, False)
    """
    for one in accepted.lower().split(","):
        coding, _, quality = one.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return re.fullmatch(r"\s*q=0(\.0*)?\s*", quality) is None
    return False
