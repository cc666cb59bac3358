"""Asks every module what waits for some posts, and what it finds for some words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from mingtian.closings.queries import todo as days_todo
from mingtian.closings.queries.todo import DeskDay
from mingtian.core.finding import Found
from mingtian.core.todo import Todo
from mingtian.org.queries import PostRow
from mingtian.vault.queries.todo import list_waiting


def todos_for(posts: Sequence[PostRow], days: Sequence[DeskDay], *, now: datetime) -> list[Todo]:
    """Return what waits, the most urgent first, then the earliest due.

    What closings would ask stands in ``days``, which the desk shows anyway.
    """
    if not posts:
        return []
    offering = [module for module in _offering("todo") if module is not days_todo]
    # Modules of care are asked together, in one statement that gives counts alone.
    counted = {_owner(module): module.SHOWN for module in offering if hasattr(module, "SHOWN")}
    alone = (module for module in offering if not hasattr(module, "SHOWN"))
    found = [todo for module in alone for todo in module.list_todos(posts, now=now)]
    found += list_waiting(counted, posts, now=now)
    found += days_todo.todos_of(posts, days, now=now)
    return sorted(found, key=lambda todo: (todo.when, _stamp(todo), todo.kind, todo.address))


def found_for(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return what the words find within reach, module by module."""
    if not posts or not words:
        return []
    found = _offering("finding")
    return [each for module in found for each in module.find(posts, words, now=now)]


def _owner(module: ModuleType) -> str:
    """Return the module of the work to which a file belongs: mingtian.care.queries.todo → care."""
    return module.__name__.split(".")[1]


def _stamp(todo: Todo) -> float:
    return todo.until.timestamp() if todo.until else float("inf")


@cache
def _offering(what: str) -> tuple[ModuleType, ...]:
    """Return the modules' files ``queries/<what>.py``, in the order of the installed list."""
    return tuple(import_module(name) for name in _names(what))


def _names(what: str) -> Iterator[str]:
    for application in apps.get_app_configs():
        if not application.name.startswith("mingtian."):
            continue
        queries = find_spec(f"{application.name}.queries")
        if queries is None or queries.submodule_search_locations is None:
            continue
        if find_spec(f"{application.name}.queries.{what}") is not None:
            yield f"{application.name}.queries.{what}"
