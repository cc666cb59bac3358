"""Joins the modules of a family page into one file, so that a slow link asks once and not twenty times.

No tool and no other language: the modules are written so plainly that a few patterns suffice, and
what they do not cover is refused. Each module becomes a function that is called once and returns
what it exports; names of different modules never meet.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import\s+(\{[^}]*\}|\* as \w+)\s+from\s+"\./(\w+)\.js";\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


class NotJoinable(ValueError):
    """A module imports or exports in a way that is not foreseen; the text names the line."""


def joined(entry: Path) -> str:
    """Return one module that does what ``entry`` and all that it imports do."""
    parts: dict[Path, str] = {}
    _add(entry, parts, ())
    return "".join(parts.values())


def modules_of(entry: Path) -> set[Path]:
    """Return the files that a joined file holds."""
    parts: dict[Path, str] = {}
    _add(entry, parts, ())
    return set(parts)


def _add(module: Path, parts: dict[Path, str], within: tuple[Path, ...]) -> None:
    """Put the modules that this one imports before it, then itself."""
    if module in within:
        raise NotJoinable(f"{module.name} imports itself by way of others")
    if module in parts:
        return
    text = module.read_text(encoding="utf-8")
    for _names, name in _IMPORT.findall(text):
        _add(module.with_name(f"{name}.js"), parts, (*within, module))
    parts[module] = _wrapped(module, text)


def _wrapped(module: Path, text: str) -> str:
    exported = [name for _kind, name in _EXPORT.findall(text)]
    text = _IMPORT.sub(_taken, text)
    text = _COMMENT.sub("", _EXPORT.sub(r"\1 \2", text))
    if (left := _LEFT_OVER.search(text)) is not None:
        raise NotJoinable(f"{module.name}: {left.group()}")
    return f"const ${module.stem} = (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    names, module = found.groups()
    if names.startswith("*"):
        return f"const {names.removeprefix('* as ')} = ${module};\n"
    return f"const {names.replace(' as ', ': ')} = ${module};\n"
