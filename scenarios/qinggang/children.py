"""Children come onto the register: Yingchun's by its case worker, aided ones by the county's clerk."""

from collections.abc import Sequence
from datetime import date
from random import Random

from scenarios.suihua.names import invented_name

from mingtian.children.actions import (
    CategorySpec,
    ChildSpec,
    ConsentSpec,
    Facts,
    GuardianSpec,
    Home,
    note_consent,
    register_many,
)
from mingtian.children.actions.registering import Registered
from mingtian.children.rules import (
    Basis,
    Category,
    ConsentPurpose,
    Despite,
    GuardianKin,
    Party,
    Sex,
    Way,
    Whereabouts,
)
from mingtian.core.clock import day_of
from mingtian.vault.access import Door

BASES = {
    Category.LEFT_BEHIND: Basis.BOTH_AWAY,
    Category.SINGLE_PARENT: Basis.PARENTS_APART,
    Category.ORPHAN: Basis.PARENTS_DEAD,
    Category.POVERTY: Basis.LOW_INCOME,
}
AGES = range(8, 13)
"""Old enough for school, too young for a consent of their own."""


class Names:
    """Gives out names with a year of birth, no two alike in the county."""

    def __init__(self, rng: Random, day: date) -> None:
        self.rng, self.day = rng, day
        self._given: set[tuple[str, int]] = set()

    def __next__(self) -> tuple[str, int]:
        while True:
            one = invented_name(self.rng), self.day.year - self.rng.choice(AGES)
            if one not in self._given:
                self._given.add(one)
                return one


def register_known(
    door: Door, names: Names, category: Category, number: int, *, unit_id: int, school_id: int
) -> list[Registered]:
    """Have the worker at the door register children of a category, with home and guardian."""
    away = Whereabouts.OTHER_PROVINCE if category is Category.LEFT_BEHIND else Whereabouts.UNKNOWN
    specs = []
    for place in range(number):
        name, year = next(names)
        born_on = date(year, 1 + place % 12, 1 + place % 28)
        specs.append(
            ChildSpec(
                unit_id=unit_id, school_id=school_id, name=name, birth_year=year,
                despite=Despite.OTHER_CHILD,
                facts=Facts(born_on=born_on, sex=list(Sex)[place % 2], ethnicity="汉族"),
                home=Home(address=f"{1 + place % 9}组", father=away, mother=away),
                guardians=(
                    GuardianSpec(name=name[0] + "安民", kin=GuardianKin.GRANDPARENT),
                ),
                categories=(_since(category, door),),
            )
        )  # fmt: skip
    return register_many(door, specs)


def register_aided(
    door: Door, names: Names, number: int, *, unit_id: int, school_id: int | None
) -> list[int]:
    """Have the clerk at the door register children for aid: name, year and poverty."""
    specs = []
    for _ in range(number):
        name, year = next(names)
        specs.append(
            ChildSpec(
                unit_id=unit_id, school_id=school_id, name=name, birth_year=year,
                despite=Despite.OTHER_CHILD, categories=(_since(Category.POVERTY, door),),
            )
        )  # fmt: skip
    return [one.id for one in register_many(door, specs)]


def agree(door: Door, children: Sequence[Registered], *purposes: ConsentPurpose) -> None:
    """Note the guardians' consents on paper."""
    for child in children:
        for purpose in purposes:
            said = ConsentSpec(
                purpose=purpose, party=Party.GUARDIAN, way=Way.PAPER, given_on=day_of(door.now)
            )
            note_consent(door, child.id, said)


def _since(category: Category, door: Door) -> CategorySpec:
    return CategorySpec(category=category, basis=BASES[category], starts_on=day_of(door.now))
