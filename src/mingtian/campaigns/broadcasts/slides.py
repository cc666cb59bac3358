"""Small pictures of a finished ladder, one about every half minute, for whoever only listens."""

from pathlib import Path

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.core.ladder import SLIDES_FOLDER, Ladder, Rung, segment_name, slide_name

WANTED_SECONDS = 30
WIDTH = 640
QUALITY = 6
"""640 pixels at this quality keep the words of a slide legible in 10 to 20 kB."""


def slide_length_ms(segment_ms: int) -> int:
    """Return how long a slide stays: whole segments, half a minute at least.

    Every slide is then the first picture of a segment, a key frame that decodes alone.
    """
    return -(-WANTED_SECONDS * 1000 // segment_ms) * segment_ms


def take_slides(folder: Path, ladder: Ladder) -> None:
    """Write every slide of the ladder below ``folder``; repeating it writes the same again."""
    target = folder / SLIDES_FOLDER
    target.mkdir(exist_ok=True)
    source = folder / _largest(ladder).name
    for index in range(ladder.slide_count):
        segment = source / segment_name(index * ladder.slide_ms // ladder.segment_ms)
        _take(segment, target / slide_name(index))


def _largest(ladder: Ladder) -> Rung:
    return max(ladder.rungs, key=lambda rung: rung.width * rung.height)


def _take(segment: Path, slide: Path) -> None:
    outcome = ffmpeg.ask(
        ["-v", "error", "-y", "-i", ffmpeg.named(segment), "-frames:v", "1",
         "-vf", f"scale='min({WIDTH},iw)':-2", "-q:v", str(QUALITY), ffmpeg.named(slide)]
    )  # fmt: skip
    if outcome.status != 0 or not slide.is_file():
        raise BroadcastRefused(Refusal.PICTURE_DAMAGED)
