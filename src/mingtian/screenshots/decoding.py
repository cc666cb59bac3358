"""Decodes one picture from strangers, in a process of its own with little memory and time.

Run as ``python -m mingtian.screenshots.decoding``: the upload on standard input; on standard
output the word ``good``, a fingerprint of eight bytes and a JPEG without metadata, or else the
code of a refusal. Knows no keys, no database and no environment, so that a fault in a decoder
finds nothing to take (references: decoders are where picture libraries break).
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from mingtian.screenshots.rules import LONGEST_SIDE, MOST_PIXELS, Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 10
QUALITY = 72
GOOD = b"good"


class Undecodable(Exception):
    """The upload is refused; carries the code."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def decode(upload: bytes) -> tuple[bytes, bytes]:
    """Return fingerprint and clean JPEG of an upload, or raise Undecodable."""
    try:
        with Image.open(io.BytesIO(upload), formats=FORMATS) as opened:
            check(opened)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = flat(small(opened))
    except UnidentifiedImageError as error:
        raise Undecodable(Refusal.NO_PICTURE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Undecodable(Refusal.TOO_MANY_PIXELS) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Undecodable(Refusal.DAMAGED) from error
    clean = io.BytesIO()
    # A copy of the pixels alone: nothing that came with the upload can travel on in ``info``.
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    pixels.save(clean, "JPEG", quality=QUALITY, optimize=True)
    return fingerprint(pixels), clean.getvalue()


def check(opened: Image.Image) -> None:
    """Refuse before any pixel is decoded what would be too much, or moves."""
    if opened.width * opened.height > MOST_PIXELS:
        raise Undecodable(Refusal.TOO_MANY_PIXELS)
    # A JPEG of some phones holds a second, smaller picture; that is no animation.
    if opened.format in {"PNG", "WEBP"} and getattr(opened, "n_frames", 1) > 1:
        raise Undecodable(Refusal.ANIMATED)


def small(opened: Image.Image) -> Image.Image:
    """Return the picture upright and no larger than is kept. Shrunk first: copies cost memory."""
    picture = opened.convert("RGBA") if opened.mode in {"P", "PA"} else opened
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(picture)


def flat(picture: Image.Image) -> Image.Image:
    """Return the picture in three colours, what shows through it white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def fingerprint(picture: Image.Image) -> bytes:
    """Return 64 bits: in each of eight rows, whether the picture grows darker to the right."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = 9 * row + column
            bits = bits << 1 | (grey[place] > grey[place + 1])
    return bits.to_bytes(8, "big")


def main() -> int:
    """Answer on standard output; always 0 unless the limits end the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        mark, clean = decode(sys.stdin.buffer.read())
    except Undecodable as refused:
        sys.stdout.buffer.write(refused.refusal.encode())
    else:
        sys.stdout.buffer.write(GOOD + mark + clean)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
