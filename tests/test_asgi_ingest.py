"""The application that production starts for the hot path: no Django, and words when it cannot start."""

import subprocess
import sys
from collections.abc import MutableMapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from mingtian.asgi_ingest import HotPath as Application
from mingtian.testing.hotpath import HotPath, url_of_tests

ASK = "import sys, mingtian.asgi_ingest as it; print([m for m in sys.modules if 'django' in m])"


@pytest.mark.slow
def test_the_hot_path_as_a_process_of_its_own_loads_no_django() -> None:
    said = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_an_asgi_server_is_told_why_the_hot_path_does_not_start(db: None, tmp_path: Path) -> None:
    url = f"{url_of_tests()}&options={quote('-c synchronous_commit=off')}"
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "lifespan.startup"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    with closing(HotPath(tmp_path, now=0, url=url)) as hot:
        hot.run(Application(hot.service)({"type": "lifespan"}, receive, send))

    assert sent[0]["type"] == "lifespan.startup.failed"
    assert "set all three to on" in sent[0]["message"]
