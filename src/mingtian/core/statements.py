"""SQL that stands in files: statements by name, each after a line ``-- name: …``. No Django."""

import re
from pathlib import Path

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def named(path: Path) -> dict[str, str]:
    """Return the statements of a file by name, without the final semicolon."""
    parts = _NAME.split(path.read_text(encoding="utf-8"))[1:]
    return {
        name: body.strip().rstrip(";") for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
