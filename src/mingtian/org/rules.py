"""What a unit may be, where it may stand, and which codes a place may carry. Pure Python.

Codes follow GB/T 2260 (divisions down to the county), GB/T 10114 (township level) and the
twelve-digit statistical code (domain.md 11.2).
"""

import re
import unicodedata
from enum import StrEnum

from mingtian.core.errors import RuleBroken


class UnitKind(StrEnum):
    """Kinds of units in the tree (ORG-2, ORG-3)."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    SECTOR = "sector"
    SCHOOL = "school"
    GRADE = "grade"
    CLASS = "class"
    STAFF_GROUP = "staff_group"


class Line(StrEnum):
    """The two superior lines: who leads a unit, and who guides it in its trade (ORG-2)."""

    LEADS = "leads"
    GUIDES = "guides"


class Role(StrEnum):
    """What a post is for (domain.md part 7).

    A director signs, an office does the work, a clerk checks figures and changes none of the
    rest; a duty teacher has charge of a school's evening; an auditor reads figures and trails,
    nothing else. The last five serve children in difficulty and have no part in the lectures: a
    case worker (a village's or town's child director), a school's counsellor, a five-old helper,
    the aid clerk who enters lists of aid and the cashier who pays it out.
    """

    DIRECTOR = "director"
    OFFICE = "office"
    CLERK = "clerk"
    AUDITOR = "auditor"
    PRINCIPAL = "principal"
    DUTY_TEACHER = "duty_teacher"
    CLASS_TEACHER = "class_teacher"
    CASE_WORKER = "case_worker"
    COUNSELLOR = "counsellor"
    HELPER = "helper"
    AID_CLERK = "aid_clerk"
    CASHIER = "cashier"


IN_CARE = frozenset({Role.CASE_WORKER, Role.COUNSELLOR, Role.HELPER, Role.AID_CLERK, Role.CASHIER})
"""Posts that serve single children. What they reach is said by the modules of care alone."""

IN_LECTURES = frozenset(Role) - IN_CARE
"""Posts whose reach is their unit's whole subtree."""

MORE_THAN_FIGURES = IN_LECTURES - {Role.AUDITOR}
"""Posts that see more than figures, what they mean, and trails: learning codes, digests."""

IN_OFFICE = frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK})
"""Posts that see what an office sees. The office alone changes it."""


class Scheme(StrEnum):
    """Which list a code of a place comes from."""

    DIVISION = "gbt2260"
    TOWNSHIP = "gbt10114"
    STATISTICAL = "statistical"


class TownshipType(StrEnum):
    """What the last three digits of a GB/T 10114 code say the unit is."""

    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    QUASI_UNIT = "quasi_unit"


K = UnitKind

COUNTING_KINDS = frozenset({K.CLASS, K.STAFF_GROUP, K.VILLAGE})
"""Units at which people are counted; everything above is a sum."""

PLACE_KINDS = frozenset({K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP, K.VILLAGE})
"""Units that are places and may carry a code."""

CODED_KINDS = frozenset({K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP})
"""Places that are flagged as unresolved while no code is known for them."""

INNER_SUPERIORS = frozenset({K.SCHOOL, K.GRADE})
"""What stands under one of these stands on every line of the school, with the same superior."""

_COMMITTEES = frozenset({K.NATION, K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP})

SUPERIORS: dict[Line, dict[UnitKind, frozenset[UnitKind]]] = {
    Line.LEADS: {
        K.PROVINCE: frozenset({K.NATION}),
        K.CITY: frozenset({K.PROVINCE}),
        # Some counties answer to the province itself (GB/T 2260 prefecture digits 90).
        K.COUNTY: frozenset({K.CITY, K.PROVINCE}),
        # Four cities have no counties: their towns stand under the city.
        K.TOWNSHIP: frozenset({K.COUNTY, K.CITY}),
        K.VILLAGE: frozenset({K.TOWNSHIP}),
        K.SECTOR: _COMMITTEES,
        K.SCHOOL: frozenset({K.PROVINCE, K.CITY, K.COUNTY, K.TOWNSHIP}),
        K.GRADE: frozenset({K.SCHOOL}),
        K.CLASS: frozenset({K.GRADE, K.SCHOOL}),
        K.STAFF_GROUP: _COMMITTEES | {K.VILLAGE, K.SECTOR, K.SCHOOL},
    },
    Line.GUIDES: {
        K.SECTOR: frozenset({K.SECTOR}),
        K.SCHOOL: frozenset({K.SECTOR}),
        K.GRADE: frozenset({K.SCHOOL}),
        K.CLASS: frozenset({K.GRADE, K.SCHOOL}),
        K.STAFF_GROUP: frozenset({K.SECTOR, K.SCHOOL}),
    },
}

ROOTS: dict[Line, frozenset[UnitKind]] = {
    Line.LEADS: frozenset({K.NATION, K.PROVINCE, K.CITY, K.COUNTY, K.SCHOOL}),
    Line.GUIDES: frozenset({K.SECTOR}),
}
"""What may stand at the top of a line: an installation may begin at any of these."""

POSTS_AT: dict[Role, frozenset[UnitKind]] = {
    Role.DIRECTOR: _COMMITTEES | {K.SECTOR},
    Role.OFFICE: _COMMITTEES | {K.VILLAGE, K.SECTOR, K.SCHOOL},
    Role.CLERK: _COMMITTEES | {K.SECTOR},
    Role.AUDITOR: _COMMITTEES | {K.SECTOR},
    Role.PRINCIPAL: frozenset({K.SCHOOL}),
    Role.DUTY_TEACHER: frozenset({K.SCHOOL}),
    Role.CLASS_TEACHER: frozenset({K.CLASS}),
    Role.CASE_WORKER: frozenset({K.COUNTY, K.TOWNSHIP, K.VILLAGE}),
    Role.COUNSELLOR: frozenset({K.SCHOOL}),
    Role.HELPER: frozenset({K.TOWNSHIP, K.VILLAGE, K.SCHOOL, K.STAFF_GROUP}),
    Role.AID_CLERK: frozenset({K.COUNTY, K.TOWNSHIP, K.SCHOOL}),
    Role.CASHIER: frozenset({K.COUNTY, K.TOWNSHIP, K.SCHOOL}),
}


def check_standing(kind: UnitKind, superior: UnitKind | None, line: Line) -> None:
    """Refuse a place that a unit of this kind cannot have on this line; None means the top."""
    if superior is None:
        if kind not in ROOTS[line]:
            raise RuleBroken("needs_superior", kind=kind.value, line=line.value)
    elif superior not in SUPERIORS[line].get(kind, frozenset()):
        raise RuleBroken(
            "wrong_superior", kind=kind.value, superior=superior.value, line=line.value
        )


def check_post(role: Role, kind: UnitKind) -> None:
    """Refuse a role at a unit that has no such post."""
    if kind not in POSTS_AT[role]:
        raise RuleBroken("wrong_post", role=role.value, kind=kind.value)


LONGEST_NAME = 120


def check_name(name: str, *, required: bool = True) -> None:
    """Refuse a name that is empty, too long or holds characters nobody can see."""
    if not name.strip() and required:
        raise RuleBroken("name_missing")
    if len(name) > LONGEST_NAME:
        raise RuleBroken("name_too_long", most=LONGEST_NAME)
    if any(unicodedata.category(character) in {"Cc", "Cs", "Cn"} for character in name):
        raise RuleBroken("name_unprintable")


_NUMERALS = {"〇": "0", "零": "0"} | {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}
_TENS = re.compile(r"([1-9]?)十([1-9]?)")
_STAGE = re.compile(r"(初|高)\s*([123一二三])(?:\s*年级)?")
_STAGES = {"初": 6, "高": 9}
_GRADE_IN_FRONT = re.compile(
    r"([0-9一二三四五六七八九十]+)\s*\(\s*([0-9一二三四五六七八九十]+)\s*\)\s*班"
)
_SILENT = re.compile(r"[\s()\[\]{}【】〔〕第.·,、\-_—]")


def fold_name(name: str) -> str:
    """Return the form in which two spellings of one unit's name are equal.

    Width, case, spaces, brackets and 第 do not matter; 三年级, 3年级 and Grade 3 are one,
    as are 初一 and 七年级, 二班, (2)班 and Class 2.

    >>> fold_name("三年级（二）班"), fold_name("Grade 3 Class 2"), fold_name("初一 12班")
    ('3年级2班', '3年级2班', '7年级12班')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _STAGE.sub(_stage_as_grade, text)
    text = _SILENT.sub("", _GRADE_IN_FRONT.sub(r"\1年级\2班", text))
    text = "".join(_NUMERALS.get(character, character) for character in text)
    text = _TENS.sub(lambda found: (found[1] or "1") + (found[2] or "0"), text)
    text = re.sub(r"(?:grade|year)([0-9]+)", r"\1年级", text)
    return re.sub(r"class([0-9]+)", r"\1班", text)


def _stage_as_grade(found: re.Match[str]) -> str:
    year = int(_NUMERALS.get(found[2], found[2]))
    return f"{_STAGES[found[1]] + year}年级"


# --- Codes of places --------------------------------------------------------

_PROVINCES = "11-15 21-23 31-37 41-46 50-54 61-65 71-71 81-82"
PROVINCE_DIGITS = frozenset(
    f"{digits}"
    for low, _, high in (part.partition("-") for part in _PROVINCES.split(" "))
    for digits in range(int(low), int(high) + 1)
)
URBAN_RURAL = frozenset({"111", "112", "121", "122", "123", "210", "220"})
"""Urban–rural classes beside a statistical code."""

DIRECTLY_UNDER_PROVINCE = 90
"""Prefecture digits of county-level units without a prefecture."""

# First and last code of each type of GB/T 10114, both included.
TOWNSHIP_RANGES = (
    (1, 99, TownshipType.STREET),
    (100, 199, TownshipType.TOWN),
    (200, 399, TownshipType.TOWNSHIP),
    (400, 599, TownshipType.QUASI_UNIT),
)


def division_kind(code: str) -> UnitKind | None:
    """Return the level of a GB/T 2260 code, or None when no such code can exist.

    Prefecture digits are 01–20 and 51–70 for cities, 21–50 for regions, 90 for counties
    directly under the province; county digits are 01–18 districts, 21–80 counties, 81–99
    county-level cities.
    """
    if re.fullmatch(r"[0-9]{6}", code) is None or code[:2] not in PROVINCE_DIGITS:
        return None
    prefecture, county = int(code[2:4]), int(code[4:])
    if prefecture == 0:
        return K.PROVINCE if county == 0 else None
    if prefecture == DIRECTLY_UNDER_PROVINCE:
        return K.COUNTY if county else None
    if prefecture > 70:
        return None
    if county == 0:
        return K.CITY
    return None if county in {19, 20} else K.COUNTY


def township_type(code: str) -> TownshipType | None:
    """Return what a nine-digit GB/T 10114 code says the unit is; None for an impossible one.

    A quasi-unit (a farm, a reservoir, a development zone) is not a government.
    """
    if re.fullmatch(r"[0-9]{9}", code) is None or division_kind(code[:6]) not in {K.CITY, K.COUNTY}:
        return None
    last = int(code[6:])
    return next((kind for low, high, kind in TOWNSHIP_RANGES if low <= last <= high), None)


def statistical_kind(code: str) -> UnitKind | None:
    """Return the level of a twelve-digit statistical code (2-2-2-3-3), or None."""
    if re.fullmatch(r"[0-9]{12}", code) is None:
        return None
    if code[6:] == "000000":
        return division_kind(code[:6])
    if township_type(code[:9]) is None:
        return None
    return K.TOWNSHIP if code[9:] == "000" else K.VILLAGE


def check_code(*, scheme: Scheme, code: str, kind: UnitKind, urban_rural: str = "") -> None:
    """Refuse a code that cannot exist or belongs to another level than the unit's.

    The empty code is accepted: it marks a place that was not found in the list (domain.md
    part 1, Minghua).
    """
    if kind not in PLACE_KINDS:
        raise RuleBroken("code_without_place", kind=kind.value)
    if urban_rural and (urban_rural not in URBAN_RURAL or scheme is not Scheme.STATISTICAL):
        raise RuleBroken("urban_rural_unknown", urban_rural=urban_rural)
    if not code:
        return
    level = _LEVELS[scheme](code)
    if level is None:
        raise RuleBroken("code_impossible", code=code, scheme=scheme.value)
    if level != kind:
        raise RuleBroken("code_of_other_level", code=code, level=level.value, kind=kind.value)


def _township_level(code: str) -> UnitKind | None:
    return K.TOWNSHIP if township_type(code) else None


_LEVELS = {
    Scheme.DIVISION: division_kind,
    Scheme.TOWNSHIP: _township_level,
    Scheme.STATISTICAL: statistical_kind,
}


def codes_agree(code: str, superior_code: str) -> bool:
    """Say whether a code lies within its superior's, whatever scheme each is from."""
    return code.startswith(_significant(superior_code))


def _significant(code: str) -> str:
    for length in (2, 4, 6, 9):
        if len(code) > length and not code[length:].strip("0"):
            return code[:length]
    return code
