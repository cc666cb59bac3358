"""Children whose term is over are erased."""

from dataclasses import dataclass
from datetime import datetime

from mingtian.children.queries.terms import list_over
from mingtian.core.errors import RuleBroken
from mingtian.vault.actions import erase
from mingtian.vault.rules import Basis


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """What the end of terms did: how many were erased, and which numbers another module still needs."""

    erased: int
    needed: tuple[str, ...]


def end_terms(*, now: datetime, actor: str) -> Ended:
    """Erase every child whose term is over, each by itself. Safe to repeat.

    A module that must not let go yet, because money is on its way, say, keeps the child for now.
    """
    needed: list[str] = []
    over = list_over(now)
    for child, number in over:
        try:
            erase(child, basis=Basis.TERM, now=now, actor=actor)
        except RuleBroken:
            needed.append(number)
    return Ended(erased=len(over) - len(needed), needed=tuple(needed))
