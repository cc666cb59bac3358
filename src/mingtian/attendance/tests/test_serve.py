"""Pages and playlists from memory: language, facts, caching, and what is refused."""

import asyncio
import gzip
import json
import re
import sys
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from mingtian.attendance.ingest.pages import choose_language, page_policy, script_json
from mingtian.attendance.ingest.reasons import Reason
from mingtian.campaigns.models import Broadcast, Lecture
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import Answer, HotPath

LADDER = {
    "revision": "r1",
    "source_digest": "d",
    "segment_ms": 4000,
    "duration_ms": 3_600_000,
    "rungs": [
        {
            "name": "240p",
            "bandwidth": 200_000,
            "average_bandwidth": 150_000,
            "codecs": "avc1.42c01e,mp4a.40.2",
            "width": 426,
            "height": 240,
            "frame_rate": 10,
        }
    ],
}


def facts(answer: Answer) -> dict[str, Any]:
    found = re.search(r'id="facts">(.*)</script>', answer.body.decode())
    assert found is not None
    parsed: dict[str, Any] = json.loads(found[1])
    return parsed


@pytest.fixture
def on_air(hot: HotPath, evening: Evening) -> HotPath:
    broadcast = Broadcast.objects.create(
        public_id="b1", title="一", state="ready", ladder=LADDER, duration_seconds=3600
    )
    Lecture.objects.filter(pk=evening.lecture.pk).update(broadcast=broadcast)
    hot.run(hot.service.reload())
    return hot


def test_the_entry_page_says_whose_code_it_is(hot: HotPath, evening: Evening) -> None:
    answer = hot.get("/e/c1ass001")

    assert answer.status == 200
    assert "三年级一班" in answer.body.decode()
    said = facts(answer)
    assert (said["state"], said["unit"], said["school"]) == ("open", "三年级一班", "第一小学")
    assert said["issuer"] == "省关工委"
    assert [one["id"] for one in said["lectures"]] == [evening.lecture.pk]


def test_the_class_is_named_with_its_grade_in_english_too(hot: HotPath) -> None:
    said = facts(hot.get("/e/c1ass001?lang=en"))

    assert (said["unit"], said["school"]) == ("Grade 3 Class 1", "No. 1 Primary School")


def test_who_records_is_named_in_english_too(hot: HotPath, evening: Evening) -> None:
    for path in ("/e/c1ass001", f"/hall/{evening.lecture.pk}"):
        page = hot.get(f"{path}?lang=en")

        assert facts(page)["issuer"] == "Provincial Care Committee"
        assert "省关工委" not in page.body.decode()


def test_a_browser_gets_a_refusal_as_a_page(hot: HotPath) -> None:
    answer = hot.get("/hall/999", accept="text/html,*/*", accept_language="en")

    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "This lecture is not known. Please scan the learning code again." in answer.body.decode()


@pytest.mark.parametrize(
    ("path", "cookie", "slot", "leads"),
    [
        ("/e/c1ass001", "hall=c1ass001", 5, True),
        ("/e/c1ass001", "lang=en; hall=c1ass002.c1ass001", -5, True),
        ("/e/c1ass001", "", 5, False),
        ("/e/c1ass001", "hall=c1ass002", 5, False),
        ("/e/c1ass001?add=1", "hall=c1ass001", 5, False),
        ("/e/c1ass001", "hall=c1ass001", -11, False),
        ("/e/c1ass001", "hall=c1ass001", 61, False),
        ("/e/zzzzzzzz", "hall=zzzzzzzz", 5, False),
    ],
)
def test_a_phone_with_a_seat_is_led_to_the_lecture_that_is_on(
    hot: HotPath, evening: Evening, path: str, cookie: str, slot: int, leads: bool
) -> None:
    """COD-2: on a slow link a page and its scripts are spared."""
    hot.clock.now = evening.at(slot)

    answer = hot.get(path, cookie=cookie)

    assert (answer.status, answer.headers.get("location")) == (
        (302, f"/hall/{evening.lecture.pk}") if leads else (200, None)
    )


def test_the_hall_knows_where_its_slides_lie(on_air: HotPath, evening: Evening) -> None:
    """SES-2: a ladder from before slides says so, and the hall does without."""
    lecture = on_air.service.schedule.lectures[evening.lecture.pk]
    assert lecture.airing is not None
    ladder = msgspec.structs.replace(lecture.airing.ladder, slide_ms=32_000)
    with_slides = replace(lecture, airing=msgspec.structs.replace(lecture.airing, ladder=ladder))

    assert lecture.facts()["slide_count"] == 0
    facts = with_slides.facts()
    assert str(facts["slides_url"]).endswith(f"/{ladder.revision}/slides/")
    assert (facts["slide_ms"], facts["slide_count"]) == (32_000, ladder.slide_count)


def test_the_village_page_names_its_town(hot: HotPath) -> None:
    assert facts(hot.get("/e/v111age1"))["school"] == "河口镇"


def test_a_mistyped_code_gets_the_page_that_lets_one_type_again(hot: HotPath) -> None:
    answer = hot.get("/e/zzzz")

    assert answer.status == 200
    assert facts(answer) == {"code": "zzzz", "state": "unknown", "lectures": []}


def test_markup_typed_as_a_code_stays_text(hot: HotPath) -> None:
    answer = hot.get("/e/</script><script>alert(1)//")

    assert b"<script>alert" not in answer.body


def test_the_hall_is_the_same_for_everybody_and_remembered(hot: HotPath, evening: Evening) -> None:
    first = hot.get(f"/hall/{evening.lecture.pk}")

    again = hot.get(f"/hall/{evening.lecture.pk}", if_none_match=first.headers["etag"])

    assert facts(first)["lecture"]["starts_at"] == evening.at(0)
    assert (again.status, again.body) == (304, b"")


def test_browsers_that_take_gzip_get_it(hot: HotPath, evening: Evening) -> None:
    plain = hot.get(f"/hall/{evening.lecture.pk}")

    zipped = hot.get(f"/hall/{evening.lecture.pk}", accept_encoding="gzip, br")

    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body


def test_a_page_is_kept_in_one_form(hot: HotPath) -> None:
    """Thousands of codes have a page each; strangers can ask for as many."""
    page = hot.service.shells.page("en", "refused", {}, {"title": "", "say": "long " * 2000})

    kept = sum(sys.getsizeof(getattr(page, name)) for name in page.__slots__)
    assert kept < len(page.body) / 10


def test_the_address_decides_the_language_and_the_phone_remembers(
    hot: HotPath, evening: Evening
) -> None:
    answer = hot.get(f"/hall/{evening.lecture.pk}?lang=en", accept_language="zh-CN")

    assert answer.headers["content-language"] == "en"
    assert answer.headers["set-cookie"].startswith("lang=en;")
    assert facts(answer)["lecture"]["title"] == "Minors"


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "language"),
    [
        ("en", "zh-hans", "zh", "en"),
        ("", "en", "zh", "en"),
        ("xx", None, "en-US,en;q=0.8", "en"),
        ("", None, "fr,zh-TW;q=0.5", "zh-hans"),
        ("", None, "", "zh-hans"),
    ],
)
def test_language(query: str, cookie: str | None, accepted: str, language: str) -> None:
    assert choose_language(query, cookie, accepted) == language


@pytest.mark.parametrize("path", ["/hall/x", "/hall/999999", "/live/999/master.m3u8"])
def test_an_unknown_lecture_is_refused(hot: HotPath, path: str) -> None:
    answer = hot.get(path)

    assert (answer.status, answer.json["code"]) == (404, Reason.UNKNOWN_LECTURE)


def test_everybody_gets_the_same_second(on_air: HotPath, evening: Evening) -> None:
    on_air.clock.now = evening.at(1)
    path = f"/live/{evening.lecture.pk}/240p.m3u8"

    one, other = on_air.get(path), on_air.get(path)
    on_air.clock.now += 4000
    later = on_air.get(path)

    assert one.body == other.body
    assert one.headers["cache-control"] == "public, max-age=1"
    assert b"#EXT-X-MEDIA-SEQUENCE:5\n" in one.body
    assert b"#EXT-X-MEDIA-SEQUENCE:6\n" in later.body
    assert b"/media/broadcasts/b1/r1/240p/" in one.body
    assert on_air.get(path, if_none_match=later.headers["etag"]).status == 304


def test_before_the_start_players_learn_when(on_air: HotPath, evening: Evening) -> None:
    answer = on_air.get(f"/live/{evening.lecture.pk}/master.m3u8")

    assert (answer.status, answer.json["code"]) == (409, Reason.NOT_OPEN_YET)
    assert answer.json["next"] == 612


def test_after_the_end_there_is_a_replay(on_air: HotPath, evening: Evening) -> None:
    path = f"/replay/{evening.lecture.pk}/240p.m3u8"
    on_air.clock.now = evening.at(59)
    assert on_air.get(path).json["code"] == Reason.NOT_OPEN_YET
    on_air.clock.now = evening.at(61)

    assert b"#EXT-X-PLAYLIST-TYPE:VOD" in on_air.get(path).body
    assert on_air.get(f"/replay/{evening.lecture.pk}/master.m3u8").status == 200
    on_air.clock.now = evening.at(60 * 24 * 40)
    assert on_air.get(path).json["code"] == Reason.OVER


@pytest.mark.parametrize("name", ["999p.m3u8", "240p.txt"])
def test_no_such_quality_is_refused(on_air: HotPath, evening: Evening, name: str) -> None:
    on_air.clock.now = evening.at(1)

    answer = on_air.get(f"/live/{evening.lecture.pk}/{name}")

    assert (answer.status, answer.json["code"]) == (404, Reason.NO_BROADCAST)


def test_a_lecture_without_a_recording_has_no_picture(hot: HotPath, evening: Evening) -> None:
    answer = hot.get(f"/live/{evening.lecture.pk}/master.m3u8")

    assert (answer.status, answer.json["code"]) == (404, Reason.NO_BROADCAST)


def test_an_outside_address_is_allowed_by_the_policy_and_no_other(
    hot: HotPath, evening: Evening
) -> None:
    broadcast = Broadcast.objects.create(
        title="转播", state="ready", outside_url="https://video.example.cn/live/1.m3u8?k=1"
    )
    Lecture.objects.filter(pk=evening.lecture.pk).update(broadcast=broadcast)
    hot.run(hot.service.reload())

    answer = hot.get(f"/hall/{evening.lecture.pk}")

    assert facts(answer)["lecture"]["live_url"] == broadcast.outside_url
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self' https://video.example.cn;" in policy
    assert b"https:" not in page_policy()


def test_facts_cannot_end_their_script_element() -> None:
    assert "</script>" not in script_json({"title": "</script><b>&"})


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("path", ["/elsewhere", "/e/", "/b/", "/metrics/all", "/healthz/"])
def test_an_unknown_address_is_refused(hot: HotPath, method: str, path: str) -> None:
    answer = hot.ask(method, path, [b""])

    assert (answer.status, answer.json["code"]) == (404, Reason.NOT_FOUND)


@pytest.mark.parametrize("path", ["/e/c1ass001", "/hall/1", "/live/1/master.m3u8", "/healthz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_what_is_read_is_not_written(hot: HotPath, method: str, path: str) -> None:
    answer = hot.ask(method, path, [b""])

    assert (answer.status, answer.json["code"]) == (405, Reason.WRONG_METHOD)
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/b", "/enter"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_what_is_posted_is_not_read(hot: HotPath, method: str, path: str) -> None:
    answer = hot.ask(method, path, [b""])
    page = hot.ask(method, path, [b""], accept="text/html")

    assert (answer.status, answer.json["code"]) == (405, Reason.WRONG_METHOD)
    assert (page.status, page.headers["content-type"]) == (405, "text/html; charset=utf-8")
    assert answer.headers["allow"] == page.headers["allow"] == "POST"


def test_health_and_metrics_speak_to_operators(hot: HotPath, evening: Evening, seat: str) -> None:
    hot.post("/b", evening.beat(seat))
    hot.post("/b", b"{")

    assert hot.get("/healthz").json["ok"] is True
    text = hot.get("/metrics").body.decode()
    assert 'mingtian_ingest_requests_total{asked="beat",outcome="ok"} 1.0' in text
    assert 'mingtian_ingest_requests_total{asked="beat",outcome="malformed"} 1.0' in text


def test_a_closed_campaign_lets_go_of_its_lectures(hot: HotPath, evening: Evening) -> None:
    evening.campaign.state = "closed"
    evening.campaign.save(update_fields=["state"])
    hot.run(hot.service.reload())

    assert hot.get(f"/hall/{evening.lecture.pk}").status == 404


def test_metrics_say_how_many_beats_wait(hot: HotPath, evening: Evening, seat: str) -> None:
    async def ask_while_a_beat_waits() -> str:
        beat = asyncio.create_task(
            hot._ask("POST", "/b", [json.dumps(evening.beat(seat)).encode()], {})
        )
        await asyncio.sleep(0)
        text = (await hot._ask("GET", "/metrics", [b""], {})).body.decode()
        await beat
        return text

    assert "mingtian_ingest_waiting 1.0" in hot.run(ask_while_a_beat_waits())
