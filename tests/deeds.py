"""What the product writes into the audit trail, read out of its syntax.

A code is written in the call, or handed on by a function of the same module as one of its
parameters, or ends with the value of an enum.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

from mingtian.attendance.rules import AppealState
from mingtian.care.rules import PlanState
from mingtian.comments.rules import State as CommentState
from mingtian.gifts.rules import MoveKind, NeedState
from mingtian.vault.rules import Asking, FileState, Verdict
from tests import tree

ENDINGS: dict[str, type[StrEnum]] = {
    "attendance.appeal_": AppealState,
    "care.plan_": PlanState,
    "comments.": CommentState,
    "gifts.need_": NeedState,
    "gifts.stock_": MoveKind,
    "vault.asked_to_": Asking,
    "vault.file_": FileState,
    "vault.glass_": Verdict,
}
"""Codes whose end is worked out at run time, by their beginning."""


class Unreadable(AssertionError):
    """A code that cannot be read out of the syntax; write it in the call, or name its enum above."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call, with the functions around it, the innermost first."""

    path: Path
    node: ast.Call
    around: tuple[ast.FunctionDef, ...]

    @property
    def module(self) -> str:
        return self.path.relative_to(tree.PACKAGE).parts[0]


@cache
def codes() -> frozenset[str]:
    """Return every code that the product may write into the trail."""
    found: set[str] = set()
    for call in calls():
        action = argument(call.node, "action")
        if action is not None and _writes(call):
            found |= values(action, call)
    return frozenset(found)


@cache
def subjects() -> frozenset[str]:
    """Return the subjects that are written down whole, so that they name no single thing."""
    return frozenset(
        subject.value
        for call in calls()
        if _writes(call)
        for subject in [argument(call.node, "subject")]
        if isinstance(subject, ast.Constant) and isinstance(subject.value, str)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What one call notes under a key, and the call in which it is written down."""

    key: str
    value: ast.expr
    call: Call


@cache
def noted() -> frozenset[str]:
    """Return every key under which the product may note something with an action."""
    return frozenset(note.key for note in notes())


@cache
def notes() -> tuple[Note, ...]:
    """Return everything that is noted with an action, under each key as often as it is written."""
    return tuple(note for call in calls() if _writes(call) for note in _notes(call))


def _notes(call: Call) -> Iterator[Note]:
    for word in call.node.keywords:
        if word.arg is None:
            yield from _spread(word.value, call)
        elif word.arg not in OWN:
            yield Note(key=word.arg, value=word.value, call=call)


OWN = {"actor", "action", "subject", "now"}
"""What every entry has; the rest of a call is noted with it."""


def _spread(held: ast.expr, call: Call) -> Iterator[Note]:
    """Yield what ``**held`` brings in: of dictionaries here, or of what callers pass."""
    if not isinstance(held, ast.Name):
        yield from _written(held, call)
        return
    found = False
    for function in call.around:
        if function.args.kwarg is not None and function.args.kwarg.arg == held.id:
            yield from _of_callers(function, call)
            return
        for node in ast.walk(function):
            if isinstance(node, ast.AugAssign) and ast.unparse(node.target) == held.id:
                found = True
                yield from _of_terms()
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if ast.unparse(target).partition("[")[0] == held.id and node.value is not None:
                    found = True
                    if isinstance(target, ast.Subscript):
                        yield from _under(target.slice, node.value, call)
                    yield from _written(node.value, call)
    if not found:
        raise Unreadable(f"{tree.name_of(call.path)}:{held.lineno}: **{held.id}")


def _of_callers(function: ast.FunctionDef, call: Call) -> Iterator[Note]:
    own = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    for other in callers(function, call):
        for word in other.node.keywords:
            if word.arg is None:
                yield from _spread(word.value, other)
            elif word.arg not in own:
                yield Note(key=word.arg, value=word.value, call=other)


def _of_terms() -> Iterator[Note]:
    """Yield what modules count when a campaign's people are let go of."""
    for path in tree.sources():
        for node in ast.walk(tree.syntax_of(path)):
            if isinstance(node, ast.FunctionDef) and node.name in {"end_term", "count_term"}:
                at = Call(path=path, node=NOBODY, around=(node,))
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Subscript):
                        yield from _under(inner.slice, inner, at)
                yield from _written(node, at)


NOBODY = ast.Call(func=ast.Name(id="nobody"), args=[], keywords=[])


def _written(node: ast.AST, call: Call) -> Iterator[Note]:
    """Yield what dictionaries hold under words."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Dict):
            for key, value in zip(inner.keys, inner.values, strict=True):
                yield from _under(key, value, call)
        elif isinstance(inner, ast.Call) and ast.unparse(inner.func) == "dict.fromkeys":
            for key in getattr(inner.args[0], "elts", []):
                yield from _under(key, inner.args[1], call)


def _under(key: ast.expr | None, value: ast.expr, call: Call) -> Iterator[Note]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield Note(key=key.value, value=value, call=call)


def _writes(call: Call) -> bool:
    """Say whether the call is core's own record, and no function of that name elsewhere."""
    name = ast.unparse(call.node.func)
    return name == "audit.record" or (name == "record" and call.module == "core")


@cache
def calls() -> tuple[Call, ...]:
    return tuple(call for path in tree.sources() for call in _calls_in(path))


def _calls_in(path: Path) -> Iterator[Call]:
    def walk(node: ast.AST, around: tuple[ast.FunctionDef, ...]) -> Iterator[Call]:
        if isinstance(node, ast.Call):
            yield Call(path=path, node=node, around=around)
        inner = (node, *around) if isinstance(node, ast.FunctionDef) else around
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inner)

    return walk(tree.syntax_of(path), ())


def argument(call: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
    """Return what a call passes by name or, failing that, at a position."""
    for word in call.keywords:
        if word.arg == name:
            return word.value
    if position is not None and position < len(call.args):
        return call.args[position]
    return None


def values(expression: ast.expr, call: Call) -> set[str]:
    """Return what an expression may be where it stands. Raises Unreadable."""
    match expression:
        case ast.Constant(value=str(word)):
            return {word}
        case ast.IfExp(body=body, orelse=orelse):
            return values(body, call) | values(orelse, call)
        case ast.JoinedStr(values=parts):
            return _joined(parts, call)
        case ast.Name(id=name):
            return _named(name, call)
    raise Unreadable(f"{tree.name_of(call.path)}:{expression.lineno}: {ast.unparse(expression)}")


def _joined(parts: list[ast.expr], call: Call) -> set[str]:
    if isinstance(parts[0], ast.Constant):
        beginning = str(parts[0].value)
        for known in (beginning, f"{call.module}.{beginning}"):
            if known in ENDINGS:
                return {f"{beginning}{ending.value}" for ending in ENDINGS[known]}
    ways = [
        values(part.value if isinstance(part, ast.FormattedValue) else part, call) for part in parts
    ]
    return {"".join(way) for way in product(*ways)}


def _named(name: str, call: Call) -> set[str]:
    """Return what a name may hold: a local or module constant, or what callers pass."""
    for function in call.around:
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                return values(node.value, call)
        parameters = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
        if name in parameters:
            return _passed(function, name, parameters.index(name), call)
    for node in tree.syntax_of(call.path).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return values(node.value, call)
    raise Unreadable(f"{tree.name_of(call.path)}: {name}")


def _passed(function: ast.FunctionDef, name: str, position: int, call: Call) -> set[str]:
    """Return what the callers of a function pass: in its file if it is private, else its module."""
    found: set[str] = set()
    for other in callers(function, call):
        passed = argument(other.node, name, position)
        if passed is not None:
            found |= values(passed, other)
    if not found:
        raise Unreadable(f"{tree.name_of(call.path)}: nobody calls {function.name}")
    return found


def callers(function: ast.FunctionDef, call: Call) -> Iterator[Call]:
    """Yield who calls a function: in its file if it is private, else in its module."""
    for other in calls():
        near = other.path == call.path or not function.name.startswith("_")
        called = ast.unparse(other.node.func).rpartition(".")[2] == function.name
        if near and called and other.module == call.module and not _writes(other):
            yield other
