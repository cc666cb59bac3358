"""By what a child is found again without opening anything: keyed hashes within one county.

What was typed is hashed as the register was; equal hashes meet. A county's hashes say nothing about
another's, so frequencies of names cannot be read off the whole table. No database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mingtian.children import sounds
from mingtian.children.rules import fold_phone
from mingtian.children.spec import ChildSpec
from mingtian.core.seal import fold
from mingtian.core.sealing import sealer

NAME, GIVEN, SOUND, INITIALS = "name", "given", "sound", "initials"
WHOLE, AGAIN, ALIKE, PHONE = "whole", "again", "alike", "phone"
LIKELY = frozenset({WHOLE, AGAIN, ALIKE, PHONE})
"""Kinds that make another child a likely double: name or its sound with the year, or the telephone."""

OF_NAME = (NAME, GIVEN, SOUND, INITIALS, WHOLE, AGAIN, ALIKE)
"""Kinds that change with a name or a year of birth."""

Keyed = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """What somebody looks for: a name in characters, in pinyin or its initials; a telephone number.

    Initials are looked for with a year of birth only: alone they are too many.
    """

    text: str = ""
    birth_year: int | None = None
    phone: str = ""


def tokens_of(spec: ChildSpec, scope: int) -> list[Keyed]:
    """Return by what this child is found, as (kind, hash)."""
    whole = AGAIN if spec.despite else WHOLE
    found = [*tokens_of_name(spec.name, spec.birth_year, scope, whole=whole)]
    phones = {fold_phone(guardian.phone) for guardian in spec.guardians} - {""}
    return found + [(PHONE, _hash(PHONE, phone, scope)) for phone in sorted(phones)]


def tokens_of_name(name: str, year: int, scope: int, *, whole: str = WHOLE) -> list[Keyed]:
    """Return by what a name and a year are found."""
    spelled = fold(name)
    found = [(NAME, _hash(NAME, spelled, scope)), (whole, _hash(WHOLE, f"{spelled}|{year}", scope))]
    if given := _given(spelled):
        found.append((GIVEN, _hash(GIVEN, given, scope)))
    for sound in sounds.sounds_of(spelled):
        found += [
            (SOUND, _hash(SOUND, sound, scope)), (ALIKE, _hash(ALIKE, f"{sound}|{year}", scope))
        ]  # fmt: skip
    for letters in sounds.initials_of(spelled):
        found.append((INITIALS, _hash(INITIALS, f"{letters}|{year}", scope)))
    return found


def phone_token(phone: str, scope: int) -> Keyed:
    """Return by what a guardian's telephone number is found."""
    return PHONE, _hash(PHONE, fold_phone(phone), scope)


def tokens_sought(sought: Sought, scopes: Iterable[int]) -> set[bytes]:
    """Return the hashes that what is sought may have in these counties."""
    return {
        _hash(kind, text, scope) for kind, text in _words(sought) for scope in scopes
    }  # fmt: skip


def tokens_of_double(spec: ChildSpec, scopes: Iterable[int]) -> set[bytes]:
    """Return the hashes by which another registered child is likely the same."""
    return {
        token for scope in scopes for kind, token in tokens_of(spec, scope) if kind in LIKELY
    }  # fmt: skip


def _words(sought: Sought) -> list[tuple[str, str]]:
    words: list[tuple[str, str]] = []
    year = sought.birth_year
    if sought.text:
        spelled = fold(sought.text)
        words += [(NAME, spelled), (GIVEN, spelled)]
        latin = sounds.is_latin(sought.text)
        read = [sounds.fold_sound(sought.text)] if latin else sounds.sounds_of(spelled)
        words += [(SOUND, sound) for sound in read]
        if year is not None:
            words.append((WHOLE, f"{spelled}|{year}"))
            words += [(ALIKE, f"{sound}|{year}") for sound in read]
            words += [(INITIALS, f"{sound}|{year}") for sound in read if latin]
    if phone := fold_phone(sought.phone):
        words.append((PHONE, phone))
    return words


def _given(spelled: str) -> str:
    """Return a name without its one-character surname, where enough is left to look for."""
    return spelled[1:] if len(spelled) > 2 and not spelled.isascii() else ""


def _hash(kind: str, text: str, scope: int) -> bytes:
    return sealer().index(f"children_{kind}", text, scope)
