"""Which schools, classes and groups there are: a plan in plain rows. Pure Python.

Schools have plain descriptive names. Units are known by their plan keys until the database
gives them numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import cycle
from math import ceil
from random import Random

from scenarios.suihua.arithmetic import shares
from scenarios.suihua.places import SHANGJIA, Place, governments_of, place
from scenarios.suihua.register import County

from mingtian.org.rules import TownshipType

TEACHERS_PER_CLASS = 2.1
FIVE_OLD_PER_GROUP = 8
"""A township has a group of its own once there are this many for each."""


class Stage(Enum):
    """A type of school: its grades, how many classes it has beside others, its names."""

    PRIMARY = (range(1, 7), 7)
    JUNIOR = (range(7, 10), 5)
    NINE_YEAR = (range(1, 10), 9)
    SENIOR = (range(10, 13), 9)

    @property
    def grades(self) -> range:
        grades: range = self.value[0]
        return grades

    @property
    def size(self) -> int:
        size: int = self.value[1]
        return size


IN_STREETS = (Stage.PRIMARY, Stage.JUNIOR, Stage.PRIMARY, Stage.SENIOR, Stage.PRIMARY)
STREET_NAMES = {
    Stage.PRIMARY: ("小学", "Primary School"),
    Stage.JUNIOR: ("初级中学", "Junior Middle School"),
    Stage.SENIOR: ("高级中学", "Senior Middle School"),
}
TOWN_NAMES = {
    Stage.PRIMARY: ("中心小学", "Central Primary School"),
    Stage.JUNIOR: ("中学", "Middle School"),
    Stage.NINE_YEAR: ("中心学校", "Central School"),
}
THEMES = (
    ("晨光", "Chenguang"), ("春晓", "Chunxiao"), ("启明", "Qiming"), ("青禾", "Qinghe"),
    ("弘毅", "Hongyi"), ("明德", "Mingde"), ("求真", "Qiuzhen"), ("知行", "Zhixing"),
    ("博雅", "Boya"), ("沃野", "Woye"), ("松涛", "Songtao"), ("麦田", "Maitian"),
    ("育新", "Yuxin"), ("望岳", "Wangyue"), ("云帆", "Yunfan"), ("远山", "Yuanshan"),
)  # fmt: skip
GRADES = (*(f"{year}年级" for year in "一二三四五六七八九"), "高一", "高二", "高三")
WEIGHT_OF_PLACE = {TownshipType.STREET: 5, TownshipType.TOWN: 2, TownshipType.TOWNSHIP: 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A class. ``number`` counts within the grade."""

    key: str
    grade: int
    number: int
    pupils: int


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """A school with its classes and the group of its teachers."""

    key: str
    county: str
    township: str
    name: str
    name_en: str
    rooms: tuple[Room, ...]

    @property
    def staff_key(self) -> str:
        return f"{self.key}/teachers"

    @property
    def teachers(self) -> int:
        return max(round(len(self.rooms) * TEACHERS_PER_CLASS), 1)

    @property
    def follows_shangjia(self) -> bool:
        """The school of which more than 97 % complete (F24)."""
        return self.township == SHANGJIA


@dataclass(frozen=True, kw_only=True, slots=True)
class FiveOldGroup:
    """The five-old of a township."""

    key: str
    township: str
    persons: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Site:
    """A school before its classes are known."""

    ground: Place
    stage: Stage
    name: str
    name_en: str


def plan_schools(county: County, seed: int) -> list[School]:
    """Return the schools of a county, street by street and town by town."""
    rng = Random(f"{seed}|{county.code}|schools")
    sites = _sites(county)
    sizes = [site.stage.size * rng.randint(75, 135) for site in sites]
    classes = shares(county.classes, sizes, least=1)
    jitter = [rng.randint(85, 115) for _ in range(county.classes)]
    pupils = iter(shares(county.pupils, jitter, least=1))
    schools = []
    for number, (site, count) in enumerate(zip(sites, classes, strict=True), start=1):
        key = f"{county.code}-s{number}"
        rooms = [
            Room(key=f"{key}-{grade}-{n}", grade=grade, number=n, pupils=next(pupils))
            for grade, n in _grades(site.stage, count)
        ]
        schools.append(
            School(
                key=key,
                county=county.code,
                township=site.ground.code,
                name=site.name,
                name_en=site.name_en,
                rooms=tuple(rooms),
            )
        )
    return schools


def plan_five_old(county: County) -> list[FiveOldGroup]:
    """Return the groups of five-old: in every township where there are enough of them."""
    grounds = governments_of(county.code)
    number = min(len(grounds), ceil(county.five_old / FIVE_OLD_PER_GROUP))
    persons = shares(county.five_old, [1] * number, least=1)
    return [
        FiveOldGroup(key=f"{ground.code}/five-old", township=ground.code, persons=count)
        for ground, count in zip(grounds, persons, strict=False)
    ]


def _sites(county: County) -> list[_Site]:
    """Say where the schools stand; Shangjia has exactly one, so that F24 names it."""
    grounds = [each for each in governments_of(county.code) if each.code != SHANGJIA]
    in_shangjia = [place(SHANGJIA)] if SHANGJIA.startswith(county.code) else []
    weights = [WEIGHT_OF_PLACE[each.type] for each in grounds if each.type]
    numbers = shares(county.schools - len(in_shangjia), weights)
    themes = cycle(THEMES)
    sites = []
    for ground, number in zip(
        grounds + in_shangjia, [*numbers, *(1 for _ in in_shangjia)], strict=True
    ):
        street = ground.type is TownshipType.STREET
        sites += (_in_street if street else _in_town)(ground, number, themes)
    return sites


def _in_street(ground: Place, number: int, themes: "cycle[tuple[str, str]]") -> list[_Site]:
    sites = []
    for n in range(number):
        stage = IN_STREETS[n % len(IN_STREETS)]
        (theme, theme_en), (type_, type_en) = next(themes), STREET_NAMES[stage]
        sites.append(
            _Site(ground=ground, stage=stage, name=theme + type_, name_en=f"{theme_en} {type_en}")
        )
    return sites


def _in_town(ground: Place, number: int, themes: "cycle[tuple[str, str]]") -> list[_Site]:
    stages = [Stage.NINE_YEAR] if number == 1 else [Stage.PRIMARY, Stage.JUNIOR][:number]
    sites = []
    for stage in stages:
        type_, type_en = TOWN_NAMES[stage]
        sites.append(
            _Site(
                ground=ground,
                stage=stage,
                name=ground.name + type_,
                name_en=f"{ground.name_en} {type_en}",
            )
        )
    for _ in range(number - len(stages)):
        theme, theme_en = next(themes)
        type_, type_en = STREET_NAMES[Stage.PRIMARY]
        sites.append(
            _Site(
                ground=ground,
                stage=Stage.PRIMARY,
                name=ground.name + theme + type_,
                name_en=f"{theme_en} {type_en}, {ground.name_en}",
            )
        )
    return sites


def _grades(stage: Stage, classes: int) -> Sequence[tuple[int, int]]:
    """Spread classes over the grades; few classes leave some grades without one."""
    grades = stage.grades
    if classes < len(grades):
        return [(grades[n * len(grades) // classes], 1) for n in range(classes)]
    numbers = shares(classes, [1] * len(grades))
    return [
        (grade, n)
        for grade, number in zip(grades, numbers, strict=True)
        for n in range(1, number + 1)
    ]
