"""The matrix of part, file and class stands in the documents as it stands in the code (AID-1)."""

import re

from tests import tree

from mingtian.vault.rules import OPENED, FieldClass, FileState, Part

PAGE = tree.ROOT / "docs" / "mechanisms" / "vault.md"
LINE = re.compile(r"^\| (\w+) \| (open|closed) \| (.+) \|$", re.MULTILINE)


def test_the_documents_say_what_each_part_opens() -> None:
    told = {
        (Part(part), FileState(state)): frozenset(
            one for one, word in zip(FieldClass, cells.split(" | "), strict=True) if word == "yes"
        )
        for part, state, cells in LINE.findall(PAGE.read_text(encoding="utf-8"))
    }
    assert told == dict(OPENED)


def test_every_part_is_decided_for_every_state() -> None:
    assert set(OPENED) == {(part, state) for part in Part for state in FileState}


def test_nobody_but_the_counsellor_opens_talks() -> None:
    opening = {part for (part, _), classes in OPENED.items() if FieldClass.TALKS in classes}
    assert opening == {Part.COUNSELLOR}
