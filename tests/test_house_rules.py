"""Rules of the house that no linter knows, each with its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import tree

LONGEST_FILE = 500
LONGEST_FUNCTION = 50
TYPED_STRICTLY = {"rules", "access", "actions", "ingest"}
HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)|npm(?:mirror)|deb\.debian\.org",
    re.IGNORECASE,
)
# Put together from parts, so that this file passes its own rule.
MACHINE_PATHS = re.compile(rf"(?<![\w.])/(?:{'|'.join(('work', 'farm', 'home', 'Users'))})/")


def faults(path: Path, nodes: Iterator[ast.AST]) -> list[str]:
    return [f"{tree.name_of(path)}:{getattr(node, 'lineno', 0)}" for node in nodes]


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree.syntax_of(path)) if isinstance(node, ast.Call))


def named(function: ast.expr, name: str) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == name


def test_saving_a_row_names_the_columns() -> None:
    """A bare save() rewrites every column, undoing what another request did in between."""
    bare = [
        spot
        for path in tree.sources()
        for spot in faults(
            path,
            (
                call
                for call in calls(path)
                if named(call.func, "save")
                and not any(word.arg in {"update_fields", "force_insert"} for word in call.keywords)
                and not call.args
            ),
        )
    ]
    assert bare == [], "Write save(update_fields=[…]), or Model.objects.create for a new row."


def test_no_python_file_is_too_long() -> None:
    """A file is read as a whole; past this length it holds two subjects."""
    lengths = {tree.name_of(path): tree.text_of(path).count("\n") for path in tree.files("*.py")}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert long == {}, "Split by subject: actions.py becomes actions/<verb>.py with the same names."


def test_no_function_is_too_long() -> None:
    """What does not fit on a screen is doing several things."""
    long = [
        f"{tree.name_of(path)}:{node.lineno} {node.name}"
        for path in tree.files("*.py")
        for node in ast.walk(tree.syntax_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == [], "Name its parts and call them; values that travel together are a dataclass."


def test_only_the_clock_reads_the_clock() -> None:
    """Time is an argument, so that an evening can be tested in a second."""
    readers = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"}
    readings = [
        spot
        for path in tree.sources()
        if path != tree.PACKAGE / "core" / "clock.py"
        for spot in faults(path, (c for c in calls(path) if ast.unparse(c.func) in readers))
    ]
    assert readings == [], "Take now as an argument; the edges call mingtian.core.clock.now."


def test_only_commands_print() -> None:
    """A server's words go to the log, with an action word that machines can search."""
    printing = [
        spot
        for path in tree.sources()
        if not {"run", "commands"} & set(path.parts)
        for spot in faults(
            path, (c for c in calls(path) if isinstance(c.func, ast.Name) and c.func.id == "print")
        )
    ]
    assert printing == [], 'Use logging with extra={"action": "…"}.'


def test_decisions_doors_and_the_hot_path_say_their_types() -> None:
    """Any switches the type checker off where a mistake would cost most."""
    loose = [
        spot
        for path in tree.sources()
        if TYPED_STRICTLY & {*path.parts, path.stem}
        for spot in faults(
            path,
            (
                node
                for node in ast.walk(tree.syntax_of(path))
                if isinstance(node, ast.Name) and node.id == "Any"
            ),
        )
    ]
    assert loose == [], (
        "Name the type: a dataclass, a TypedDict, object, or a tuple of what it holds."
    )


def test_only_component_tags_mark_text_as_safe() -> None:
    """Everything else is escaped, so a name from a roster is never markup."""
    tags = tree.PACKAGE / "web" / "templatetags"
    marked = [
        tree.name_of(path)
        for path in tree.files("src/*.py", "src/*.html")
        if tags not in path.parents
        and re.search(r"\bmark_safe\b|\|\s*safe\b|autoescape off", tree.text_of(path))
    ]
    assert marked == [], "Use format_html, json_script, or a component of web/templatetags."


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (HOSTS, "Packages come from where the machine's own settings say."),
        (MACHINE_PATHS, "Paths are relative to the tree or come from the environment."),
    ],
)
def test_no_file_names_this_machine_or_its_registries(
    pattern: re.Pattern[str], instead: str
) -> None:
    """A clone must work on any machine, behind any mirror."""
    named_in = [
        f"{tree.name_of(path)}: {found[0]}"
        for path in tree.files()
        if path != Path(__file__) and (found := pattern.search(readable(path)))
    ]
    assert named_in == [], instead


def readable(path: Path) -> str:
    """Return the text of a file; an empty one for pictures and the like."""
    try:
        return tree.text_of(path)
    except UnicodeDecodeError:
        return ""


def test_templates_hold_no_inline_script_or_style() -> None:
    """The content security policy refuses them, silently, on the family's phone."""
    inline = [
        tree.name_of(path)
        for path in tree.files("src/*.html")
        if re.search(
            r"<script(?![^>]*(?:src=|application/json))|<style|\son\w+=", tree.text_of(path)
        )
    ]
    assert inline == [], "Put it into the module's static folder, hooked by a data- attribute."
