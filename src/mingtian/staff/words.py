"""What roles are called on the pages of accounts, and what entries of the trail say.

Each module keeps the words for its actions in a file ``deeds.py`` as ``DEEDS``: code → lazy
translation of what was done, and ``AREA``, what they belong to. ``VALUES`` are the words for codes
that are noted with actions: by ``module.key``, or by ``module.action.key`` where a key means
something else with one action. A module may add words for codes of its own that a module below
notes. Nothing is imported upward: the files are found through the list of installed applications.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from mingtian.org.queries.words import ROLE_WORDS
from mingtian.org.rules import Line, Role

Words = Mapping[Any, str | Promise]

EVERYWHERE: Mapping[str, Words] = {
    "role": ROLE_WORDS,
    "line": {
        Line.LEADS: pgettext_lazy("noted", "leading line"),
        Line.GUIDES: pgettext_lazy("noted", "guiding line"),
    },
}
"""Keys under which every module notes the same."""


def role_word(role: str) -> str:
    """Return what a role is called in the reader's language."""
    return str(ROLE_WORDS[Role(role)])


def deed_word(action: str) -> str:
    """Return what an entry says was done. An action of an earlier version is told by its code."""
    return str(deeds().get(action, action))


def areas() -> list[tuple[str, str]]:
    """Return what entries are about, as the beginning of their actions and as words."""
    return [(f"{name}.", str(file.AREA)) for name, file in _files().items()]


@cache
def deeds() -> dict[str, str | Promise]:
    """Return every action with its words, of all modules. Read once."""
    return {action: words for file in _files().values() for action, words in file.DEEDS.items()}


def code_words(action: str, key: str) -> Words:
    """Return the words of the codes that are noted under a key with an action; maybe none."""
    words, module = values(), action.partition(".")[0]
    return words.get(f"{action}.{key}") or words.get(f"{module}.{key}") or EVERYWHERE.get(key, {})


@cache
def values() -> dict[str, Words]:
    """Return the words of the noted codes of all modules. Read once."""
    found: dict[str, dict[Any, str | Promise]] = defaultdict(dict)
    for file in _files().values():
        for place, words in getattr(file, "VALUES", {}).items():
            found[place].update(words)
    return dict(found)


@cache
def _files() -> dict[str, ModuleType]:
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("mingtian.")]
    return {
        name.removeprefix("mingtian."): import_module(f"{name}.deeds")
        for name in names
        if find_spec(f"{name}.deeds") is not None
    }
