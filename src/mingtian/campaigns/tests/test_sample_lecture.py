"""The sample lecture: pictures, sound, time on it, and commands that make and prepare it."""

import io
import wave
from array import array
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from PIL import Image

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.melody import write_melody
from mingtian.campaigns.broadcasts.probe import probe
from mingtian.campaigns.broadcasts.sample import FontsMissing, draw_slides, make_sample
from mingtian.campaigns.models import Broadcast
from mingtian.core.ladder import read_ladder

PAPER = (0xFB, 0xF8, 0xF2)


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    return make_sample(folder, seconds=12, node_modules=settings.NODE_MODULES)


def picture_at(lecture: Path, second: float) -> Image.Image:
    target = lecture.with_name(f"at-{second}.png")
    ffmpeg.ask(["-y", "-ss", str(second), "-i", str(lecture), "-frames:v", "1", str(target)])
    return Image.open(target).convert("RGB")


def test_the_slides_are_drawn_with_their_type(tmp_path: Path) -> None:
    count = draw_slides(tmp_path, settings.NODE_MODULES)

    assert count >= 10
    for path in sorted(tmp_path.glob("slide-*.png")):
        with Image.open(path) as slide:
            assert slide.size == (1280, 720)
            assert slide.convert("RGB").getpixel((2, 2)) == PAPER


def test_the_lecture_has_its_length_picture_and_sound(lecture: Path) -> None:
    found = probe(lecture)

    assert found.duration_ms == pytest.approx(12_000, abs=100)
    assert (found.width, found.height, found.sound_stream) == (1280, 720, 1)


def test_the_bar_and_the_slides_move_with_time(lecture: Path) -> None:
    early, late = picture_at(lecture, 2.0), picture_at(lecture, 10.0)

    def is_red(picture: Image.Image, x: int) -> bool:
        red, green, _blue = picture.getpixel((x, 716))  # type: ignore[misc]  # RGB was converted to
        return red > 150 and green < 110

    assert (is_red(early, 100), is_red(early, 900)) == (True, False)
    assert (is_red(late, 100), is_red(late, 900)) == (True, True)
    title = (80, 100, 700, 170)
    assert early.crop(title).tobytes() != late.crop(title).tobytes()


def test_the_melody_is_quiet_and_never_clips(tmp_path: Path) -> None:
    seconds = write_melody(tmp_path / "melody.wav")

    with wave.open(str(tmp_path / "melody.wav")) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
    assert 40 < seconds < 60
    assert 2_000 < max(abs(value) for value in samples) < 16_000


def test_a_second_start_finds_the_lecture_made(lecture: Path) -> None:
    before = lecture.stat().st_mtime_ns

    again = make_sample(lecture.parent, seconds=12, node_modules=settings.NODE_MODULES)

    assert (again, again.stat().st_mtime_ns) == (lecture, before)


def test_without_its_fonts_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing):
        make_sample(tmp_path / "samples", seconds=12, node_modules=tmp_path)

    assert not (tmp_path / "samples").exists()


@pytest.mark.django_db
def test_one_command_makes_and_prepares_it(tmp_path: Path) -> None:
    said = io.StringIO()

    with override_settings(MEDIA_ROOT=tmp_path):
        call_command("make_sample_lecture", seconds=10, prepare=True, stdout=said)

    made, public_id = said.getvalue().split()
    row = Broadcast.objects.get(public_id=public_id)
    assert Path(made).parent == tmp_path / "samples"
    assert (row.state, read_ladder(row.ladder).segment_ms) == ("ready", 2000)
    assert (tmp_path / "broadcasts" / public_id / read_ladder(row.ladder).revision).is_dir()


@pytest.mark.django_db
def test_the_command_tells_a_refusal_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()

    with pytest.raises(CommandError, match="recording_empty"):
        call_command("prepare_broadcast", str(tmp_path / "empty.mp4"), title="第一讲")


def test_a_sample_of_a_day_is_refused() -> None:
    with pytest.raises(CommandError, match="7200"):
        call_command("make_sample_lecture", seconds=86_400)


@pytest.mark.django_db
def test_a_command_registers_an_outside_stream() -> None:
    said = io.StringIO()

    call_command(
        "register_outside_stream", "https://live.example/a.m3u8", title="市台直播", stdout=said
    )

    assert Broadcast.objects.get().public_id == said.getvalue().strip()
    with pytest.raises(CommandError, match="bad_live_address"):
        call_command("register_outside_stream", "https://live.example/", title="市台直播")
