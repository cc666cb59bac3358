"""Typed makers of rows for tests, through the product's own actions.

The small world of :func:`make_tree`::

    Lanshan City ─┬─ Lanshan City education (sector, top of the guiding line)
                  ├─ Anping County ─┬─ Anping County education (guided by the city's)
                  │                 ├─ Hekou Town ── Liuhe Village, Five-old of Hekou
                  │                 ├─ No. 1 Primary School ─┬─ Grade 3 ─┬─ Class 1
                  │                 │                        │           └─ Class 2
                  │                 │                        └─ Teachers
                  │                 └─ No. 2 Primary School ── Grade 3 ── Class 1
                  └─ Beihe County ──── Beihe Primary School ── Grade 3 ── Class 1
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from itertools import count

from mingtian.core.ids import public_id
from mingtian.org.actions import UnitSpec, create_tree, create_unit
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Scheme, UnitKind
from mingtian.people.models import Household, Person
from mingtian.people.rules import KIND_OF_KIN, Kin, PersonKind
from mingtian.people.sealing import place_of, sealer

OPENED_ON = date(2023, 9, 1)
"""The day on which the units of the small world begin."""

DAY = date(2023, 9, 18)
"""The day of the first evening."""

NOW = datetime(2023, 9, 18, 11, 0, tzinfo=UTC)
"""19:00 in Shanghai on that day, an hour before the lecture."""

ACTOR = "system:test"

SURNAMES = "林周江沈何许宋唐冯于"
GIVEN = ["小满", "晨", "安和", "思远", "一诺", "明川", "可欣", "子衿", "望舒", "知夏"]

_serial: Iterator[int] = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """The units of the small world."""

    city: Unit
    city_education: Unit
    county: Unit
    county_education: Unit
    town: Unit
    village: Unit
    five_old: Unit
    school: Unit
    grade: Unit
    class_one: Unit
    class_two: Unit
    teachers: Unit
    other_school: Unit
    other_grade: Unit
    other_class: Unit
    far_county: Unit
    far_school: Unit
    far_grade: Unit
    far_class: Unit


K = UnitKind

TREE_SPECS = (
    UnitSpec(key="city", kind=K.CITY, name="岚山市", name_en="Lanshan City", root_of=(Line.LEADS,),
             codes=((Scheme.DIVISION, "231300"),)),
    UnitSpec(key="city_education", kind=K.SECTOR, name="岚山市教育关工委",
             name_en="Lanshan City education", leads="city", root_of=(Line.GUIDES,)),
    UnitSpec(key="county", kind=K.COUNTY, name="安平县", name_en="Anping County", leads="city",
             codes=((Scheme.DIVISION, "231321"),)),
    UnitSpec(key="county_education", kind=K.SECTOR, name="安平县教育关工委",
             name_en="Anping County education", leads="county", guides="city_education"),
    UnitSpec(key="town", kind=K.TOWNSHIP, name="河口镇", name_en="Hekou Town", leads="county",
             codes=((Scheme.TOWNSHIP, "231321101"),)),
    UnitSpec(key="village", kind=K.VILLAGE, name="柳河村", name_en="Liuhe Village", leads="town"),
    UnitSpec(key="five_old", kind=K.STAFF_GROUP, name="河口镇五老", name_en="Five-old of Hekou",
             leads="town"),
    UnitSpec(key="school", kind=K.SCHOOL, name="第一小学", name_en="No. 1 Primary School",
             leads="county", guides="county_education"),
    UnitSpec(key="grade", kind=K.GRADE, name="三年级", name_en="Grade 3", leads="school"),
    UnitSpec(key="class_one", kind=K.CLASS, name="一班", name_en="Class 1", leads="grade"),
    UnitSpec(key="class_two", kind=K.CLASS, name="二班", name_en="Class 2", leads="grade"),
    UnitSpec(key="teachers", kind=K.STAFF_GROUP, name="教师", name_en="Teachers", leads="school"),
    UnitSpec(key="other_school", kind=K.SCHOOL, name="第二小学", name_en="No. 2 Primary School",
             leads="county", guides="county_education"),
    UnitSpec(key="other_grade", kind=K.GRADE, name="三年级", name_en="Grade 3",
             leads="other_school"),
    UnitSpec(key="other_class", kind=K.CLASS, name="一班", name_en="Class 1", leads="other_grade"),
    UnitSpec(key="far_county", kind=K.COUNTY, name="北河县", name_en="Beihe County", leads="city",
             codes=((Scheme.DIVISION, "231322"),)),
    UnitSpec(key="far_school", kind=K.SCHOOL, name="北河小学", name_en="Beihe Primary School",
             leads="far_county", guides="city_education"),
    UnitSpec(key="far_grade", kind=K.GRADE, name="三年级", name_en="Grade 3", leads="far_school"),
    UnitSpec(key="far_class", kind=K.CLASS, name="一班", name_en="Class 1", leads="far_grade"),
)  # fmt: skip


def make_tree(*, opened_on: date = OPENED_ON) -> Tree:
    """Found the small world above. Once a test: its codes belong to one place only."""
    keys = create_tree(specs=TREE_SPECS, opened_on=opened_on, actor=ACTOR, now=NOW)
    units = Unit.objects.in_bulk(keys.values())
    return Tree(**{each.name: units[keys[each.name]] for each in fields(Tree)})


def make_class(
    superior: Unit, name: str = "", *, name_en: str = "", opened_on: date = OPENED_ON
) -> Unit:
    """Found one more class under a grade or school."""
    number = next(_serial)
    spec = UnitSpec(
        key="class",
        kind=K.CLASS,
        name=name or f"{number + 100}班",
        name_en=name_en or f"Class {number + 100}",
        leads=superior.pk,
    )
    return create_unit(spec=spec, opened_on=opened_on, actor=ACTOR, now=NOW)


def invented_name(number: int) -> str:
    """Return an invented name; equal numbers give equal names."""
    surname = SURNAMES[number % len(SURNAMES)]
    return surname + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def make_person(
    unit: Unit, number: str, name: str, *, kind: PersonKind = PersonKind.PUPIL
) -> Person:
    """Put somebody with a sealed number and name on the roster of a unit."""
    own_id = public_id()
    return Person.objects.create(
        public_id=own_id,
        kind=kind,
        unit=unit,
        number_sealed=sealer().seal(number, place_of("number", own_id)),
        number_index=sealer().index("number", number, unit.pk),
        name_sealed=sealer().seal(name, place_of("name", own_id)),
        name_index=sealer().index("name", name, unit.pk),
        created_at=NOW,
    )


def make_pupils(unit: Unit, pupils: int | Sequence[str] = 3) -> list[Person]:
    """Put pupils on the roster of a class, numbered from 1: so many, or these names."""
    if isinstance(pupils, int):
        pupils = [invented_name(number) for number in range(pupils)]
    return [make_person(unit, str(number), name) for number, name in enumerate(pupils, start=1)]


def make_teachers(unit: Unit, teachers: int = 2) -> list[Person]:
    """Put teachers on the roster of a staff group, numbered T1, T2 …"""
    return [
        make_person(unit, f"T{number}", invented_name(number + 40), kind=PersonKind.TEACHER)
        for number in range(1, teachers + 1)
    ]


def make_household(*children: Person, kin: Sequence[Kin] = ()) -> Household:
    """Found the home of these pupils, with relatives counted in the first child's class."""
    household = Household.objects.create(created_at=NOW)
    for child in children:
        child.household = household
        child.save(update_fields=["household"])
    for each in kin:
        Person.objects.create(
            kind=KIND_OF_KIN[each],
            unit_id=children[0].unit_id,
            household=household,
            kin=each,
            created_at=NOW,
        )
    return household
