"""The notice for families names every cookie that the pages set, in both languages (PIPL 17)."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from mingtian.people.queries.notices import LANGUAGES, notice_template
from mingtian.people.rules import CONSENT_VERSION
from tests.tree import files, sources, text_of

STAFF = {settings.SESSION_COOKIE_NAME}
"""Set at the sign-in of staff only."""

BY_SCRIPT = re.compile(r'document\.cookie\s*=\s*"(\w+)=')
BY_SERVER = re.compile(r'(?:set_cookie\(\s*|_keep\(response, |_remember\([\w, ]*)("?[\w.]+"?)')
BY_INGEST = re.compile(r'"set-cookie", f"(\w+)=')
FROM_SETTINGS = {"settings.LANGUAGE_COOKIE_NAME": settings.LANGUAGE_COOKIE_NAME}


def cookies_set() -> set[str]:
    found = {settings.CSRF_COOKIE_NAME}
    for path in files("src/**/static/**/*.js"):
        found |= set(BY_SCRIPT.findall(text_of(path)))
    for path in sources():
        text = text_of(path)
        found |= set(BY_INGEST.findall(text))
        for word in BY_SERVER.findall(text):
            if word.startswith('"'):
                found.add(word.strip('"'))
            elif word in FROM_SETTINGS:
                found.add(FROM_SETTINGS[word])
            elif constant := re.search(rf'^{re.escape(word)} = "(\w+)"', text, re.MULTILINE):
                found.add(constant[1])
    return found


def test_the_cookies_of_the_tree_are_found() -> None:
    assert cookies_set() >= {"hall", "type", "lang", "my", "my_home", "snapshot", "wechat_known"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_every_cookie_that_a_family_gets(language: str) -> None:
    name = notice_template(CONSENT_VERSION, language, "full")
    assert name is not None
    text = render_to_string(name)

    assert {each for each in cookies_set() - STAFF if f"“{each}”" not in text} == set()
