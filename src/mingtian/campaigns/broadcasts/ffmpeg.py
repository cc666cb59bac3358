"""Starts the ffmpeg binary that comes with imageio-ffmpeg. It has no ffprobe beside it."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal

PROBE_TIMEOUT_SECONDS = 600
STALL_SECONDS = 300
STDERR_BYTES = 200_000
NICENESS = 10
"""A recording may be prepared while an evening is on; the beats come first."""

# A file is only ever read as one of these containers, and only from the disk. Otherwise a
# playlist under the name of a video could make ffmpeg open other files or addresses.
SAFE_INPUT = (
    "-protocol_whitelist", "file",
    "-format_whitelist",
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,live_flv,asf,ogg,mxf,wav,mp3,aac,flac",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended: exit status, the tail of what it said, the last instant it wrote."""

    status: int
    said: str
    reached_ms: int = 0


def unheard(_percent: int) -> None:
    """Take progress that nobody asked for."""


def binary() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def named(path: Path) -> str:
    """Name a file so that neither a leading hyphen nor a colon in it means anything."""
    return f"file:{path.resolve()}"


def ask(arguments: list[str], *, timeout_seconds: float = PROBE_TIMEOUT_SECONDS) -> Outcome:
    """Run to the end without progress and return what was said."""
    try:
        done = subprocess.run(
            [binary(), "-nostdin", "-hide_banner", *arguments],
            capture_output=True,
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BroadcastRefused(Refusal.STALLED) from error
    return Outcome(
        status=done.returncode,
        said=done.stderr[-STDERR_BYTES:].decode(errors="replace"),
        reached_ms=_reached(done.stdout.decode(errors="replace").splitlines()),
    )


def run(arguments: list[str], *, folder: Path, on_instant: Callable[[int], None]) -> Outcome:
    """Run in ``folder``, telling ``on_instant`` the millisecond of the recording reached so far.

    Whatever ends the wait (an error in ``on_instant``, Ctrl-C) also ends ffmpeg.
    """
    command = [binary(), "-nostdin", "-hide_banner", "-progress", "pipe:1", *arguments]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=said, text=True
        )
        try:
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
            assert process.stdout is not None
            reached = _follow(process.stdout, on_instant)
            status = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        return Outcome(status=status, said=_tail(said), reached_ms=reached)


def _follow(progress: IO[str], on_instant: Callable[[int], None]) -> int:
    reached, moved_at = 0, time.monotonic()
    for line in progress:
        if (instant := _instant(line)) is not None and instant > reached:
            reached, moved_at = instant, time.monotonic()
            on_instant(reached)
        elif time.monotonic() - moved_at > STALL_SECONDS:
            raise BroadcastRefused(Refusal.STALLED)
    return reached


def _reached(lines: list[str]) -> int:
    return max((instant for line in lines if (instant := _instant(line)) is not None), default=0)


def _instant(line: str) -> int | None:
    """Read a progress line; ffmpeg writes N/A until the first packet."""
    key, _, value = line.strip().partition("=")
    if key != "out_time_us" or not value.lstrip("-").isdigit():
        return None
    return int(value) // 1000


def _tail(said: IO[bytes]) -> str:
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - STDERR_BYTES))
    return said.read().decode(errors="replace")
