"""A ladder from real files: whole, even, repeatable, and nothing left when it goes wrong."""

import random
import re
import shutil
import threading
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.measure import require_even_cuts
from mingtian.campaigns.broadcasts.prepare import (
    POSTER_FILE,
    digest_of,
    drop_other_revisions,
    prepare,
    read_prepared,
    refusal_from,
    require_room,
    usual_segment_seconds,
)
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.broadcasts.slides import slide_length_ms
from mingtian.campaigns.tests.clips import decoded_frames, make_clip, write
from mingtian.core.ladder import SLIDES_FOLDER, Ladder, segment_name, slide_name


def visible(shelf: Path) -> list[str]:
    """Return what lies on a shelf for others to see."""
    return sorted(path.name for path in shelf.iterdir() if not path.name.startswith("."))


def rungs_of(ladder: Ladder) -> list[tuple[str, int, int]]:
    return [(rung.name, rung.width, rung.height) for rung in ladder.rungs]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("source") / "clip.mp4", size="640x360", seconds=7)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media") / "k7m2q9xd41ab"


@pytest.fixture(scope="module")
def ladder(clip: Path, shelf: Path) -> Ladder:
    return prepare(clip, shelf)


def test_every_quality_holds_the_same_seconds(ladder: Ladder, shelf: Path) -> None:
    assert rungs_of(ladder) == [("240p", 426, 240), ("360p", 640, 360), ("audio", 0, 0)]
    assert (ladder.segment_ms, ladder.duration_ms, ladder.segment_count) == (2000, 7000, 4)
    for name in ("240p", "360p"):
        folder = shelf / ladder.revision / name
        frames = [decoded_frames(folder / segment_name(index)) for index in range(4)]
        assert frames == [20, 20, 20, 10]


def test_every_segment_begins_with_a_key_frame(ladder: Ladder, shelf: Path) -> None:
    """Each is decoded alone above; a missing key frame would lose its first pictures."""
    for name in ("240p", "360p"):
        for index in range(ladder.segment_count):
            segment = shelf / ladder.revision / name / segment_name(index)
            head = segment.read_bytes()[:1500]
            assert re.search(rb"\x00\x00\x01[\x65\x25\x45]", head) or b"\x00\x00\x01\x67" in head


def test_codecs_and_bandwidths_are_those_of_the_files(ladder: Ladder, shelf: Path) -> None:
    for rung in ladder.rungs:
        sizes = [
            (shelf / ladder.revision / rung.name / segment_name(index)).stat().st_size
            for index in range(4)
        ]
        lengths = [2, 2, 2, 1]
        assert rung.bandwidth == max(
            round(size * 8 / length) for size, length in zip(sizes, lengths, strict=True)
        )
        assert rung.average_bandwidth == round(sum(sizes) * 8 / 7)
    assert re.fullmatch(r"avc1\.4d40[0-9a-f]{2},mp4a\.40\.2", ladder.rungs[0].codecs)
    assert ladder.rungs[-1].codecs == "mp4a.40.2"
    assert ladder.rungs[-1].bandwidth < 90_000


def test_there_is_a_poster_of_the_largest_picture(ladder: Ladder, shelf: Path) -> None:
    with Image.open(shelf / ladder.revision / POSTER_FILE) as poster:
        assert (poster.format, poster.size) == ("JPEG", (640, 360))


def test_there_is_a_small_slide_for_every_half_minute(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", size="1280x720", seconds=65)

    ladder = prepare(clip, tmp_path / "shelf", segment_seconds=4)

    slides = tmp_path / "shelf" / ladder.revision / SLIDES_FOLDER
    assert (ladder.slide_ms, ladder.slide_count) == (32_000, 3)
    assert sorted(path.name for path in slides.iterdir()) == [slide_name(n) for n in range(3)]
    with Image.open(slides / slide_name(1)) as slide:
        assert (slide.format, slide.size) == ("JPEG", (640, 360))


@pytest.mark.parametrize(
    ("segment_ms", "slide_ms"), [(1000, 30_000), (4000, 32_000), (7000, 35_000)]
)
def test_a_slide_begins_with_a_segment(segment_ms: int, slide_ms: int) -> None:
    assert slide_length_ms(segment_ms) == slide_ms


def test_a_ladder_from_before_slides_gets_them_without_encoding(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    ladder = prepare(clip, tmp_path / "shelf")
    folder = tmp_path / "shelf" / ladder.revision
    shutil.rmtree(folder / SLIDES_FOLDER)
    old = msgspec.structs.replace(ladder, slide_ms=0)
    (folder / "ladder.json").write_bytes(msgspec.json.encode(old))
    before = (folder / "240p" / segment_name(0)).stat().st_mtime_ns

    assert read_prepared(folder) == old
    assert prepare(clip, tmp_path / "shelf") == ladder
    assert (folder / SLIDES_FOLDER / slide_name(0)).is_file()
    assert (folder / "240p" / segment_name(0)).stat().st_mtime_ns == before


def test_only_what_is_served_is_published(ladder: Ladder, shelf: Path) -> None:
    folder = shelf / ladder.revision
    assert sorted(path.name for path in folder.iterdir()) == [
        "240p", "360p", "audio", "ladder.json", "poster.jpg", "slides",
    ]  # fmt: skip
    assert {path.suffix for path in folder.glob("*/*")} == {".ts", ".jpg"}


def test_a_repeat_encodes_nothing(clip: Path, ladder: Ladder, shelf: Path) -> None:
    segment = shelf / ladder.revision / "240p" / segment_name(0)
    before = segment.stat().st_mtime_ns

    assert prepare(clip, shelf) == ladder
    assert segment.stat().st_mtime_ns == before


def test_another_segment_length_is_another_revision(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")

    short = prepare(clip, tmp_path / "shelf", segment_seconds=1)
    long = prepare(clip, tmp_path / "shelf", segment_seconds=6)

    assert (short.segment_count, long.segment_count) == (6, 1)
    assert visible(tmp_path / "shelf") == sorted([short.revision, long.revision])


def test_a_preparation_with_a_missing_file_is_made_anew(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    ladder = prepare(clip, tmp_path / "shelf")
    lost = tmp_path / "shelf" / ladder.revision / "audio" / segment_name(1)
    lost.unlink()

    assert prepare(clip, tmp_path / "shelf") == ladder
    assert lost.is_file()


def test_unused_revisions_can_be_dropped(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    old = prepare(clip, tmp_path / "shelf", segment_seconds=1)
    new = prepare(clip, tmp_path / "shelf", segment_seconds=2)

    drop_other_revisions(tmp_path / "shelf", keep={new.revision})

    assert read_prepared(tmp_path / "shelf" / old.revision) is None
    assert read_prepared(tmp_path / "shelf" / new.revision) == new


def test_percents_rise_to_a_hundred(tmp_path: Path) -> None:
    heard: list[int] = []

    prepare(make_clip(tmp_path / "clip.mp4"), tmp_path / "shelf", on_progress=heard.append)

    assert heard == sorted(set(heard))
    assert (heard[0], heard[-1]) == (2, 100)


@pytest.mark.parametrize(
    ("size", "rungs"),
    [
        ("270x480", [("240p", 240, 426), ("audio", 0, 0)]),
        ("333x77", [("240p", 332, 186), ("audio", 0, 0)]),
        ("64x48", [("240p", 64, 48), ("audio", 0, 0)]),
    ],
)
def test_upright_odd_and_tiny_sources_work(
    tmp_path: Path, size: str, rungs: list[tuple[str, int, int]]
) -> None:
    clip = make_clip(tmp_path / "clip.mkv", "-pix_fmt", "yuv444p", size=size)

    assert rungs_of(prepare(clip, tmp_path / "shelf")) == rungs


def test_a_silent_recording_gets_silence(tmp_path: Path) -> None:
    ladder = prepare(make_clip(tmp_path / "silent.mp4", sound=False), tmp_path / "shelf")

    sound = tmp_path / "shelf" / ladder.revision / "audio" / segment_name(0)
    assert "Audio: aac (LC)" in ffmpeg.ask(["-i", str(sound)]).said
    assert rungs_of(ladder)[-1] == ("audio", 0, 0)


def test_sound_that_is_longer_keeps_the_last_picture(tmp_path: Path) -> None:
    clip = write(
        tmp_path / "late.mkv", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=5",
        "-f", "lavfi", "-i", "sine=d=8", "-c:a", "aac",
    )  # fmt: skip

    ladder = prepare(clip, tmp_path / "shelf")

    last = tmp_path / "shelf" / ladder.revision / "240p" / segment_name(3)
    assert (ladder.duration_ms, decoded_frames(last)) == (8000, 20)


def test_a_damaged_picture_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.ts", seconds=8)
    content = bytearray(clip.read_bytes())
    scatter = random.Random(1)
    for packet in range(188 * 20, len(content) - 188, 188):
        for _ in range(8):
            content[packet + scatter.randrange(30, 188)] = scatter.randrange(256)
    clip.write_bytes(content)

    with pytest.raises(BroadcastRefused) as refused:
        prepare(clip, tmp_path / "shelf")

    assert refused.value.code == Refusal.PICTURE_DAMAGED
    assert visible(tmp_path / "shelf") == []


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (228, "av_interleaved_write_frame(): No space left on device", Refusal.NO_ROOM),
        (69, "[aist#0:1/aac @ 0x1] [dec:aac @ 0x2] Error submitting packet", Refusal.SOUND_DAMAGED),
        (69, "[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] Error", Refusal.PICTURE_DAMAGED),
    ],
)
def test_the_words_of_a_failed_run_tell_what_failed(status: int, said: str, code: str) -> None:
    assert refusal_from(ffmpeg.Outcome(status=status, said=said)).code == code


def test_a_full_disk_is_told_before_the_long_run(tmp_path: Path) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        require_room(tmp_path, 2**60)

    assert refused.value.code == Refusal.NO_ROOM


@pytest.mark.parametrize("seconds", [-1, 11])
def test_an_odd_segment_length_is_refused(clip: Path, tmp_path: Path, seconds: int) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        prepare(clip, tmp_path / "shelf", segment_seconds=seconds)

    assert refused.value.code == Refusal.BAD_SEGMENT_LENGTH


@pytest.mark.parametrize(
    ("listed", "size"),
    [
        ("", 376),
        ("#EXTINF:2.0,\n#EXTINF:2.4,\n", 376),
        ("#EXTINF:2.0,\n", 376),
        ("#EXTINF:2.0,\n#EXTINF:2.0,\n", 0),
        ("#EXTINF:2.0,\n#EXTINF:2.0,\n", 300),
    ],
)
def test_uneven_cuts_and_broken_segments_are_refused(
    tmp_path: Path, listed: str, size: int
) -> None:
    (tmp_path / "index.m3u8").write_text(listed, encoding="utf-8")
    (tmp_path / segment_name(0)).write_bytes(bytes(376))
    (tmp_path / segment_name(1)).write_bytes(bytes(size))

    with pytest.raises(BroadcastRefused) as refused:
        require_even_cuts(tmp_path, [2.0, 2.0])

    assert refused.value.code == Refusal.UNEVEN


def test_even_cuts_pass(tmp_path: Path) -> None:
    (tmp_path / "index.m3u8").write_text("#EXTINF:2.0,\n#EXTINF:1.98,\n", encoding="utf-8")
    for index in range(2):
        (tmp_path / segment_name(index)).write_bytes(bytes(376))

    require_even_cuts(tmp_path, [2.0, 2.0])


def test_a_stopped_preparation_leaves_the_shelf_as_it_was(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", size="640x360", seconds=20)

    def stop(percent: int) -> None:
        if percent > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(clip, tmp_path / "shelf", on_progress=stop)

    assert [path.name for path in (tmp_path / "shelf").iterdir()] == [".lock"]


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / "shelf" / ".preparing" / "240p"
    left.mkdir(parents=True)
    (left / segment_name(0)).write_bytes(b"half")

    ladder = prepare(make_clip(tmp_path / "clip.mp4"), tmp_path / "shelf")

    assert visible(tmp_path / "shelf") == [ladder.revision]
    assert not left.exists()


def test_two_at_once_encode_once(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    made: list[Ladder] = []
    both = [
        threading.Thread(target=lambda: made.append(prepare(clip, tmp_path / "shelf")))
        for _ in range(2)
    ]

    for one in both:
        one.start()
    for one in both:
        one.join()

    assert made[0] == made[1]
    assert visible(tmp_path / "shelf") == [made[0].revision]


def test_the_digest_names_the_content(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"a lecture")
    (tmp_path / "two").write_bytes(b"a lecture")
    (tmp_path / "three").write_bytes(b"another")

    digests = [digest_of(tmp_path / name) for name in ("one", "two", "three")]

    assert digests[0] == digests[1] != digests[2]
    assert len(digests[0]) == 64


def test_short_films_get_short_segments() -> None:
    assert [usual_segment_seconds(length) for length in (600, 900, 901, 3600)] == [2, 2, 4, 4]
