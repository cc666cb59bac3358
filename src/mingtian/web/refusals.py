"""Turns the code of a refusal into a sentence for people, in the reader's language.

Each module keeps its sentences in a file ``sentences.py`` as ``SENTENCES``: code → lazy
translation that says what is wrong and what to do. A sentence may name facts of the
refusal as ``%(name)s``. Nothing is imported upward: the files are found through the list
of installed applications.
"""

import logging
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext

from mingtian.core.errors import RuleBroken

log = logging.getLogger(__name__)


class TwoSentences(ValueError):
    """Two modules give a sentence for the same code; one of the codes needs another word."""


@cache
def sentences() -> dict[str, str | Promise]:
    """Return every code with its sentence, of all modules. Read once."""
    found: dict[str, str | Promise] = {}
    for application in apps.get_app_configs():
        name = f"{application.name}.sentences"
        if not application.name.startswith("mingtian.") or find_spec(name) is None:
            continue
        own = import_module(name).SENTENCES
        if twice := found.keys() & own.keys():
            raise TwoSentences(", ".join(sorted(twice)))
        found |= own
    return found


def sentence(refusal: RuleBroken) -> str:
    """Return what to tell the reader. A code without a sentence is logged and told in general."""
    known = sentences().get(refusal.code)
    if known is None:
        log.error("No sentence for %s.", refusal.code, extra={"action": "refusal_unknown"})
        return gettext("This cannot be done now. Go back and try again, or ask your office.")
    return str(known) % refusal.facts if refusal.facts else str(known)


def told(refusal: RuleBroken | None) -> dict[str, object]:
    """Return what a template shows of a refusal: itself and its sentence, empty without one."""
    return {"refusal": refusal, "told": sentence(refusal) if refusal else ""}
