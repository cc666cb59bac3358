"""What the vault asks and tells those above it.

A module that keeps something about protected children names, in its application's ``ready()``, a
function that lets all of it go, and one that says what must end before a file is closed, if anything.
Both run in the transaction of the erasure or the closing, as the keeper.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtian.vault.access import Door

Forget = Callable[[int, datetime], int]
"""``forget(child, now)`` deletes what a module keeps about a child and returns how many rows went."""

Unfinished = Callable[[int], str]
"""``unfinished(child)`` returns the code of the refusal that says what must end first, or ''."""

End = Callable[["Door", int, str], None]
"""``end(door, child, public_id)`` ends the thing that gave a part, and the part with it, by a person's hand."""

_forgetting: dict[str, Forget] = {}
_finishing: dict[str, Unfinished] = {}
_ending: dict[str, End] = {}


def forget_with(module: str, forget: Forget) -> None:
    """Have ``forget`` called whenever a child is erased."""
    _forgetting[module] = forget


def forget_everywhere(child: int, now: datetime) -> dict[str, int]:
    """Let every module forget the child; returns the rows that went, by module."""
    return {module: forget(child, now) for module, forget in _forgetting.items()}


def close_after(module: str, unfinished: Unfinished) -> None:
    """Have ``unfinished`` asked whenever somebody closes a child's file."""
    _finishing[module] = unfinished


def first_unfinished(child: int) -> str:
    """Return the first module's word on what must end before the file is closed, or ''."""
    return next((code for ask in _finishing.values() if (code := ask(child))), "")


def end_with(kind: str, end: End) -> None:
    """Have ``end`` called when somebody ends a part whose source is ``<kind>:<public id>``."""
    _ending[kind] = end


def end_by_source(door: "Door", child: int, source: str) -> None:
    """Have the module that gave a part end it, with whatever it knows of it."""
    kind, _, public_id = source.partition(":")
    _ending[kind](door, child, public_id)
