"""Identifiers that people and phones see. Primary keys never leave the server."""

import secrets

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Lower-case Crockford base 32: no i, l, o, u, so it can be read aloud and typed."""

_LOOKALIKES = str.maketrans({"i": "1", "l": "1", "o": "0", " ": None, "-": None})


def random_code(length: int) -> str:
    """Return ``length`` random characters, five bits each, from the operating system."""
    bits = secrets.randbits(5 * length)
    return "".join(CROCKFORD[bits >> shift & 31] for shift in range(0, 5 * length, 5))


def public_id() -> str:
    """Return a new identifier for addresses: 12 characters, 60 random bits."""
    return random_code(12)


def tidy_code(typed: str) -> str:
    """Return what a person typed as the code that was meant.

    Case, spaces and hyphens do not matter; i and l mean 1, o means 0. The result may
    still be unknown or hold characters that no code has.
    """
    return typed.strip().lower().translate(_LOOKALIKES)
