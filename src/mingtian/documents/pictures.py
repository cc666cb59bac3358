"""Draws an attached picture anew, so that only its pixels are kept: no place, camera or name.

Run as ``python -m mingtian.documents.pictures``, in a process of its own with little memory and
time, no keys and no environment: the picture on standard input; on standard output the word
``good`` and the picture in its own format, or else the code of a refusal.
"""

import io
import resource
import subprocess
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from mingtian.core.errors import RuleBroken

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
QUALITY = 88
GOOD = b"good"
DAMAGED, TOO_LARGE = "picture_damaged", "picture_too_large"


def redraw(content: bytes) -> bytes:
    """Return the picture upright, in its own format, without anything that came beside it.

    Raises RuleBroken for one that cannot be drawn, or whose pixels are too many.
    """
    command = [sys.executable, "-m", "mingtian.documents.pictures"]
    try:
        # Without an environment: what decodes strangers' files sees no secret.
        done = subprocess.run(
            command, input=content, capture_output=True, env={}, timeout=SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RuleBroken(DAMAGED) from error
    if not done.stdout.startswith(GOOD):
        raise RuleBroken(done.stdout.decode(), most=f"{MOST_PIXELS:,}")
    return done.stdout[len(GOOD) :]


def drawn(content: bytes) -> bytes:
    """Return the picture drawn anew, after the word for success; or the code of a refusal."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            form = opened.format or "PNG"
            upright = ImageOps.exif_transpose(opened)
            # One of few colours has its palette beside the pixels.
            mode = "RGBA" if form != "JPEG" and upright.mode not in {"RGB", "L"} else "RGB"
            picture = upright.convert(mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return TOO_LARGE.encode()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return DAMAGED.encode()
    # A copy of the pixels alone: nothing that came with the picture can travel on in ``info``.
    pixels = Image.frombytes(mode, picture.size, picture.tobytes())
    clean = io.BytesIO()
    pixels.save(clean, form, **({} if form == "PNG" else {"quality": QUALITY}))
    return GOOD + clean.getvalue()


def main() -> int:
    """Answer on standard output; always 0 unless the limits end the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    sys.stdout.buffer.write(drawn(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
