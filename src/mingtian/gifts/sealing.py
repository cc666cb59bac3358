"""Seals who gave and how to reach them, under the installation's key."""

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer


def seal_donor(public_id: str, column: str, text: str) -> bytes:
    """Return a sealed column of a donor."""
    return sealer().seal(text, Place("gifts_donor", column, public_id))


def open_donor(public_id: str, column: str, sealed: bytes | memoryview) -> str:
    """Return a column of a donor."""
    return sealer().open(bytes(sealed), Place("gifts_donor", column, public_id))
