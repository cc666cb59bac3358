"""What roles are called on the pages of accounts, and what entries of the trail say.

Each module keeps the words for its actions in a file ``deeds.py`` as ``DEEDS``: code → lazy
translation of what was done, and ``AREA``, what they belong to. Nothing is imported upward: the
files are found through the list of installed applications.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.utils.functional import Promise

from mingtian.org.queries.words import ROLE_WORDS
from mingtian.org.rules import Role


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


@cache
def _files() -> dict[str, ModuleType]:
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("mingtian.")]
    return {
        name.removeprefix("mingtian."): import_module(f"{name}.deeds")
        for name in names
        if find_spec(f"{name}.deeds") is not None
    }
