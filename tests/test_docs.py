"""What the documents promise is there, and what is there is in the documents."""

import ast
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import mingtian
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.rules import Clipped
from tests import tree

DOCUMENTS = tree.files("*.md")
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
READERS = {"text", "flag", "whole", "words", "keys", "web_origin"}
SETTINGS = tree.ROOT / "docs" / "operations" / "settings.md"
WIRE = tree.ROOT / "docs" / "mechanisms" / "ingest.md"


def anchors(page: Path) -> set[str]:
    """Return the names under which the headings of a page can be linked."""
    headings = HEADING.findall(tree.text_of(page))
    return {re.sub(r"[^\w\- ]", "", one.strip().lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", DOCUMENTS, ids=tree.name_of)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(tree.text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, wanted = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (wanted and wanted not in anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=tree.name_of)
def test_commands_in_documents_exist(page: Path) -> None:
    named = set(re.findall(r"(?<![\w/.])bin/([a-z]+)\b", tree.text_of(page)))
    assert sorted(name for name in named if not (tree.ROOT / "bin" / name).exists()) == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=tree.name_of)
def test_files_of_the_product_named_in_documents_exist(page: Path) -> None:
    named = set(re.findall(r"`(src/[\w/.]+|tests/[\w/.]+|docs/[\w/.-]+)`", tree.text_of(page)))
    assert sorted(name for name in named if not (tree.ROOT / name.rstrip("/")).exists()) == []


def test_every_command_has_a_line_in_the_list_of_commands() -> None:
    commands = {path.name for path in tree.files("bin/*") if path.suffix != ".md"}
    listed = set(
        re.findall(r"^\| `(\w+)` \|", tree.text_of(tree.ROOT / "bin/README.md"), re.MULTILINE)
    )
    assert commands == listed


def test_every_command_can_be_run() -> None:
    commands = [path for path in tree.files("bin/*") if path.suffix != ".md"]
    assert [path.name for path in commands if not os.access(path, os.X_OK)] == []


def test_every_module_is_described() -> None:
    """A module that nobody can place is where things end up that belong nowhere."""
    described = set(
        re.findall(r"^## (\w+)$", tree.text_of(tree.ROOT / "docs/modules.md"), re.MULTILINE)
    )
    assert described == set(tree.modules())


def variables_read() -> Iterator[str]:
    """Yield the names of the environment variables that the product reads."""
    for path in tree.files("src/*.py", "bench/*.py", "scenarios/*.py"):
        for node in ast.walk(tree.syntax_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) == "env"
                and node.func.attr in READERS
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_setting_is_described_and_every_described_one_is_read() -> None:
    described = re.findall(r"^\| `([A-Z_]+)` \|", tree.text_of(SETTINGS), re.MULTILINE)
    assert sorted(described) == sorted(set(variables_read()))


def test_the_environment_is_read_in_one_place() -> None:
    """Elsewhere a wrong value would be met in the middle of an evening."""
    readers = [
        tree.name_of(path)
        for path in tree.sources()
        if path != tree.PACKAGE / "core" / "env.py"
        and re.search(r"os\.environ(?:\.get\(|\[(?![^\]]*\] =))|os\.getenv", tree.text_of(path))
    ]
    assert readers == [], "Add a line to settings.py through mingtian.core.env."


@pytest.mark.parametrize("word", [*Reason, *Clipped])
def test_the_page_of_the_wire_names_every_reason(word: str) -> None:
    assert f"`{word}`" in tree.text_of(WIRE)


def glossary() -> list[tuple[str, str]]:
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$",
        tree.text_of(tree.ROOT / "docs/glossary.md"),
        re.MULTILINE,
    )
    return [(chinese, english) for chinese, english in rows if chinese not in {"中文", "---"}]


def test_a_word_has_one_row_in_the_glossary() -> None:
    counted = Counter(
        word for row in glossary() for cell in row for word in re.split("、|, ", cell)
    )
    assert [word for word, times in counted.items() if times > 1] == []


def test_the_glossary_gives_both_languages() -> None:
    for chinese, english in glossary():
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert re.match(r"[a-z\- ]+\Z", english)


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    first = re.search(r"^## (\S+)", tree.text_of(tree.ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == mingtian.__version__


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("README.md", 60, 120), ("CONTRIBUTING.md", 80, 150), ("docs/architecture.md", 60, 150)],
)
def test_documents_have_the_length_that_is_read(name: str, least: int, most: int) -> None:
    assert least <= tree.text_of(tree.ROOT / name).count("\n") <= most
