"""Every refusal of this module has a sentence that takes its facts."""

import ast
from pathlib import Path

from django.utils import translation

from mingtian.core.errors import RuleBroken
from mingtian.org.sentences import SENTENCES
from mingtian.web.refusals import sentence

FOLDER = Path(__file__).parents[1]


def refusals() -> list[tuple[str, set[str]]]:
    """Return each code raised in this module with the names of its facts."""
    found = []
    for path in FOLDER.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleBroken":
                assert isinstance(node.args[0], ast.Constant)
                found.append((str(node.args[0].value), {str(word.arg) for word in node.keywords}))
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert {code for code, _facts in refusals()} == SENTENCES.keys()


def test_every_sentence_can_be_said_with_its_facts() -> None:
    with translation.override("en"):
        for code, facts in refusals():
            told = sentence(RuleBroken(code, **dict.fromkeys(facts, "x")))

            assert "%(" not in told
            assert told.endswith(".")
