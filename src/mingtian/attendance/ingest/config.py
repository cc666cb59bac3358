"""What the hot path is told at start, read from the environment once."""

from dataclasses import dataclass
from pathlib import Path

from mingtian.core import env


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Keys are numbered; ``beat_seconds`` is the usual interval between beats of a phone."""

    database_url: str
    seat_keys: dict[int, bytes]
    seal_keys: dict[int, bytes]
    index_key: bytes
    pages: Path
    beat_seconds: int = 60
    batch_most: int = 1000
    waiting_most: int = 20_000


def from_environment(
    *,
    database_url: str,
    seat_keys: dict[int, bytes],
    seal_keys: dict[int, bytes],
    index_key: bytes,
    pages: Path,
) -> Config:
    """Return the configuration; the arguments are what settings.py has worked out."""
    return Config(
        database_url=database_url,
        seat_keys=seat_keys,
        seal_keys=seal_keys,
        index_key=index_key,
        pages=pages,
        beat_seconds=env.whole("MINGTIAN_BEAT_SECONDS", 60, least=5, most=600),
        batch_most=env.whole("MINGTIAN_BATCH_MOST", 1000, least=1, most=10_000),
        waiting_most=env.whole("MINGTIAN_WAITING_MOST", 20_000, least=1, most=1_000_000),
    )
