"""Tiny recordings for the tests, made by the same ffmpeg that reads them."""

import subprocess
from pathlib import Path

from mingtian.campaigns.broadcasts import ffmpeg

PICTURE = "testsrc2=s={size}:r={rate}:d={seconds}"
SOUND = "sine=f=440:d={seconds}"
ENCODING = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]


def make_clip(
    path: Path,
    *more: str,
    size: str = "160x90",
    rate: str = "10",
    seconds: float = 6,
    sound: bool = True,
) -> Path:
    """Write a clip with a test picture and a tone; ``more`` are output options of ffmpeg."""
    inputs = ["-f", "lavfi", "-i", PICTURE.format(size=size, rate=rate, seconds=seconds)]
    if sound:
        inputs += ["-f", "lavfi", "-i", SOUND.format(seconds=seconds)]
    return write(path, *inputs, *ENCODING, *more)


def write(path: Path, *arguments: str) -> Path:
    command = [ffmpeg.binary(), "-nostdin", "-v", "error", "-y", *arguments, str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def truncated(clip: Path, share: float) -> Path:
    """Write the beginning of a clip under another name, as a broken copy leaves it."""
    content = clip.read_bytes()
    cut = clip.with_name(f"cut-{clip.name}")
    cut.write_bytes(content[: int(len(content) * share)])
    return cut


def decoded_frames(segment: Path) -> int:
    """Decode a segment as a player would and return its number of pictures."""
    done = subprocess.run(
        [ffmpeg.binary(), "-v", "error", "-i", str(segment), "-map", "0:v", "-f", "framecrc", "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return sum(not line.startswith("#") for line in done.stdout.splitlines())
