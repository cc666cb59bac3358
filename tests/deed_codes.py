"""Which codes the product notes with its actions, read out of its syntax and the types it names.

A code is written in the call, or a member of an enum, or stands in a column with choices. What an
expression is, is told by what stands written about it: the type of a parameter, of a field, of what
a function returns; a function that is handed an enum returns one of its members.

Not seen: a code that comes as a plain text, as out of a form, unless it stands in ``ENUMS``; and with
which of a module's actions it goes. What is noted in fact is looked at by ``tests/trail_words.py``.
"""

import ast
import builtins
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from inspect import get_annotations, unwrap
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from mingtian.aid.rules import SchemeKind
from mingtian.care.rules import Area, Authority, Liaison, Risk, Service, Talk
from mingtian.care.rules.leave import Leave, Passed, Urgency
from mingtian.children.rules import Category, Closing, Despite
from mingtian.closings.rules import Answer
from mingtian.comments.rules import State, ToldTo
from mingtian.gifts.rules import GiftKind, HandUndoReason, UndoReason
from mingtian.groups.rules import Vendor
from mingtian.people.rules import ExemptReason, PersonKind, StandingState
from mingtian.vault.rules import Basis
from mingtian.yearbook.rules import Measure, OfRules
from tests import tree
from tests.deeds import Call, Note, Unreadable, argument, callers

ENUMS: dict[str, tuple[type[Enum], ...]] = {
    "aid.lists": (),
    "care.areas": (Area,),
    "care.kind": (Service, Liaison, Talk),
    "care.leave": (Leave,),
    "care.level": (Risk,),
    "care.passed": (Passed,),
    "care.told": (Authority,),
    "care.urgency": (Urgency,),
    "certificates.kind": (PersonKind,),
    "children.despite": (Despite,),
    "closings.answer": (Answer,),
    "closings.kind": (PersonKind,),
    "comments.detail": (State, ToldTo),
    "gifts.kind": (GiftKind,),
    "groups.vendor": (Vendor,),
    "ledger.reason": (UndoReason, HandUndoReason),
    "people.reason": (ExemptReason,),
    "people.state": (StandingState,),
    "readiness.kind": (PersonKind,),
    "vault.basis": (Basis,),
    "vault.why": (Closing,),
    "yearbook.measure": (Measure, OfRules),
    "yearbook.word": (Category, SchemeKind),
}
"""What is noted where no type can be read: texts, numbers, lists joined to one text."""

DEEPEST = 8
"""Of a chain of names; only a circle has more."""


def codes_of(note: Note) -> set[str]:
    """Return the codes that may be noted; none for numbers, days and ids. Raises Unreadable."""
    named = ENUMS.get(f"{note.call.module}.{note.key}")
    if named is not None:
        return {str(each.value) for enum in named for each in enum}
    return {code for value, call in _sources(note.value, note.call) for code in _codes(value, call)}


def _sources(value: ast.expr, call: Call, depth: int = 0) -> Iterator[tuple[ast.expr, Call]]:
    """Yield what a value may be: either side of a condition, and what callers pass for a text."""
    if isinstance(value, ast.IfExp) and depth < DEEPEST:
        for side in (value.body, value.orelse):
            yield from _sources(side, call, depth + 1)
    elif isinstance(value, ast.Name) and depth < DEEPEST:
        passed = _given(value.id, call) or _passed(value.id, call)
        for source, there in passed:
            yield from _sources(source, there, depth + 1)
        if not passed:
            yield value, call
    else:
        yield value, call


def _given(name: str, call: Call) -> list[tuple[ast.expr, Call]]:
    """Return what is put under a name in the functions around."""
    return [
        (value, call)
        for function in call.around
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target, value in _one_by_one(node)
        if ast.unparse(target) == name
    ]


def _one_by_one(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


def _passed(name: str, call: Call) -> list[tuple[ast.expr, Call]]:
    """Return what callers pass for a parameter that is a plain text."""
    for function in call.around:
        parameters = [*function.args.args, *function.args.kwonlyargs]
        for place, each in enumerate(parameters):
            if each.arg == name and each.annotation and ast.unparse(each.annotation) == "str":
                found = ((argument(o.node, name, place), o) for o in callers(function, call))
                return [(value, other) for value, other in found if value is not None]
    return []


def _codes(value: ast.expr, call: Call) -> set[str]:
    if isinstance(value, ast.Constant):
        return {value.value} - {""} if isinstance(value.value, str) else set()
    found = _type_of(value, call)
    if isinstance(found, Field):
        return {str(code) for code, _ in found.choices or ()}
    if isinstance(found, type) and issubclass(found, Enum):
        return {str(each.value) for each in found}
    if isinstance(found, Enum):
        return {str(found.value)}
    spelled = value.func if isinstance(value, ast.Call) else value
    if isinstance(spelled, ast.Attribute) and spelled.attr in {"value", "join"}:
        where = f"{tree.name_of(call.path)}:{value.lineno}"
        raise Unreadable(f"{where}: {ast.unparse(value)}; name its enum in ENUMS.")
    return set()


def _type_of(value: ast.expr, call: Call, depth: int = 0) -> Any:
    """Return the type, the function or the column that an expression names; None if unknown."""
    if depth > DEEPEST:
        return None
    match value:
        case ast.Name(id=name):
            return _type_of_name(name, call, depth)
        case ast.Attribute(value=holder, attr=name):
            return _type_of_part(_type_of(holder, call, depth + 1), name)
        case ast.Call(func=function, args=given):
            return _type_of_reply(_type_of(function, call, depth + 1), given, call)
    return None


def _type_of_name(name: str, call: Call, depth: int) -> Any:
    module = _module(call.path)
    for source, there in _given(name, call):
        return _type_of(source, there, depth + 1)
    for function in call.around:
        for each in (*function.args.args, *function.args.kwonlyargs):
            if each.arg == name and each.annotation:
                return _evaluated(ast.unparse(each.annotation), module)
    return vars(module).get(name) or getattr(builtins, name, None)


def _type_of_part(holder: Any, name: str) -> Any:
    """Return what an attribute is: of a module, an enum, a column, or a field of a class."""
    if isinstance(holder, Enum) or (isinstance(holder, type) and issubclass(holder, Enum)):
        return holder if name == "value" else getattr(holder, name, None)
    if isinstance(holder, type) and issubclass(holder, Model):
        try:
            column = holder._meta.get_field(name)
        except FieldDoesNotExist:
            column = None
        if column is not None:
            return column.related_model if column.is_relation else column
    for each in holder.__mro__ if isinstance(holder, type) else ():
        if name in get_annotations(each):
            return _evaluated(get_annotations(each)[name], import_module(each.__module__))
    found = getattr(holder, name, None)
    return _reply(found.fget) if isinstance(found, property) else found


def _type_of_reply(function: Any, given: list[ast.expr], call: Call) -> Any:
    for each in given:
        handed = _evaluated(ast.unparse(each), _module(call.path))
        if isinstance(handed, type) and issubclass(handed, Enum):
            return handed
    if isinstance(function, type):
        return function
    return _reply(function) if callable(function) else None


def _reply(function: Any) -> Any:
    """Return the type of what a function returns."""
    own = unwrap(function)
    written = getattr(own, "__annotations__", {}).get("return")
    return _evaluated(written, import_module(own.__module__)) if written else None


def _evaluated(written: Any, module: ModuleType) -> Any:
    """Return the type that an annotation names; None for one that only type checkers know."""
    if isinstance(written, str):
        try:
            written = eval(written, vars(module))
        except (AttributeError, NameError):
            return None
    return _plain(written)


def _plain(written: Any) -> Any:
    """Return a type without "or None"."""
    if isinstance(written, UnionType) or get_origin(written) is Union:
        left = [each for each in get_args(written) if each is not NoneType]
        return left[0] if len(left) == 1 else None
    return written


def _module(path: Path) -> ModuleType:
    parts = path.relative_to(tree.PACKAGE.parent).with_suffix("").parts
    return import_module(".".join(parts).removesuffix(".__init__"))
