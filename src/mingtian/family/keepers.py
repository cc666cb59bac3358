"""Where the modules keep something about people, and how each lets go of it.

Every module that keeps something offers ``queries.kept_about`` and ``actions.forget``, and for
the end of a term ``queries.count_term`` and ``actions.end_term`` (mingtian.core.keeping). They are found by name, as the sentences of refusals are, so a module
of a later day is asked too once it stands in the list.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import isfunction
from pkgutil import iter_modules
from typing import Protocol, cast

from mingtian.core.keeping import Kept, Term

KEEPERS = ("wechat", "screenshots", "comments", "certificates", "attendance", "readiness", "people")
"""In the order in which they let go: what points at others first, the people themselves last."""

Reads = Callable[[Collection[int]], list[Kept]]
Counts = Callable[[Term], dict[str, int]]


class Forgets(Protocol):
    """Removes what one module keeps about persons; returns how many rows went."""

    def __call__(self, person_ids: Collection[int], *, now: datetime, actor: str) -> int: ...


class Ends(Protocol):
    """Lets go of what one module keeps of a campaign; returns the rows by a stable word."""

    def __call__(self, term: Term, *, now: datetime, actor: str) -> dict[str, int]: ...


def readers() -> dict[str, Reads]:
    """Return, by module, what reads everything that it keeps about persons."""
    return {name: cast(Reads, door) for name, door in _doors("queries", "kept_about", KEEPERS)}


def forgetters() -> dict[str, Forgets]:
    """Return, by module, what removes it; the people themselves go by people.actions.leaving."""
    return {name: cast(Forgets, door) for name, door in _doors("actions", "forget", KEEPERS[:-1])}


def term_counters() -> dict[str, Counts]:
    """Return, by module, what counts the rows that go at the end of a term."""
    return {name: cast(Counts, door) for name, door in _doors("queries", "count_term", KEEPERS)}


def term_enders() -> dict[str, Ends]:
    """Return, by module in the order of letting go, what removes those rows."""
    return {name: cast(Ends, door) for name, door in _doors("actions", "end_term", KEEPERS)}


def _doors(part: str, name: str, modules: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """Yield the doors of those modules that have such a part; one without it keeps nothing."""
    for module in modules:
        if find_spec(f"mingtian.{module}.{part}") is not None:
            yield module, _door(module, part, name)


@cache
def _door(module: str, part: str, name: str) -> object:
    """Return ``name`` from the module's queries or actions, or from a file inside them."""
    package = import_module(f"mingtian.{module}.{part}")
    inside = iter_modules(getattr(package, "__path__", []), f"{package.__name__}.")
    for place in (package.__name__, *(one.name for one in inside)):
        door = getattr(import_module(place), name, None)
        if isfunction(door):
            return door
    raise ImportError(f"{package.__name__} offers no {name}")
