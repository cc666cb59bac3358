"""Whatever the product writes into the audit trail is told in both languages."""

import re

import pytest
from django.utils import translation

from mingtian.staff.noted import NOTED
from mingtian.staff.words import areas, deed_word, deeds
from tests.deeds import codes, noted

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"\A[a-z]+\.[a-z][a-z_]+\Z")


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
