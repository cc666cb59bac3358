"""The file of a frozen day: plain text whose SHA-256 anybody can compute (docs/mechanisms/closings.md).

It names the digest of the day before, so the last digest of a campaign vouches for all of them.
"""

from hashlib import sha256

from mingtian.closings.days import DayRow
from mingtian.closings.statements import rows

FORM = "mingtian closing 1"
COLUMNS = "unit kind arrived completed expected counted_arrived counted_completed"


def head_of(day: DayRow, *, previous: str, silent: int, confirmed: int) -> str:
    """Return the lines above the figures: what day it is and what it follows."""
    return "\n".join(
        (
            FORM,
            f"campaign {day.campaign}",
            f"lecture {day.number}",
            f"day {day.held_on.isoformat()}",
            f"confirmed {confirmed}",
            f"silent {silent}",
            f"previous {previous or '-'}",
            COLUMNS,
        )
    )


def file_of(lecture_id: int, head: str) -> bytes:
    """Return the file as it reads now; frozen lines make the same bytes each time."""
    lines = [
        " ".join("-" if value is None else str(value) for value in line)
        for line in rows("lines", {"lecture": lecture_id})
    ]
    return ("\n".join([head, *lines]) + "\n").encode()


def digest_of(file: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal, as ``sha256sum`` prints it."""
    return sha256(file).hexdigest()
