"""How a prepared recording is described: the one form that campaigns writes and ingest reads.

A recording is cut into segments of ``segment_ms`` each; only the last may be shorter. All
rungs are cut at the same instants, so segment 7 holds the same seconds in every quality.
That is why a length and a duration describe every segment of every rung.
"""

from typing import Annotated

import msgspec

SLIDES_FOLDER = "slides"

Positive = Annotated[int, msgspec.Meta(gt=0)]
Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9]{1,16}\Z")]


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One quality. ``name`` is its folder and its playlist; size 0 × 0 means sound only.

    Both bandwidths are measured from the finished files, in bits per second.
    """

    name: Name
    bandwidth: Positive
    average_bandwidth: Positive
    codecs: str
    width: int = 0
    height: int = 0
    frame_rate: int = 0

    @property
    def sound_only(self) -> bool:
        return not self.width


class Ladder(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """A prepared recording, the lowest picture first and the sound alone last.

    ``revision`` names the folder of these very files: other files get another revision, so
    an address of a segment never changes its content and may be cached for ever.
    ``slide_ms`` is how long each slide stands for; 0 in ladders made before there were slides.
    """

    revision: Name
    source_digest: str
    segment_ms: Positive
    duration_ms: Positive
    rungs: tuple[Rung, ...]
    slide_ms: Annotated[int, msgspec.Meta(ge=0)] = 0
    version: int = 1

    @property
    def segment_count(self) -> int:
        return -(-self.duration_ms // self.segment_ms)

    @property
    def slide_count(self) -> int:
        return -(-self.duration_ms // self.slide_ms) if self.slide_ms else 0

    def rung(self, name: str) -> Rung | None:
        return next((rung for rung in self.rungs if rung.name == name), None)


def read_ladder(stored: object) -> Ladder:
    """Return the ladder kept as JSON values; ``msgspec.ValidationError`` when it is none."""
    return msgspec.convert(stored, Ladder)


def segment_name(index: int) -> str:
    """Return the file name of a segment. Indexes count from 0, as the preparation does."""
    return f"{index:05d}.ts"


def slide_name(index: int) -> str:
    """Return the file name of a slide, counted from 0, below ``SLIDES_FOLDER``."""
    return f"{index:05d}.jpg"
