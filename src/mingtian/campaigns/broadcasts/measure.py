"""Checks and measures finished segments; nothing is taken on trust from the encoder."""

import re
from pathlib import Path

from mingtian.campaigns.broadcasts.encode import PLAYLIST
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.broadcasts.rungs import SOUND_NAME, Shape
from mingtian.core.ladder import Rung, segment_name

SOUND_CODEC = "mp4a.40.2"
LOOSENESS_SECONDS = 0.15
"""Pictures are cut exactly; sound alone on the next of its own frames, which last 23 ms. The
grid does not move by it: each cut looks for its own multiple of the segment length."""

PACKET_BYTES = 188
"""MPEG-TS consists of such packets; a file that ends inside one was not written to its end."""

_LENGTH = re.compile(r"#EXTINF:([\d.]+)")
_PARAMETERS = re.compile(rb"\x00\x00\x01[\x27\x47\x67](...)", re.DOTALL)


def measure_picture(folder: Path, shape: Shape, lengths: list[float], frame_rate: int) -> Rung:
    peak, average = _bandwidths(folder / shape.name, lengths)
    return Rung(
        name=shape.name,
        bandwidth=peak,
        average_bandwidth=average,
        codecs=f"{_picture_codec(folder / shape.name)},{SOUND_CODEC}",
        width=shape.width,
        height=shape.height,
        frame_rate=frame_rate,
    )


def measure_sound(folder: Path, lengths: list[float]) -> Rung:
    peak, average = _bandwidths(folder / SOUND_NAME, lengths)
    return Rung(name=SOUND_NAME, bandwidth=peak, average_bandwidth=average, codecs=SOUND_CODEC)


def require_even_cuts(rung_folder: Path, lengths: list[float]) -> None:
    """Refuse segments off the common grid, which would drift between rungs, and broken ones."""
    playlist = rung_folder / PLAYLIST
    text = playlist.read_text(encoding="utf-8") if playlist.is_file() else ""
    listed = [float(length) for length in _LENGTH.findall(text)]
    files = sorted(path.name for path in rung_folder.glob("*.ts"))
    sizes = [(rung_folder / name).stat().st_size for name in files]
    even = (
        len(listed) == len(lengths)
        and files == [segment_name(index) for index in range(len(lengths))]
        and all(size and size % PACKET_BYTES == 0 for size in sizes)
        and all(
            abs(found - wanted) <= LOOSENESS_SECONDS
            for found, wanted in zip(listed, lengths, strict=True)
        )
    )
    if not even:
        raise BroadcastRefused(Refusal.UNEVEN, rung=rung_folder.name)


def _bandwidths(rung_folder: Path, lengths: list[float]) -> tuple[int, int]:
    """Return peak and average bits per second.

    As HLS defines the peak, a last piece shorter than half a segment does not count.
    """
    sizes = [(rung_folder / segment_name(index)).stat().st_size for index in range(len(lengths))]
    rates = [
        size * 8 / length
        for size, length in zip(sizes, lengths, strict=True)
        if length >= lengths[0] / 2
    ]
    return round(max(rates)), round(sum(sizes) * 8 / sum(lengths))


def _picture_codec(rung_folder: Path) -> str:
    """Read profile and level where the decoder will: in the stream's own parameters."""
    with (rung_folder / segment_name(0)).open("rb") as segment:
        found = _PARAMETERS.search(segment.read(65_536))
    if found is None:
        raise BroadcastRefused(Refusal.PICTURE_DAMAGED)
    return f"avc1.{found.group(1).hex()}"
