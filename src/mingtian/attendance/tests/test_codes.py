"""Learning codes while the database is away: a stale code is better than none."""

import asyncio

import pytest

from mingtian.attendance.ingest.codes import KEEP_MILLISECONDS
from mingtian.attendance.ingest.reasons import Reason
from mingtian.campaigns.models import LearningCode
from mingtian.run.server import free_port
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath, url_of_tests
from mingtian.testing.make import NOW


@pytest.fixture
def left_alone(hot: HotPath, evening: Evening) -> HotPath:
    """A hot path that knew two codes, half a minute before its database went away."""
    hot.get("/e/c1ass001")
    hot.get("/e/zzzzzzzz")
    hot.clock.now += KEEP_MILLISECONDS
    cut_off(hot, f"postgresql://nobody@127.0.0.1:{free_port()}/nowhere")
    return hot


def cut_off(hot: HotPath, url: str) -> None:
    store = hot.service._look_up_store
    hot.run(store.close())
    store._url = url


def test_the_page_of_a_known_code_is_served_without_a_database(left_alone: HotPath) -> None:
    page = left_alone.get("/e/c1ass001")

    assert page.status == 200
    assert b'"state":"open"' in page.body


@pytest.mark.parametrize("code", ["c1ass002", "zzzzzzzz"])
def test_whether_another_code_exists_nobody_can_tell_then(left_alone: HotPath, code: str) -> None:
    page = left_alone.get(f"/e/{code}")

    assert (page.status, page.json["code"]) == (503, Reason.NOT_DURABLE)
    assert page.headers["retry-after"] == "10"


def test_many_who_ask_at_once_wait_for_one_attempt(
    left_alone: HotPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database machine that vanished takes ten seconds to say so, once and not for each."""
    store, attempts = left_alone.service._look_up_store, []
    execute = store.execute

    async def counted(name: str, values: dict[str, object]) -> object:
        attempts.append(name)
        await asyncio.sleep(0)  # a refused connection need not let go of the loop
        return await execute(name, values)

    monkeypatch.setattr(store, "execute", counted)

    async def all_at_once() -> list[int]:
        codes = ["c1ass001", "c1ass002", "c1ass003", "c1ass001"]
        asked = (left_alone._ask("GET", f"/e/{code}", [b""], {}) for code in codes)
        return [answer.status for answer in await asyncio.gather(*asked)]

    assert left_alone.run(all_at_once()) == [200, 503, 503, 200]
    assert attempts == ["code"]


def test_once_the_database_is_back_the_code_is_asked_for_again(left_alone: HotPath) -> None:
    left_alone.get("/e/c1ass001")
    cut_off(left_alone, url_of_tests())
    LearningCode.objects.filter(code="c1ass001").update(closed_at=NOW)
    left_alone.clock.now += KEEP_MILLISECONDS

    assert b'"state":"closed"' in left_alone.get("/e/c1ass001").body
