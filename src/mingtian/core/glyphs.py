"""Which characters the fonts on this machine can draw.

typst draws an empty box for a character that no font has and says nothing, so a sheet with
a rare name would be wrong on paper. This file reads the character maps of the fonts (the
``cmap`` table, format 12) and names what is missing before anything is drawn.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

Range = tuple[int, int]
FULL_UNICODE = 12
"""The form of a character map that reaches beyond the basic plane; every large font has it."""


class UnreadableFont(ValueError):
    """A font file without a Unicode character map that this file can read."""


class Coverage:
    """The characters that a set of fonts can draw."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.ranges = _joined(ranges)
        self._starts = [first for first, _last in self.ranges]

    def missing(self, text: str) -> str:
        """Return the characters of ``text`` that no font has, each once, in order."""
        drawn = dict.fromkeys(sign for sign in text if not sign.isspace())
        return "".join(sign for sign in drawn if not self._has(ord(sign)))

    def _has(self, point: int) -> bool:
        place = bisect_right(self._starts, point) - 1
        return place >= 0 and point <= self.ranges[place][1]


def coverage_of(fonts: Iterable[Path]) -> Coverage:
    """Return what the font files (TrueType or OpenType, no collections) can draw together."""
    return Coverage(each for font in fonts for each in _characters(font))


def _joined(ranges: Iterable[Range]) -> list[Range]:
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _characters(font: Path) -> list[Range]:
    try:
        return _read(_table(font, b"cmap"))
    except (struct.error, IndexError, KeyError, OSError) as error:
        raise UnreadableFont(font.name) from error


def _table(font: Path, wanted: bytes) -> bytes:
    with font.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        directory = {}
        for _each in range(count):
            tag, offset, length = struct.unpack(">4s4xII", file.read(16))
            directory[tag] = (offset, length)
        offset, length = directory[wanted]
        file.seek(offset)
        return file.read(length)


def _read(cmap: bytes) -> list[Range]:
    """Return the runs of characters in the table's map of format 12."""
    (count,) = struct.unpack_from(">2xH", cmap)
    offsets = (struct.unpack_from(">4xI", cmap, 4 + 8 * n)[0] for n in range(count))
    forms = {struct.unpack_from(">H", cmap, offset)[0]: offset for offset in offsets}
    start = forms[FULL_UNICODE]
    (runs,) = struct.unpack_from(">12xI", cmap, start)
    return [struct.unpack_from(">II", cmap, start + 16 + 12 * n) for n in range(runs)]
