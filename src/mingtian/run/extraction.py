"""Finds the sentences that Python files and templates ask gettext for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

MARKERS = frozenset({"django.utils.translation", "mingtian.core.catalogue"})

SHAPES: dict[str, tuple[str, ...]] = {
    "gettext": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
"""What the first arguments of gettext's functions mean; each also has a ``_lazy`` form."""

TEMPLATE_CALL = re.compile(r"(?<!\w)(?:n?p?gettext|_)\(")


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One sentence that the code shows, and where it stands."""

    singular: str
    plural: str | None = None
    context: str | None = None
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadableSentence:
    """A call whose sentence is put together at run time, so no translator can know it."""

    where: str
    why: str
    source: str


Found = Message | UnreadableSentence


def messages_in(module: Path) -> Iterator[Found]:
    """Yield what a module's code and templates say, its tests left out."""
    for path in sorted(module.rglob("*.py")):
        if "tests" not in path.relative_to(module).parts:
            yield from from_python(path.read_text(encoding="utf-8"), str(_place(path, module)))
    for path in sorted(module.glob("templates/**/*.html")):
        yield from from_template(path.read_text(encoding="utf-8"), str(_place(path, module)))


def _place(path: Path, module: Path) -> Path:
    return path.relative_to(module.parent)


def from_python(source: str, name: str) -> Iterator[Found]:
    """Yield the sentences of one Python file; follows ``import … as`` names."""
    tree = ast.parse(source)
    known = _local_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shape := _shape(node.func, known)) is not None:
            found = _from_call(node, shape, f"{name}:{node.lineno}")
            if found is not None:
                yield found


def _local_names(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """Return the names by which this file calls gettext's functions.

    A file that may not import Django has its marker from core.
    """
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MARKERS:
            for alias in node.names:
                if (shape := SHAPES.get(alias.name.removesuffix("_lazy"))) is not None:
                    names[alias.asname or alias.name] = shape
    return names


def _shape(function: ast.expr, known: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    if isinstance(function, ast.Name):
        return known.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        inside = function.value.id == "translation"
        return SHAPES.get(function.attr.removesuffix("_lazy")) if inside else None
    return None


def _from_call(node: ast.Call, shape: tuple[str, ...], where: str) -> Found | None:
    parts: dict[str, str] = {}
    for name, argument in zip(shape, node.args, strict=False):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            parts[name] = argument.value
        elif isinstance(argument, ast.JoinedStr | ast.BinOp):
            why = "is put together before it is translated; write one sentence with %(name)s"
            return UnreadableSentence(where=where, why=why, source=ast.unparse(argument))
    # A plain variable stands for a sentence marked elsewhere with gettext_noop.
    return Message(where=where, **parts) if len(parts) == len(shape) else None


def from_template(source: str, name: str) -> Iterator[Found]:
    """Yield the sentences of one template: translate, blocktranslate and ``_("…")``."""
    flat = templatize(source, name)
    for match in TEMPLATE_CALL.finditer(flat):
        where = f"{name}:{flat.count(chr(10), 0, match.start()) + 1}"
        call = _call_at(flat, match.start())
        function = match[0].rstrip("(")
        found = _from_call(call, SHAPES["gettext" if function == "_" else function], where)
        if found is not None:
            yield found


def _call_at(text: str, start: int) -> ast.Call:
    """Return the call that begins at ``start``: up to the first bracket that completes it."""
    end = text.index(")", start)
    while True:
        try:
            node = ast.parse(text[start : end + 1], mode="eval").body
        except SyntaxError:
            end = text.index(")", end + 1)
        else:
            assert isinstance(node, ast.Call)
            return node
