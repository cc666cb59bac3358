"""What is open at a post, asked of every module that says so (core.todo)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo
from mingtian.org.queries import list_posts
from mingtian.staff.actions.posts import Open

Lister = Callable[..., list[Todo]]


def open_things(user_id: int, post_id: int, *, now: datetime) -> list[Open]:
    """Return what waits for the holder of one post and what the holder has in hand.

    As it is kept with a hand-over.
    """
    posts = [post for post in list_posts(user_id, day_of(now)) if post.id == post_id]
    if not posts:
        return []
    return [
        {"kind": todo.kind, "text": str(todo.text), "about": str(todo.about), "number": todo.number}
        for lister in _listers()
        for todo in sorted(lister(posts, now=now), key=lambda todo: todo.when)
    ]


@cache
def _listers() -> tuple[Lister, ...]:
    return tuple(_found())


def _found() -> Iterator[Lister]:
    # Modules above this one are found through the list of installed applications, never imported.
    for application in apps.get_app_configs():
        name = f"{application.name}.queries"
        if not application.name.startswith("mingtian.") or find_spec(name) is None:
            continue
        if getattr(import_module(name), "__path__", None) and find_spec(f"{name}.todo"):
            todo = import_module(f"{name}.todo")
            # The vault has its counts asked for by module, and names nothing of its own.
            if hasattr(todo, "list_todos"):
                yield todo.list_todos
            if hasattr(todo, "list_in_hand"):
                yield todo.list_in_hand
