"""Which qualities a recording deserves. Pure arithmetic.

The bit rates are upper bounds for weak networks; slides and a speaking face need a
fraction of them (constant quality below the bound).
"""

from dataclasses import dataclass

SOUND_NAME = "audio"
SOUND_BITS_PER_SECOND = 64_000
LONG_SHAPE = 2.4
"""Beyond 2.4 : 1 the picture gets bars above and below; some old decoders fail on strips."""

SMALLEST_SIDE = 16
NEARLY = 0.9
"""A source nine tenths as large as a rung fills it well enough without being enlarged."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One picture quality: the canvas, and the picture inside it (smaller only with bars)."""

    name: str
    width: int
    height: int
    picture_width: int
    picture_height: int
    bits_per_second: int


_BOXES = (("240p", 426, 240, 220_000), ("360p", 640, 360, 420_000), ("480p", 854, 480, 800_000))


def shapes_for(width: int, height: int) -> tuple[Shape, ...]:
    """Return the qualities for a source of this size, the lowest first, never empty.

    Nothing is enlarged: a small source gets fewer rungs, the lowest at its own size.
    Upright sources get upright rungs.
    """
    shapes: list[Shape] = []
    for name, long_side, short_side, bits in _BOXES:
        box = (long_side, short_side) if width >= height else (short_side, long_side)
        scale = min(box[0] / width, box[1] / height)
        if shapes and scale > 1 / NEARLY:
            break
        shapes.append(_shape(name, (width, height), min(scale, 1.0), bits))
    return tuple(shapes)


def _shape(name: str, source: tuple[int, int], scale: float, bits: int) -> Shape:
    picture_width, picture_height = (_even(side * scale) for side in source)
    canvas_width, canvas_height = picture_width, picture_height
    if picture_width > LONG_SHAPE * picture_height:
        canvas_height = _even(picture_width * 9 / 16)
    elif picture_height > LONG_SHAPE * picture_width:
        canvas_width = _even(picture_height * 9 / 16)
    return Shape(
        name=name,
        width=canvas_width,
        height=canvas_height,
        picture_width=picture_width,
        picture_height=picture_height,
        bits_per_second=bits,
    )


def _even(side: float) -> int:
    """Round to an even number: the colour planes of H.264 are half as large."""
    return max(SMALLEST_SIDE, round(side / 2) * 2)


def bytes_needed(shapes: tuple[Shape, ...], duration_ms: int) -> int:
    """Return how much room the ladder may take at most, with a twentieth for containers."""
    bits = sum(shape.bits_per_second for shape in shapes)
    bits += SOUND_BITS_PER_SECOND * (len(shapes) + 1)
    return bits * duration_ms // 8000 * 21 // 20
