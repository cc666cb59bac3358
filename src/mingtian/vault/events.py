"""What the vault tells those above it.

A module that keeps something about protected children names, in its application's ``ready()``, a
function that lets all of it go. It runs in the transaction of the erasure, as the keeper.
"""

from collections.abc import Callable
from datetime import datetime

Forget = Callable[[int, datetime], int]
"""``forget(child, now)`` deletes what a module keeps about a child and returns how many rows went."""

_forgetting: dict[str, Forget] = {}


def forget_with(module: str, forget: Forget) -> None:
    """Have ``forget`` called whenever a child is erased."""
    _forgetting[module] = forget


def forget_everywhere(child: int, now: datetime) -> dict[str, int]:
    """Let every module forget the child; returns the rows that went, by module."""
    return {module: forget(child, now) for module, forget in _forgetting.items()}
