"""The tracked files of this tree, and what the tests of the house read out of them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mingtian"


@cache
def files(*patterns: str) -> tuple[Path, ...]:
    """Return the files under these git patterns, tracked or new, ignored ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = {ROOT / name for name in listed.stdout.split("\0") if name}
    return tuple(sorted(path for path in found if path.is_file()))


def sources() -> Iterator[Path]:
    """Yield the product's Python files: no tests, no migrations."""
    for path in files("src/*.py"):
        if not {"tests", "migrations", "testing"} & set(path.parts):
            yield path


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def name_of(path: Path) -> str:
    """Return how a fault names the file."""
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    """Return the dotted name by which a product file is imported."""
    dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def modules() -> list[str]:
    """Return the names of the business modules and of core, web and run, from the folders."""
    return sorted(
        path.parent.name for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "testing"
    )
