"""Whatever the product writes into the audit trail is told in both languages."""

import ast
import re
from collections import defaultdict
from enum import Enum
from functools import cache

import pytest
from django.utils import translation
from django.utils.functional import Promise

from mingtian.staff.noted import NOTED
from mingtian.staff.queries.trail import NO_ONE_THING, UNITS
from mingtian.staff.words import EVERYWHERE, areas, deed_word, deeds, values
from mingtian.web.refusals import sentences
from tests.deed_codes import codes_of
from tests.deeds import codes, noted, notes, subjects

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"\A[a-z]+\.[a-z][a-z_]+\Z")
NUMBER_OF_A_UNIT = re.compile(
    r"\b(?:\w+_)?(?:unit|school|office|above)(?:_id|\.(?:id|pk|public_id))\Z"
)


@cache
def noted_codes() -> dict[str, set[str]]:
    """Return what may be noted under a key by a module, as far as it can be read."""
    found: dict[str, set[str]] = defaultdict(set)
    for note in notes():
        found[f"{note.call.module}.{note.key}"] |= codes_of(note)
    return {place: known for place, known in found.items() if known}


@pytest.mark.parametrize("code", sorted(codes() | deeds().keys()))
def test_an_action_is_told_in_both_languages(code: str) -> None:
    assert CODE.match(code)
    assert code in deeds(), "Add the action to DEEDS in the module's deeds.py."
    assert code in codes(), "Nothing writes this action; delete its words."

    with translation.override("zh-hans"):
        assert CHINESE.search(deed_word(code)), "Translate the words (bin/messages)."
    with translation.override("en"):
        assert not CHINESE.search(deed_word(code))


def test_an_action_belongs_to_the_module_that_writes_it() -> None:
    beginnings = {beginning for beginning, _words in areas()}

    assert {f"{code.partition('.')[0]}." for code in deeds()} == beginnings


@pytest.mark.parametrize("key", sorted(noted() | NOTED.keys()))
def test_what_is_noted_with_an_action_is_told_in_both_languages(key: str) -> None:
    assert key in NOTED, "Add the key to NOTED in staff/noted.py."
    assert key in noted(), "Nothing notes this; delete its words."

    with translation.override("zh-hans"):
        assert CHINESE.search(str(NOTED[key])), "Translate the words (bin/messages)."
    with translation.override("en"):
        assert not CHINESE.search(str(NOTED[key]))


@pytest.mark.parametrize("place", sorted(noted_codes()))
def test_a_code_noted_with_an_action_has_words(place: str) -> None:
    module, key = place.split(".")
    told = {str(code) for code in EVERYWHERE.get(key, {})}
    for where, words in values().items():
        if where.startswith(f"{module}.") and where.endswith(f".{key}"):
            told |= {str(code) for code in words}
    if key == "code":
        told |= sentences().keys()

    assert noted_codes()[place] <= told, "Add the code to VALUES in a module's deeds.py."


@pytest.mark.parametrize("place", sorted(values()))
def test_words_for_codes_are_complete_and_in_both_languages(place: str) -> None:
    action, _, key = place.rpartition(".")
    module = action.partition(".")[0]
    kinds = {type(code) for code in values()[place] if isinstance(code, Enum)}
    words = [each for each in values()[place].values() if isinstance(each, Promise)]

    assert (module, key) in {(note.call.module, note.key) for note in notes()}, "Delete the words."
    assert action == module or action in codes(), "Nothing writes this action; delete the words."
    assert {code for kind in kinds for code in kind} <= values()[place].keys()
    with translation.override("zh-hans"):
        assert all(CHINESE.search(str(each)) for each in words), "Translate them (bin/messages)."
    with translation.override("en"):
        assert not any(CHINESE.search(str(each)) for each in words)


def test_units_are_noted_under_the_keys_that_are_told_by_name() -> None:
    """The page looks units up by these keys alone; another would show a number."""
    under = {note.key for note in notes() if NUMBER_OF_A_UNIT.search(ast.unparse(note.value))}

    assert under <= UNITS <= noted()


def test_a_subject_that_is_no_single_thing_is_not_told_as_a_code() -> None:
    """``list:many`` is put together from a list's id where there is one only."""
    assert NO_ONE_THING - {"list:many"} == subjects()
