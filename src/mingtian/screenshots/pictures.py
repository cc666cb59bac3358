"""Turns an upload into a clean picture, or says why it cannot."""

import subprocess
import sys
from dataclasses import dataclass

from mingtian.core.errors import RuleBroken
from mingtian.screenshots.rules import MOST_BYTES, Refusal

SECONDS = 20
GOOD = b"good"
FINGERPRINT_BYTES = 8


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A JPEG without metadata, and 64 bits by which copies of it are told."""

    fingerprint: bytes
    content: bytes


def clean_picture(upload: bytes) -> CleanPicture:
    """Return the upload re-encoded, or raise RuleBroken. About 0.3 s, in another process."""
    if not upload:
        raise RuleBroken(Refusal.NO_FILE)
    if len(upload) > MOST_BYTES:
        raise RuleBroken(Refusal.TOO_LARGE, most=MOST_BYTES // 1024 // 1024)
    command = [sys.executable, "-m", "mingtian.screenshots.decoding"]
    try:
        # Without an environment: what decodes strangers' files sees no secret.
        done = subprocess.run(
            command, input=upload, capture_output=True, env={}, timeout=SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RuleBroken(Refusal.DAMAGED) from error
    if not done.stdout.startswith(GOOD):
        raise RuleBroken(Refusal(done.stdout.decode()))
    rest = done.stdout[len(GOOD) :]
    return CleanPicture(rest[:FINGERPRINT_BYTES], rest[FINGERPRINT_BYTES:])
