"""The clocked playlist: what is listed when, and that all who ask together read the same."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.attendance.ingest import playlist
from mingtian.attendance.ingest.playlist import (
    WINDOW_SEGMENTS,
    Airing,
    Playlist,
    aired_segments,
    live_master,
    live_media,
    on_air_at,
    replay_master,
    replay_media,
)
from mingtian.core.ladder import Ladder, Rung

EIGHT_PM = 1_789_732_800_000
"""2026-09-18 20:00 in Shanghai."""


def make_rung(name: str, width: int, height: int, bits: int) -> Rung:
    codecs = "avc1.4d401e,mp4a.40.2" if width else "mp4a.40.2"
    return Rung(
        name=name, width=width, height=height, codecs=codecs, bandwidth=bits,
        average_bandwidth=bits * 3 // 4, frame_rate=25 if width else 0,
    )  # fmt: skip


RUNGS = (
    make_rung("240p", 426, 240, 250_000),
    make_rung("480p", 854, 480, 800_000),
    make_rung("audio", 0, 0, 72_000),
)


def make_airing(
    *, starts_at: int = EIGHT_PM, airtime: int = 3_600_000, segment: int = 4, recording: int = 3600
) -> Airing:
    ladder = Ladder(
        revision="0a1b2c3d4e5f",
        source_digest="00",
        segment_ms=segment * 1000,
        duration_ms=recording * 1000,
        rungs=RUNGS,
    )
    return Airing(
        ladder=ladder, starts_at=starts_at, ends_at=starts_at + airtime, base="/media/broadcasts/x"
    )


airings = st.builds(
    make_airing,
    starts_at=st.integers(EIGHT_PM - 5000, EIGHT_PM + 5000),
    airtime=st.integers(60_000, 900_000),
    segment=st.integers(1, 6),
    recording=st.integers(5, 1000),
)
offsets = st.integers(-20_000, 1_100_000)


@st.composite
def airings_on_air(draw: st.DrawFn) -> tuple[Airing, int]:
    """Draw an airing and an instant at which it has playlists."""
    airing = draw(airings)
    return airing, on_air_at(airing) + draw(st.integers(0, 1_000_000))


def numbers(text: Playlist) -> list[int]:
    """Return the indexes of the listed segments, from their file names."""
    return [int(found) for found in re.findall(r"/(\d{5})\.ts$", text.body.decode(), re.MULTILINE)]


def sequence(text: Playlist) -> int:
    found = re.search(r"#EXT-X-MEDIA-SEQUENCE:(\d+)", text.body.decode())
    assert found is not None
    return int(found.group(1))


def spans(text: Playlist) -> list[tuple[int, int]]:
    """Return begin and end of each listed segment in milliseconds since 1970."""
    found = re.findall(r"DATE-TIME:(\S+)\n#EXTINF:([\d.]+),", text.body.decode())
    begins = [round(datetime.fromisoformat(written).timestamp() * 1000) for written, _ in found]
    lengths = [round(float(length) * 1000) for _, length in found]
    return [(begin, begin + length) for begin, length in zip(begins, lengths, strict=True)]


def test_a_player_reads_the_qualities_with_the_lowest_first() -> None:
    master = live_master(make_airing(), EIGHT_PM + 60_000)

    assert master is not None
    assert master.body.decode().splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-STREAM-INF:BANDWIDTH=250000,AVERAGE-BANDWIDTH=187500,RESOLUTION=426x240,"
        'FRAME-RATE=25.000,CODECS="avc1.4d401e,mp4a.40.2"',
        "240p.m3u8",
        "#EXT-X-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=600000,RESOLUTION=854x480,"
        'FRAME-RATE=25.000,CODECS="avc1.4d401e,mp4a.40.2"',
        "480p.m3u8",
        '#EXT-X-STREAM-INF:BANDWIDTH=72000,AVERAGE-BANDWIDTH=54000,CODECS="mp4a.40.2"',
        "audio.m3u8",
    ]


def test_the_first_live_text_holds_what_a_player_keeps_in_hand() -> None:
    text = live_media(make_airing(), "240p", EIGHT_PM + 12_000)

    assert text is not None
    assert text.body.decode().splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        "#EXT-X-TARGETDURATION:4",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PROGRAM-DATE-TIME:2026-09-18T12:00:00.000Z",
        "#EXTINF:4.000,",
        "/media/broadcasts/x/0a1b2c3d4e5f/240p/00000.ts",
        "#EXT-X-PROGRAM-DATE-TIME:2026-09-18T12:00:04.000Z",
        "#EXTINF:4.000,",
        "/media/broadcasts/x/0a1b2c3d4e5f/240p/00001.ts",
        "#EXT-X-PROGRAM-DATE-TIME:2026-09-18T12:00:08.000Z",
        "#EXTINF:4.000,",
        "/media/broadcasts/x/0a1b2c3d4e5f/240p/00002.ts",
    ]
    assert text.cache_control == "public, max-age=1"


@pytest.mark.parametrize("now", [EIGHT_PM - 600_000, EIGHT_PM - 1, EIGHT_PM, EIGHT_PM + 11_999])
def test_nothing_is_on_air_before_three_segments_have_passed(now: int) -> None:
    assert live_master(make_airing(), now) is None
    assert live_media(make_airing(), "240p", now) is None


def test_a_very_short_film_is_on_air_when_all_of_it_has_passed() -> None:
    airing = make_airing(recording=5)

    assert live_media(airing, "240p", EIGHT_PM + 4999) is None
    whole = live_media(airing, "240p", EIGHT_PM + 5000)
    assert whole is not None
    assert (numbers(whole), whole.ended) == ([0, 1], True)


def test_an_unknown_quality_has_no_playlist() -> None:
    assert live_media(make_airing(), "1080p", EIGHT_PM + 60_000) is None
    assert replay_media(make_airing(), "1080p") is None


def test_the_window_slides_in_the_middle_of_the_evening() -> None:
    text = live_media(make_airing(), "480p", EIGHT_PM + 1_801_500)

    assert text is not None
    assert (sequence(text), numbers(text)) == (440, list(range(440, 450)))
    assert not text.ended


def test_a_recording_longer_than_the_lecture_stops_hard_at_its_end() -> None:
    airing = make_airing(airtime=600_000, recording=900)

    last = live_media(airing, "240p", airing.ends_at + 5000)

    assert last is not None
    assert last.ended
    assert spans(last)[-1][1] == airing.ends_at


def test_a_shorter_recording_ends_earlier_and_the_text_says_so_at_once() -> None:
    airing = make_airing(airtime=600_000, recording=301)

    before = live_media(airing, "240p", EIGHT_PM + 300_999)
    after = live_media(airing, "240p", EIGHT_PM + 301_000)

    assert before is not None
    assert after is not None
    assert not before.ended
    assert after.body.decode().endswith(
        "#EXTINF:1.000,\n/media/broadcasts/x/0a1b2c3d4e5f/240p/00075.ts\n#EXT-X-ENDLIST\n"
    )


def test_the_replay_is_one_seekable_list_with_the_same_clock() -> None:
    airing = make_airing(airtime=600_000, recording=900)

    text = replay_media(airing, "audio")

    assert replay_master(airing) is not None
    assert text is not None
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in text.body.decode()
    assert text.ended
    assert numbers(text) == list(range(150))
    assert (spans(text)[0][0], spans(text)[-1][1]) == (airing.starts_at, airing.ends_at)


def test_a_lecture_shorter_than_a_segment_shows_nothing() -> None:
    airing = make_airing(airtime=3000)

    assert live_media(airing, "240p", EIGHT_PM + 60_000) is None
    assert replay_master(airing) is None
    assert replay_media(airing, "240p") is None


@given(airings, offsets)
def test_no_segment_is_listed_before_it_has_aired(airing: Airing, offset: int) -> None:
    now = airing.starts_at + offset
    text = live_media(airing, "240p", now)

    assert text is None or all(end <= min(now, airing.ends_at) for _, end in spans(text))


@given(airings, offsets)
def test_what_has_aired_is_listed_within_a_second(airing: Airing, offset: int) -> None:
    now = airing.starts_at + offset
    ends = [
        airing.starts_at + min((index + 1) * airing.ladder.segment_ms, airing.ladder.duration_ms)
        for index in range(airing.ladder.segment_count)
    ]
    aired = sum(end <= min(now - 1000, airing.ends_at) for end in ends)

    assert aired_segments(airing, now) >= aired


@given(airings_on_air(), st.integers(0, 60_000))
def test_sequences_only_grow_and_the_end_is_final(on_air: tuple[Airing, int], later: int) -> None:
    airing, now = on_air
    first, second = live_media(airing, "240p", now), live_media(airing, "240p", now + later)
    assert first is not None
    assert second is not None

    assert sequence(second) >= sequence(first)
    assert numbers(second)[-1] >= numbers(first)[-1]
    assert not first.ended or second == first


@given(airings_on_air())
def test_one_reload_later_the_windows_overlap(on_air: tuple[Airing, int]) -> None:
    """A player reloads after a target duration; a gap would make it jump."""
    airing, now = on_air
    first = live_media(airing, "240p", now)
    second = live_media(airing, "240p", now + airing.ladder.segment_ms)
    assert first is not None
    assert second is not None

    assert set(numbers(first)) & set(numbers(second))


@given(airings_on_air())
def test_times_of_day_are_contiguous_and_place_every_segment(on_air: tuple[Airing, int]) -> None:
    airing, now = on_air
    text = live_media(airing, "240p", now)
    assert text is not None
    listed = spans(text)

    assert listed[0][0] == airing.starts_at + sequence(text) * airing.ladder.segment_ms
    assert all(one[1] == two[0] for one, two in pairwise(listed))


@given(airings_on_air())
def test_a_window_is_short_and_no_segment_is_longer_than_its_target(
    on_air: tuple[Airing, int],
) -> None:
    text = live_media(on_air[0], "240p", on_air[1])
    assert text is not None
    target = re.search(r"TARGETDURATION:(\d+)", text.body.decode())
    assert target is not None

    assert 1 <= len(numbers(text)) <= WINDOW_SEGMENTS
    assert all(end - begin <= int(target.group(1)) * 1000 for begin, end in spans(text))


@given(airings, offsets, st.integers(0, 999), st.integers(0, 999))
def test_all_who_ask_in_one_second_get_the_same_bytes(
    airing: Airing, offset: int, one: int, two: int
) -> None:
    second = (airing.starts_at + offset) // 1000 * 1000

    for rung in ("240p", "audio"):
        first = live_media(airing, rung, second + one)
        again = live_media(airing, rung, second + two)
        assert first == again
    assert live_master(airing, second + one) == live_master(airing, second + two)


@given(airings, offsets)
def test_all_qualities_list_the_same_seconds(airing: Airing, offset: int) -> None:
    texts = [live_media(airing, rung.name, airing.starts_at + offset) for rung in RUNGS]

    plain = {
        text and text.body.replace(RUNGS[n].name.encode(), b"") for n, text in enumerate(texts)
    }
    assert len(plain) == 1


@given(airings)
def test_the_promised_second_is_the_first_on_air(airing: Airing) -> None:
    assert live_master(airing, on_air_at(airing)) is not None
    assert live_master(airing, on_air_at(airing) - 1) is None


def test_the_tag_changes_with_the_text_and_with_nothing_else() -> None:
    texts = [live_media(make_airing(), "240p", EIGHT_PM + ms) for ms in (12_000, 15_999, 16_000)]
    tags = [text.etag for text in texts if text is not None]

    assert tags[0] == tags[1] != tags[2]


def test_a_remembered_text_is_composed_once() -> None:
    playlist._media.cache_clear()
    for ms in range(12_000, 16_000, 100):
        live_media(make_airing(), "240p", EIGHT_PM + ms)

    assert playlist._media.cache_info().misses == 1
