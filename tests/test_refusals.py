"""Every refusal has a stable code, a sentence in both languages, and a test that names it.

Codes are the words given to RuleBroken (or a kind of it), every member of an enum called
Refusal, and whatever else has a sentence (the faults of a roster's rows). Ingest has its own, because it never loads Django: Reason, and Clipped for parts of a map.
"""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

from mingtian.attendance.ingest import sentences as ingest_sentences
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.rules import Clipped
from mingtian.core.errors import RuleBroken
from mingtian.run.messages import placeholders
from mingtian.web.refusals import sentences
from tests import tree

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MEMBER = re.compile(r'^ +([A-Z_]+) = "([^"\n]+)"$', re.MULTILINE)
CODE = re.compile(r"\A[a-z][a-z0-9_]+\Z")


@cache
def raised() -> dict[str, set[str]]:
    """Return each code with the facts that come with it wherever it is raised."""
    found: dict[str, set[str]] = {}
    for path in tree.sources():
        if "RuleBroken" in tree.text_of(path) or "Refus" in tree.text_of(path):
            for code, facts in codes_in(path):
                found[code] = found.get(code, facts) & facts
    return found


def codes_in(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield what one file refuses with; a code worked out at run time comes from an enum."""
    names = vars(import_module(tree.module_of(path)))
    for node in ast.walk(tree.syntax_of(path)):
        if isinstance(node, ast.Call) and node.args and refuses(node.func, names):
            facts = {word.arg for word in node.keywords if word.arg}
            code = constant(node.args[0], names)
            if code is not None:
                yield code, facts


def refuses(function: ast.expr, names: dict[str, object]) -> bool:
    raiser = names.get(function.id) if isinstance(function, ast.Name) else None
    return isinstance(raiser, type) and issubclass(raiser, RuleBroken)


def constant(argument: ast.expr, names: dict[str, object]) -> str | None:
    """Return the code that is written in the call: a word, or a member of an enum."""
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
        owner = names.get(argument.value.id)
        if isinstance(owner, type) and issubclass(owner, StrEnum):
            return owner[argument.attr].value
    return None


def named_in_enums() -> Iterator[str]:
    """Yield the codes that modules list in an enum called Refusal."""
    for path in tree.sources():
        if "class Refusal(" in tree.text_of(path):
            yield from vars(import_module(tree.module_of(path)))["Refusal"]


def ways_to_write(code: str) -> list[str]:
    """Return how code may spell it: the word itself, or a member of some enum."""
    return [f'"{code}"', *(f".{name}" for name in members().get(code, ()))]


@cache
def members() -> dict[str, set[str]]:
    """Return each word with the names that enums and constants give it, reading the product once."""
    found: dict[str, set[str]] = {}
    for name, code in re.findall(MEMBER, words_of_the_product()):
        found.setdefault(code, set()).add(name)
    return found


@cache
def words_of_the_product() -> str:
    return "".join(tree.text_of(path) for path in tree.sources() if path.stem != "sentences")


@cache
def words_of_tests() -> str:
    return "".join(tree.text_of(path) for path in tree.files("src/*/tests/*.py"))


def named_by_a_test(code: str) -> bool:
    return any(way in words_of_tests() for way in ways_to_write(code))


CODES = sorted({*raised(), *named_in_enums(), *sentences()})


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_tells_the_reader_what_to_do_in_both_languages(code: str) -> None:
    assert CODE.match(code)
    assert code in sentences(), "Add the code to SENTENCES in the module's sentences.py."

    with translation.override("zh-hans"):
        assert CHINESE.search(str(sentences()[code])), "Translate the sentence (bin/messages)."
    with translation.override("en"):
        assert not CHINESE.search(str(sentences()[code]))


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_names_only_facts_that_come_with_the_refusal(code: str) -> None:
    """A missing fact would turn the refusal into a server error."""
    with translation.override("en"):
        named = placeholders(str(sentences().get(code, "")))
    assert named <= raised().get(code, named)


@pytest.mark.parametrize("code", sorted(sentences()))
def test_no_sentence_is_left_over(code: str) -> None:
    assert f'"{code}"' in words_of_the_product(), "Nothing refuses with this code; delete it."


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_is_named_by_a_test(code: str) -> None:
    """A refusal that no test provokes may be one that cannot happen, or always does."""
    assert named_by_a_test(code), f"Write a test that meets {code}."


@pytest.mark.parametrize("reason", [*Reason, *Clipped])
def test_a_reason_of_ingest_is_named_by_a_test(reason: str) -> None:
    assert named_by_a_test(reason), f"Write a test that meets {reason}."


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_of_ingest_has_a_sentence_in_both_languages(reason: Reason) -> None:
    assert CHINESE.search(ingest_sentences.sentence(reason, "zh-hans"))
    assert not CHINESE.search(ingest_sentences.sentence(reason, "en"))
