"""Every refusal of this module has a sentence, and every sentence its refusal."""

import ast
from pathlib import Path

from mingtian.people.rules import ValueFault
from mingtian.people.sentences import SENTENCES

FOLDER = Path(__file__).parents[1]
MAKERS = {"RuleBroken", "Problem", "Unknown"}


def codes() -> set[str]:
    """Return each code that this module raises or tells of a row."""
    found = {fault.value for fault in ValueFault}
    for path in FOLDER.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                found |= {
                    word.value
                    for argument in node.args
                    for word in ast.walk(argument)
                    if isinstance(word, ast.Constant)
                    and isinstance(word.value, str)
                    and "_" in word.value
                    and word.value != "class_name"
                }
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes() == SENTENCES.keys()
