"""Collected files reach browsers compressed, kept as long as their names allow, and unread."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount

from mingtian.web.serving import FOR_EVER, CompressedFiles, KeptFiles, takes_gzip

SHEET = b"body { color: ink; }" * 40
HASHED = "/static/web/base.5c1cf1bb955a.css"


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    web, media = tmp_path / "static" / "web", tmp_path / "media"
    web.mkdir(parents=True)
    media.mkdir()
    for name in ("base.css", "base.5c1cf1bb955a.css"):
        (web / name).write_bytes(SHEET)
        (web / f"{name}.gz").write_bytes(gzip.compress(SHEET))
    (web / "dot.png").write_bytes(b"\x89PNG")
    (media / "part.m4s").write_bytes(bytes(range(100)))
    return Starlette(
        routes=[
            Mount("/static", CompressedFiles(tmp_path / "static")),
            Mount("/media", KeptFiles(media)),
        ]
    )


def get(app: Starlette, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        # The browser stays and says nothing more.
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "root_path": "", "headers": raw,
        "query_string": b"", "scheme": "http", "server": ("hall.example", 80),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    start, *rest = sent
    named = {key.decode(): value.decode() for key, value in start["headers"]}
    return start["status"], named, b"".join(part.get("body", b"") for part in rest)


def test_a_browser_that_takes_gzip_gets_the_compressed_file(app: Starlette) -> None:
    status, headers, body = get(app, HASHED, accept_encoding="gzip, deflate, br")

    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"].startswith("text/css")
    assert headers["vary"].lower() == "accept-encoding"
    assert gzip.decompress(body) == SHEET


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
def test_a_browser_that_does_not_take_gzip_gets_the_plain_file(
    app: Starlette, accepted: str
) -> None:
    _, headers, body = get(app, HASHED, accept_encoding=accepted)

    assert "content-encoding" not in headers
    assert headers["vary"].lower() == "accept-encoding"
    assert body == SHEET


def test_a_file_without_a_compressed_one_beside_it_comes_plain(app: Starlette) -> None:
    status, headers, body = get(app, "/static/web/dot.png", accept_encoding="gzip")
    assert (status, headers["content-type"], body) == (200, "image/png", b"\x89PNG")


def test_a_name_with_a_hash_is_kept_for_ever_and_a_plain_one_is_not(app: Starlette) -> None:
    assert get(app, HASHED)[1]["cache-control"] == FOR_EVER
    assert get(app, HASHED, accept_encoding="gzip")[1]["cache-control"] == FOR_EVER
    assert get(app, "/static/web/base.css")[1]["cache-control"] == "public, max-age=60"


def test_a_kept_file_is_not_sent_twice(app: Starlette) -> None:
    tag = get(app, HASHED, accept_encoding="gzip")[1]["etag"]
    status, _, body = get(app, HASHED, accept_encoding="gzip", if_none_match=tag)
    assert (status, body) == (304, b"")


def test_a_player_gets_the_part_of_a_segment_that_it_asks_for(app: Starlette) -> None:
    status, headers, body = get(app, "/media/part.m4s", range="bytes=10-19")
    assert (status, body) == (206, bytes(range(10, 20)))
    assert headers["cache-control"] == FOR_EVER
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/static/web/gone.css", "/static/../settings.py", "/static/%2e%2e/settings.py"]
)
def test_what_was_not_collected_is_not_found(app: Starlette, path: str) -> None:
    assert get(app, path, accept_encoding="gzip")[0] == 404


@given(st.text(max_size=60))
def test_any_header_is_understood_or_ignored(accepted: str) -> None:
    assert takes_gzip(accepted) in {True, False}
