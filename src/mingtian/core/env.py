"""Settings from the environment, checked once at start.

Every reader names its variable and refuses nonsense with a sentence. A secret may also
come from a file named in ``<NAME>_FILE``.
"""

import base64
import binascii
import os
from pathlib import Path
from urllib.parse import urlsplit

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


class BadSetting(ValueError):
    """A variable holds a value that cannot be meant. The text names the variable."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or the content of the file in ``NAME_FILE``, or the default."""
    if (value := os.environ.get(name)) is not None:
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE names a file that cannot be read: {error}") from error
    if default is None:
        raise BadSetting(f"{name} is required and not set.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; anything but the usual words is refused."""
    word = text(name, "yes" if default else "no").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise BadSetting(f"{name} must be yes or no, not {word!r}.")


def whole(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """Return a whole number between ``least`` and ``most``, both included."""
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError as error:
        raise BadSetting(f"{name} must be a whole number, not {raw!r}.") from error
    if value < least or (most is not None and value > most):
        raise BadSetting(f"{name} must lie between {least} and {most}, not {value}.")
    return value


def web_origin(name: str, default: str) -> str:
    """Return scheme and host of another server; without encryption on this machine only."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    near = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not parts.hostname or parts.path or parts.query or not (parts.scheme == "https" or near):
        raise BadSetting(f"{name} must look like https://host, not {value!r}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def keys(name: str, default: str | None = None) -> dict[int, bytes]:
    """Return numbered 32-byte keys from ``1:<base64>,2:<base64>``.

    Key ids lie between 1 and 255. The highest id is the key in use; lower ones only open
    what was sealed or signed earlier.
    """
    found: dict[int, bytes] = {}
    for part in text(name, default).split(","):
        number, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
            key_id = int(number)
        except (ValueError, binascii.Error) as error:
            raise BadSetting(f"{name} must look like 1:<base64 of 32 bytes>.") from error
        if len(key) != 32 or not 1 <= key_id <= 255:
            raise BadSetting(f"{name} needs keys of 32 bytes with ids from 1 to 255.")
        found[key_id] = key
    return found
