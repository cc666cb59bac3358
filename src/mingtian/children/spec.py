"""What is said of a child when it is registered, in plain words; sealed before it is kept."""

import json
from dataclasses import dataclass
from datetime import date

from mingtian.children.rules import Basis, Category, Despite, GuardianKin, Sex, Whereabouts


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Class IDENTITY. ``boarding`` None: not said."""

    born_on: date | None = None
    sex: Sex = Sex.UNSAID
    ethnicity: str = ""
    grade: str = ""
    boarding: bool | None = None

    def as_text(self) -> str:
        """Return what is sealed."""
        born = self.born_on.isoformat() if self.born_on else ""
        return _text([born, self.sex.value, self.ethnicity, self.grade, self.boarding])

    @staticmethod
    def from_text(text: str) -> "Facts":
        """Read what was sealed."""
        born, sex, ethnicity, grade, boarding = json.loads(text)
        return Facts(
            born_on=date.fromisoformat(born) if born else None, sex=Sex(sex), ethnicity=ethnicity,
            grade=grade, boarding=boarding,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """Class HOME, guardians apart."""

    address: str = ""
    father: Whereabouts = Whereabouts.UNKNOWN
    mother: Whereabouts = Whereabouts.UNKNOWN

    def as_text(self) -> str:
        """Return what is sealed."""
        return _text([self.address, self.father.value, self.mother.value])

    @staticmethod
    def from_text(text: str) -> "Home":
        """Read what was sealed."""
        address, father, mother = json.loads(text)
        return Home(address=address, father=Whereabouts(father), mother=Whereabouts(mother))


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardianSpec:
    """Class HOME: somebody who looks after the child."""

    name: str
    kin: GuardianKin
    phone: str = ""

    def as_text(self) -> str:
        """Return what is sealed."""
        return _text([self.name, self.kin.value, self.phone])

    @staticmethod
    def from_text(text: str) -> "GuardianSpec":
        """Read what was sealed."""
        name, kin, phone = json.loads(text)
        return GuardianSpec(name=name, kin=GuardianKin(kin), phone=phone)


@dataclass(frozen=True, kw_only=True, slots=True)
class CategorySpec:
    """A category in which the child is from a day on."""

    category: Category
    basis: Basis
    starts_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildSpec:
    """A child to be registered. ``unit_id`` is the village or town, or the county, that answers for it.

    A clerk's says the name and the year of birth alone. ``looked`` is the receipt of the look that must
    come before (queries.look); ``despite`` says why another like it does not matter.
    """

    unit_id: int
    school_id: int | None
    name: str
    birth_year: int
    looked: str = ""
    despite: Despite | None = None
    facts: Facts | None = None
    home: Home | None = None
    guardians: tuple[GuardianSpec, ...] = ()
    categories: tuple[CategorySpec, ...] = ()


def _text(values: list[str | bool | None]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
