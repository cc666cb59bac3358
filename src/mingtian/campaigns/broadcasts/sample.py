"""A small lecture of our own, so that a first start has something to show.

Slides by typst, a melody by arithmetic, a running clock and a progress bar by ffmpeg: no
picture, text or sound is taken from anybody.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import typst

from mingtian.campaigns.broadcasts import ffmpeg, melody
from mingtian.campaigns.broadcasts.prepare import refusal_from

SLIDES = Path(__file__).with_name("slides.typ")
FONT_PACKAGE = Path("@expo-google-fonts") / "noto-sans-sc"
REGULAR = FONT_PACKAGE / "400Regular" / "NotoSansSC_400Regular.ttf"
BOLD = FONT_PACKAGE / "700Bold" / "NotoSansSC_700Bold.ttf"

WIDTH, HEIGHT = 1280, 720
DOTS_PER_INCH = WIDTH / (16 / 2.54)
FRAMES_PER_SECOND = 10
"""Slides, and a dot that goes round once a minute, need no more; it makes encoding cheap."""

_INK, _CALL = "0x1c2b45", "0xbf3a1e"
_DIAL_X, _DIAL_Y, _DIAL_RADIUS = 1180, 86, 50


class FontsMissing(Exception):
    """The font packages are not installed; the set-up installs them."""


def make_sample(
    folder: Path,
    *,
    seconds: int,
    node_modules: Path,
    on_progress: Callable[[int], None] = ffmpeg.unheard,
) -> Path:
    """Return the sample lecture of this length in ``folder``, made now unless it is there.

    The name tells the content, so a change of slides or sound makes a new file. Nothing is
    seen under the final name before it is whole.
    """
    final = folder / f"sample-lecture-{seconds}s-{_edition()}.mp4"
    if not final.is_file():
        for font in (REGULAR, BOLD):
            if not (node_modules / font).is_file():
                raise FontsMissing(font.name)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder) as name:
            made = _record(Path(name), seconds, node_modules, on_progress)
            made.rename(final)
    on_progress(100)
    return final


def draw_slides(folder: Path, node_modules: Path) -> int:
    """Write ``slide-01.png`` and so on, 1280 × 720, and return how many there are."""
    # One page is returned as it is, several as a list, whatever the type stubs say.
    pages: object = typst.compile(
        str(SLIDES),
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=[str((node_modules / font).parent) for font in (REGULAR, BOLD)],
        ignore_system_fonts=True,
    )
    assert isinstance(pages, list), "there are several slides"
    pictures: list[bytes] = pages
    for number, picture in enumerate(pictures, 1):
        (folder / f"slide-{number:02d}.png").write_bytes(picture)
    return len(pictures)


def _edition() -> str:
    sources = [Path(__file__), SLIDES, Path(melody.__file__)]
    return blake2b(b"".join(path.read_bytes() for path in sources), digest_size=4).hexdigest()


def _record(
    working: Path, seconds: int, node_modules: Path, on_progress: Callable[[int], None]
) -> Path:
    slides = draw_slides(working, node_modules)
    melody.write_melody(working / "melody.wav")
    # Under a plain name, since a drawing filter gives colons and quotes in a path a meaning.
    os.symlink((node_modules / BOLD).resolve(), working / "bold.ttf")
    outcome = ffmpeg.run(
        _arguments(seconds, slides),
        folder=working,
        on_instant=lambda instant: on_progress(min(99, instant // (10 * seconds))),
    )
    if outcome.status != 0:
        raise refusal_from(outcome)
    return working / "lecture.mp4"


def _arguments(seconds: int, slides: int) -> list[str]:
    bar = f"color=c={_CALL}:s={WIDTH}x8:r={FRAMES_PER_SECOND}"
    return [
        "-v", "error", "-y",
        "-framerate", f"{slides}/{seconds}", "-i", "slide-%02d.png",
        "-f", "lavfi", "-i", bar,
        "-stream_loop", "-1", "-i", "melody.wav",
        "-filter_complex", _drawing(seconds),
        "-map", "[picture]", "-map", "2:a", "-t", str(seconds),
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "100",
        "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k",
        "-movflags", "+faststart", "lecture.mp4",
    ]  # fmt: skip


def _drawing(seconds: int) -> str:
    """Draw time on the slides: minutes and seconds, the dot of a dial, the bar at the foot."""
    text = "drawtext=fontfile=bold.ttf:"
    clock = r"%{eif\:floor(t/60)\:d\:2}\:%{eif\:mod(floor(t)\,60)\:d\:2}"
    angle = "2*PI*t/60"
    return (
        f"[0:v]fps={FRAMES_PER_SECOND},format=yuv420p,"
        f"{text}text='{clock}':fontsize=24:fontcolor={_INK}"
        f":x={_DIAL_X}-tw/2:y={_DIAL_Y}-10,"
        f"{text}text='●':fontsize=18:fontcolor={_CALL}"
        f":x='{_DIAL_X}-tw/2+{_DIAL_RADIUS}*sin({angle})'"
        f":y='{_DIAL_Y}-th/2-{_DIAL_RADIUS}*cos({angle})'[clock];"
        f"[clock][1:v]overlay=x='-w+w*t/{seconds}':y={HEIGHT - 8}[picture]"
    )
