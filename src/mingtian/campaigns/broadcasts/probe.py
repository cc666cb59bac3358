"""Finds out what a recording is, or says which part of it is wrong.

The streams are read from ffmpeg's own description; the length is measured by walking
through the packets, since a header may promise more than the file holds.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal

SHORTEST_SECONDS = 5
LONGEST_SECONDS = 4 * 3600
MISSING_ALLOWED_SECONDS = 2
"""Headers round, and the last packets of a good file may lack a length."""

USUAL_FRAME_RATE = 25
HIGHEST_FRAME_RATE = 30
LOWEST_FRAME_RATE = 5

_STREAM = re.compile(r"^  Stream #0:(\d+).*?: (Video|Audio): (.*)$", re.MULTILINE)
_SIZE = re.compile(r"[ ,](\d{2,5})x(\d{2,5})[ ,\[]")
_PIXEL_SHAPE = re.compile(r"\bSAR (\d+):(\d+)")
_RATE = re.compile(r"([\d.]+) (?:fps|tbr)\b")
_ROTATION = re.compile(r"display ?matrix: rotation of (-?[\d.]+) degrees", re.IGNORECASE)
_CLAIMED = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d)\.(\d\d)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A readable recording. The size is as people see it: turned and with square pixels."""

    path: Path
    duration_ms: int
    width: int
    height: int
    frame_rate: int
    picture_stream: int
    sound_stream: int | None


def probe(path: Path) -> Recording:
    """Describe the file or refuse it. Reads all of it once, without decoding.

    Raises :class:`BroadcastRefused`. A recording without sound is allowed; silence will
    be added.
    """
    require_content(path)
    told = ffmpeg.ask([*ffmpeg.SAFE_INPUT, "-i", ffmpeg.named(path)]).said
    if "\nInput #0" not in f"\n{told}":
        raise BroadcastRefused(Refusal.UNREADABLE)
    picture, sound = _streams(told)
    if picture is None:
        raise BroadcastRefused(Refusal.NO_PICTURE)
    width, height = _seen_size(told, picture)
    return Recording(
        path=path,
        duration_ms=_measured_duration(path, told, picture, sound),
        width=width,
        height=height,
        frame_rate=_whole_frame_rate(told, picture),
        picture_stream=picture,
        sound_stream=sound,
    )


def require_content(path: Path) -> None:
    """Refuse a path behind which there is no file, or an empty one."""
    try:
        if not path.is_file():
            raise BroadcastRefused(Refusal.MISSING)
        if path.stat().st_size == 0:
            raise BroadcastRefused(Refusal.EMPTY)
    except OSError as error:
        raise BroadcastRefused(Refusal.MISSING) from error


def _streams(told: str) -> tuple[int | None, int | None]:
    """Return the first moving picture and the first sound. A cover picture does not move."""
    picture: int | None = None
    sound: int | None = None
    for number, kind, rest in _STREAM.findall(told):
        if (
            kind == "Video"
            and picture is None
            and "attached pic" not in rest
            and _SIZE.search(rest)
        ):
            picture = int(number)
        if kind == "Audio" and sound is None and not rest.startswith("none"):
            sound = int(number)
    return picture, sound


def _stream_text(told: str, stream: int) -> str:
    """Return the description of one stream with the indented lines that belong to it."""
    found = re.search(rf"^  Stream #0:{stream}\b.*\n(?:    .*\n)*", f"{told}\n", re.MULTILINE)
    return found.group(0) if found else ""


def _seen_size(told: str, stream: int) -> tuple[int, int]:
    text = _stream_text(told, stream)
    size = _SIZE.search(text)
    assert size is not None, "a stream without a size is no picture"
    width, height = int(size.group(1)), int(size.group(2))
    shape = _PIXEL_SHAPE.search(text)
    if shape and int(shape.group(1)) and int(shape.group(2)):
        width = round(width * int(shape.group(1)) / int(shape.group(2)))
    turned = _ROTATION.search(text)
    if turned and round(abs(float(turned.group(1)))) % 180 == 90:
        width, height = height, width
    return width, height


def _whole_frame_rate(told: str, stream: int) -> int:
    """Return the frames per second to encode: whole, so that segments end on a frame.

    50 and 60 are halved, which keeps movement even; more than 30 serves no lecture.
    """
    rates = [float(rate) for rate in _RATE.findall(_stream_text(told, stream))]
    rate = next((rate for rate in rates if 0 < rate <= 240), float(USUAL_FRAME_RATE))
    while rate > HIGHEST_FRAME_RATE + 0.5:
        rate /= 2
    return max(LOWEST_FRAME_RATE, round(rate))


def _measured_duration(path: Path, told: str, picture: int, sound: int | None) -> int:
    """Return the length of the longer stream, measured; refuse what is cut off."""
    lengths = [_walked(path, stream) for stream in (picture, sound) if stream is not None]
    if lengths[0] == 0:
        raise BroadcastRefused(Refusal.PICTURE_DAMAGED)
    found = max(lengths)
    claimed = _claimed_duration(told)
    if claimed - found > max(MISSING_ALLOWED_SECONDS * 1000, claimed // 50):
        raise BroadcastRefused(
            Refusal.CUT_OFF, found_seconds=found // 1000, claimed_seconds=claimed // 1000
        )
    if found < SHORTEST_SECONDS * 1000:
        raise BroadcastRefused(Refusal.TOO_SHORT, found_seconds=found // 1000)
    if found > LONGEST_SECONDS * 1000:
        raise BroadcastRefused(Refusal.TOO_LONG, found_seconds=found // 1000)
    return found


def _claimed_duration(told: str) -> int:
    """Return what the header promises, or 0 when it promises nothing."""
    claimed = _CLAIMED.search(told)
    if claimed is None:
        return 0
    hours, minutes, seconds, hundredths = (int(part) for part in claimed.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10


def _walked(path: Path, stream: int) -> int:
    arguments = [
        "-v", "error", *ffmpeg.SAFE_INPUT, "-i", ffmpeg.named(path),
        "-map", f"0:{stream}", "-c", "copy", "-progress", "pipe:1", "-f", "null", "-",
    ]  # fmt: skip
    return ffmpeg.ask(arguments).reached_ms
