"""Kinds of people and kin. Pure Python, shared with the ingest path."""

import re
import unicodedata
from datetime import date
from enum import IntEnum, StrEnum


class PersonKind(IntEnum):
    """Exclusive kinds, so that shares add up to 100 % (STA-6). Stored as small numbers."""

    PUPIL = 1
    PARENT = 2
    GRANDPARENT = 3
    OTHER_GUARDIAN = 4
    TEACHER = 5
    FIVE_OLD = 6
    RESIDENT = 7


class Kin(StrEnum):
    """How a relative stands to the child it watches with (FAM-1)."""

    MOTHER = "mother"
    FATHER = "father"
    PATERNAL_GRANDFATHER = "paternal_grandfather"
    PATERNAL_GRANDMOTHER = "paternal_grandmother"
    MATERNAL_GRANDFATHER = "maternal_grandfather"
    MATERNAL_GRANDMOTHER = "maternal_grandmother"
    OTHER_GUARDIAN = "other_guardian"


KIND_OF_KIN: dict[Kin, PersonKind] = {
    Kin.MOTHER: PersonKind.PARENT,
    Kin.FATHER: PersonKind.PARENT,
    Kin.PATERNAL_GRANDFATHER: PersonKind.GRANDPARENT,
    Kin.PATERNAL_GRANDMOTHER: PersonKind.GRANDPARENT,
    Kin.MATERNAL_GRANDFATHER: PersonKind.GRANDPARENT,
    Kin.MATERNAL_GRANDMOTHER: PersonKind.GRANDPARENT,
    Kin.OTHER_GUARDIAN: PersonKind.OTHER_GUARDIAN,
}

CONSENT_VERSION = 2
"""The version of the notice that families agree to at present (people/notices)."""

PILOTS_SINCE = 2
"""The first version that tells of key families (PIL-1): no home joins a pilot with an older one."""


class GivenBy(StrEnum):
    """Who agreed for a household (PIPL 28, 31)."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"
    SELF = "self"
    PAPER = "paper"


class StandingState(StrEnum):
    """Why a family is not expected (EXE-1), or does not wish to take part (EXE-2)."""

    EXEMPT = "exempt"
    UNWILLING = "unwilling"


class ExemptReason(StrEnum):
    """The coded reasons of an exemption. None needs proof (EXE-1)."""

    NO_SMARTPHONE = "no_smartphone"
    ELDERLY_GUARDIAN = "elderly_guardian"
    OTHER = "other"


class Leaving(StrEnum):
    """What a receipt is about."""

    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    TERM_OVER = "term_over"


MOST_ON_ONE_SEAT = 8
"""A seat speaks for up to eight people (design.md part 1, idea 5)."""

ROSTER_KINDS = frozenset({PersonKind.PUPIL, PersonKind.TEACHER, PersonKind.FIVE_OLD})
"""Kinds that stand on a roster with a sealed number and name."""

LONGEST_NUMBER = 32
LONGEST_NAME = 50


class ValueFault(StrEnum):
    """Why a number or a name cannot stand on a roster. Each has a sentence for people."""

    NUMBER_MISSING = "number_missing"
    NUMBER_TOO_LONG = "number_too_long"
    NUMBER_UNPRINTABLE = "number_unprintable"
    NUMBER_IS_TELEPHONE = "number_is_telephone"
    NUMBER_IS_CITIZEN = "number_is_citizen"
    NAME_MISSING = "pupil_name_missing"
    NAME_TOO_LONG = "pupil_name_too_long"
    NAME_UNPRINTABLE = "pupil_name_unprintable"
    NAME_HOLDS_TELEPHONE = "name_holds_telephone"
    NAME_HOLDS_CITIZEN = "name_holds_citizen"
    NAME_HOLDS_NUMBER = "name_holds_number"


def number_fault(text: str) -> ValueFault | None:
    """Say why a roster number is refused, or None.

    Telephone and citizen numbers are more than a roster needs (domain.md 10.1, 11.3), also
    inside a national pupil number, which is a letter and the citizen number.
    """
    if not text.strip():
        return ValueFault.NUMBER_MISSING
    if _unprintable(text):
        return ValueFault.NUMBER_UNPRINTABLE
    plain = _plain(text)
    if holds_citizen_number(plain):
        return ValueFault.NUMBER_IS_CITIZEN
    if holds_telephone(plain):
        return ValueFault.NUMBER_IS_TELEPHONE
    return ValueFault.NUMBER_TOO_LONG if len(text) > LONGEST_NUMBER else None


def name_fault(text: str) -> ValueFault | None:
    """Say why a name is refused, or None. Rare characters of any plane are welcome."""
    if not text.strip():
        return ValueFault.NAME_MISSING
    if _unprintable(text):
        return ValueFault.NAME_UNPRINTABLE
    if len(text) > LONGEST_NAME:
        return ValueFault.NAME_TOO_LONG
    return _embedded_number(_plain(text)) if any(map(str.isdigit, text)) else None


def _embedded_number(plain: str) -> ValueFault | None:
    if holds_citizen_number(plain):
        return ValueFault.NAME_HOLDS_CITIZEN
    if holds_telephone(plain):
        return ValueFault.NAME_HOLDS_TELEPHONE
    return ValueFault.NAME_HOLDS_NUMBER if _LONG_NUMBER.search(plain) else None


def personal_number_fault(text: str) -> ValueFault | None:
    """Say which kind of personal number stands in a free text, or None.

    Looked at as written and without what people put between digits, so that neither a space
    inside a number nor a day in front of it hides it.
    """
    for form in (unicodedata.normalize("NFKC", text).casefold(), _plain(text)):
        if holds_citizen_number(form):
            return ValueFault.NAME_HOLDS_CITIZEN
        if holds_telephone(form):
            return ValueFault.NAME_HOLDS_TELEPHONE
    return None


_LONG_NUMBER = re.compile(r"[0-9]{6}")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86|0086)?1[3-9][0-9]{9}(?![0-9])")
_EIGHTEEN = re.compile(r"(?<![0-9])([0-9]{17}[0-9x])(?![0-9])")
_FIFTEEN = re.compile(r"(?<![0-9])([0-9]{15})(?![0-9x])")
_PROVINCES = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82|83|91)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10x98765432"


def holds_telephone(plain: str) -> bool:
    """Say whether a mobile number stands in the text; landlines are left to people."""
    return _MOBILE.search(plain) is not None


def holds_citizen_number(plain: str) -> bool:
    """Say whether a citizen number stands in the text, of 18 places or the old 15.

    Eighteen places count when the check digit of GB 11643 fits or the middle is a birthday,
    so that a mistyped one is refused as well.
    """
    if any(_is_eighteen(found) for found in _EIGHTEEN.findall(plain)):
        return True
    return any(
        _PROVINCES.match(found) is not None and _is_day("19" + found[6:12])
        for found in _FIFTEEN.findall(plain)
    )


def _is_eighteen(text: str) -> bool:
    if _PROVINCES.match(text) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return text[17] == _CHECK_DIGITS[total % 11] or _is_day(text[6:14])


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}").year < 2100
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Level width and case and drop what people put between the digits of long numbers."""
    return re.sub(r"[\s\-–—_.()]", "", unicodedata.normalize("NFKC", text).casefold())


def _unprintable(text: str) -> bool:
    # Planes 2 and 3 hold rare characters, some newer than this Python's tables.
    return any(
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"}
        and not "\U00020000" <= character < "\U00040000"
        for character in text
    )
