"""What is read off a recording, and with which word a wrong one is refused."""

from pathlib import Path

import pytest

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.probe import probe
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.tests.clips import make_clip, truncated, write


def refusal_of(path: Path) -> BroadcastRefused:
    with pytest.raises(BroadcastRefused) as refused:
        probe(path)
    return refused.value


def test_a_usual_recording_is_described(tmp_path: Path) -> None:
    found = probe(make_clip(tmp_path / "lecture.mp4", size="640x360", rate="25"))

    assert (found.width, found.height, found.frame_rate) == (640, 360, 25)
    assert found.duration_ms == pytest.approx(6000, abs=60)
    assert (found.picture_stream, found.sound_stream) == (0, 1)


def test_a_recording_turned_on_the_phone_is_upright(tmp_path: Path) -> None:
    lying = make_clip(tmp_path / "lying.mp4", size="160x90")
    turned = write(
        tmp_path / "turned.mp4", "-display_rotation", "90", "-i", str(lying), "-c", "copy"
    )

    found = probe(turned)

    assert (found.width, found.height) == (90, 160)


def test_stretched_pixels_are_counted_as_seen(tmp_path: Path) -> None:
    found = probe(make_clip(tmp_path / "tv.mov", "-vf", "setsar=16/11", size="176x144"))

    assert (found.width, found.height) == (256, 144)


@pytest.mark.parametrize(
    ("rate", "encoded"), [("50", 25), ("60", 30), ("30000/1001", 30), ("24", 24), ("2", 5)]
)
def test_the_frame_rate_becomes_whole_and_modest(tmp_path: Path, rate: str, encoded: int) -> None:
    assert probe(make_clip(tmp_path / "clip.mkv", rate=rate)).frame_rate == encoded


def test_a_recording_without_sound_is_allowed(tmp_path: Path) -> None:
    assert probe(make_clip(tmp_path / "silent.mp4", sound=False)).sound_stream is None


def test_the_longer_of_picture_and_sound_counts(tmp_path: Path) -> None:
    clip = write(
        tmp_path / "late.mkv", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=5",
        "-f", "lavfi", "-i", "sine=d=9", "-c:a", "aac",
    )  # fmt: skip

    assert probe(clip).duration_ms == pytest.approx(9000, abs=60)


def test_sound_alone_is_refused_even_with_a_cover_picture(tmp_path: Path) -> None:
    cover = write(tmp_path / "cover.png", "-f", "lavfi", "-i", "color=s=64x64", "-frames:v", "1")
    song = write(
        tmp_path / "song.m4a", "-f", "lavfi", "-i", "sine=d=6", "-i", str(cover),
        "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "png", "-disposition:v", "attached_pic",
    )  # fmt: skip

    assert refusal_of(song).code == Refusal.NO_PICTURE


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "nowhere.mp4").code == Refusal.MISSING


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).code == Refusal.MISSING


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()

    assert refusal_of(empty).code == Refusal.EMPTY


def test_a_text_named_as_a_video_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("第一讲：法律陪我长大\n" * 500, encoding="utf-8")

    assert refusal_of(text).code == Refusal.UNREADABLE


def test_a_copy_without_its_index_is_refused(tmp_path: Path) -> None:
    """MP4 keeps its index at the end unless told otherwise, and a broken copy has none."""
    cut = truncated(make_clip(tmp_path / "clip.mp4"), 0.5)

    assert refusal_of(cut).code == Refusal.UNREADABLE


def test_a_copy_that_broke_off_is_refused_with_both_lengths(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "clip.mp4", "-movflags", "+faststart", seconds=20)

    refused = refusal_of(truncated(whole, 0.5))

    assert refused.code == Refusal.CUT_OFF
    assert refused.facts["claimed_seconds"] == 20
    assert 5 < int(str(refused.facts["found_seconds"])) < 15


def test_a_clip_of_a_few_seconds_is_refused(tmp_path: Path) -> None:
    assert refusal_of(make_clip(tmp_path / "short.mp4", seconds=3)).code == Refusal.TOO_SHORT


def test_a_recording_of_half_a_day_is_refused(tmp_path: Path) -> None:
    long = make_clip(tmp_path / "long.mkv", size="16x16", rate="1/60", seconds=15_000, sound=False)

    assert refusal_of(long).code == Refusal.TOO_LONG


def test_a_playlist_named_as_a_video_opens_no_other_file(tmp_path: Path) -> None:
    """Otherwise an upload could make the server read files and addresses of its own."""
    other = make_clip(tmp_path / "other.ts")
    for text in (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n{other}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile {other.name}\n",
    ):
        disguised = tmp_path / "disguised.mp4"
        disguised.write_text(text, encoding="utf-8")

        assert refusal_of(disguised).code == Refusal.UNREADABLE


def test_a_name_that_looks_like_an_option_or_an_address_is_only_a_name(tmp_path: Path) -> None:
    for name in ("-y.mp4", "http:example.mp4", "a'b [c];d,e|f.mp4"):
        clip = make_clip(tmp_path / "clip.mp4").rename(tmp_path / name)

        assert probe(clip).width == 160


def test_a_run_that_does_not_end_is_refused() -> None:
    endless = ["-f", "lavfi", "-re", "-i", "anullsrc", "-f", "null", "-"]

    with pytest.raises(BroadcastRefused) as refused:
        ffmpeg.ask(endless, timeout_seconds=0.3)

    assert refused.value.code == Refusal.STALLED
