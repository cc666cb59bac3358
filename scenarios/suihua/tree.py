"""The plan as units of the tree: places with codes, committees, schools, classes, groups."""

from collections.abc import Iterable, Iterator, Sequence

from scenarios.suihua.places import (
    CITY,
    PROVINCE,
    QINGGANG,
    UNRESOLVED,
    Place,
    all_places,
    communities,
    place,
)
from scenarios.suihua.schools import GRADES, FiveOldGroup, School

from mingtian.org.actions import UnitSpec
from mingtian.org.rules import Line, Scheme, UnitKind


def specs_of(schools: Sequence[School], groups: Sequence[FiveOldGroup]) -> list[UnitSpec]:
    """Return every unit of the city below the province, superiors first."""
    return [
        *_places(),
        *_unresolved(),
        *_sectors(),
        *(_five_old(group) for group in groups),
        *(spec for school in schools for spec in _school(school)),
    ]


def sector_key(code: str) -> str:
    """Return the key of the education committee of the city or of a county (ORG-3)."""
    return f"{code}/education"


def _places() -> Iterator[UnitSpec]:
    kinds = {PROVINCE: UnitKind.PROVINCE, CITY: UnitKind.CITY}
    for each in all_places():
        if len(each.code) == 6:
            kind = kinds.get(each.code, UnitKind.COUNTY)
            yield _place(each, kind, Scheme.DIVISION)
        elif len(each.code) == 9:
            yield _place(each, UnitKind.TOWNSHIP, Scheme.TOWNSHIP)
    for each in communities():
        yield _place(each, UnitKind.VILLAGE, Scheme.STATISTICAL)


def _place(each: Place, kind: UnitKind, scheme: Scheme) -> UnitSpec:
    top = kind is UnitKind.PROVINCE
    return UnitSpec(
        key=each.code,
        kind=kind,
        name=each.name,
        name_en=each.name_en,
        leads=None if top else each.superior,
        root_of=(Line.LEADS,) if top else (),
        codes=((scheme, each.code),),
    )


def _unresolved() -> Iterator[UnitSpec]:
    """Yield the places that no list knows: accepted, and flagged by their empty code."""
    above = QINGGANG
    kinds = ((UnitKind.TOWNSHIP, Scheme.TOWNSHIP), (UnitKind.VILLAGE, Scheme.STATISTICAL))
    for (name, name_en), (kind, scheme) in zip(UNRESOLVED, kinds, strict=True):
        yield UnitSpec(
            key=name, kind=kind, name=name, name_en=name_en, leads=above, codes=((scheme, ""),)
        )
        above = name


def _sectors() -> Iterator[UnitSpec]:
    for each in all_places():
        if len(each.code) == 6 and each.code != PROVINCE:
            yield UnitSpec(
                key=sector_key(each.code),
                kind=UnitKind.SECTOR,
                name=f"{each.name}教育关工委",
                name_en=f"{each.name_en} Education Care Committee",
                leads=each.code,
                guides=None if each.code == CITY else sector_key(CITY),
                root_of=(Line.GUIDES,) if each.code == CITY else (),
            )


def _five_old(group: FiveOldGroup) -> UnitSpec:
    ground = place(group.township)
    return UnitSpec(
        key=group.key,
        kind=UnitKind.STAFF_GROUP,
        name=f"{ground.name}五老",
        name_en=f"Five-old of {ground.name_en}",
        leads=group.township,
    )


def _school(school: School) -> Iterable[UnitSpec]:
    yield UnitSpec(
        key=school.key,
        kind=UnitKind.SCHOOL,
        name=school.name,
        name_en=school.name_en,
        leads=school.township,
        guides=sector_key(school.county),
    )
    yield UnitSpec(
        key=school.staff_key,
        kind=UnitKind.STAFF_GROUP,
        name=f"{school.name}教师",
        name_en=f"Teachers of {school.name_en}",
        leads=school.key,
    )
    for grade in sorted({room.grade for room in school.rooms}):
        yield UnitSpec(
            key=f"{school.key}-{grade}",
            kind=UnitKind.GRADE,
            name=GRADES[grade - 1],
            name_en=f"Grade {grade}",
            leads=school.key,
        )
    for room in school.rooms:
        yield UnitSpec(
            key=room.key,
            kind=UnitKind.CLASS,
            name=f"{room.number}班",
            name_en=f"Class {room.number}",
            leads=f"{school.key}-{room.grade}",
        )
