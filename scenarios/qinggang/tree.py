"""The county's own units, for a database that holds none; Suihua's tree has them already."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from scenarios.qinggang.register import QINGGANG, YINGCHUN, ZHONGHE
from scenarios.suihua.places import CITY, governments_of, place

from mingtian.org.actions import UnitSpec, create_tree, create_unit
from mingtian.org.models import Unit
from mingtian.org.queries import list_subtree
from mingtian.org.rules import Line, Scheme, UnitKind

SCHOOLS = {
    YINGCHUN: ("迎春镇中心学校", "Yingchun Town Central School"),
    ZHONGHE: ("中和镇中心学校", "Zhonghe Town Central School"),
}


def build_county(*, opened_on: date, actor: str, now: datetime) -> dict[str, int]:
    """Build city, county, towns, streets and two schools; return keys of units by their codes."""
    return create_tree(specs=list(_specs()), opened_on=opened_on, actor=actor, now=now)


def towns_of(units: Mapping[str, int]) -> dict[str, int]:
    """Return the county's towns, townships and streets among the units, by code."""
    return {each.code: units[each.code] for each in governments_of(QINGGANG) if each.code in units}


def school_of(
    town: str, units: Mapping[str, int], *, since: date, actor: str, now: datetime
) -> Unit:
    """Return a school of the town; one is founded where the tree has none."""
    found = list_subtree(units[town], since, kinds=[UnitKind.SCHOOL])
    if found:
        return Unit.objects.get(pk=found[0].id)
    name, name_en = SCHOOLS[town]
    spec = UnitSpec(
        key="school", kind=UnitKind.SCHOOL, name=name, name_en=name_en,
        leads=units[town],
    )  # fmt: skip
    return create_unit(spec=spec, opened_on=since, actor=actor, now=now)


def _specs() -> Iterator[UnitSpec]:
    city, county = place(CITY), place(QINGGANG)
    yield UnitSpec(key=CITY, kind=UnitKind.CITY, name=city.name, name_en=city.name_en,
                   root_of=(Line.LEADS,), codes=((Scheme.DIVISION, CITY),))  # fmt: skip
    yield UnitSpec(key=QINGGANG, kind=UnitKind.COUNTY, name=county.name, name_en=county.name_en,
                   leads=CITY, codes=((Scheme.DIVISION, QINGGANG),))  # fmt: skip
    for each in governments_of(QINGGANG):
        yield UnitSpec(key=each.code, kind=UnitKind.TOWNSHIP, name=each.name, name_en=each.name_en,
                       leads=QINGGANG, codes=((Scheme.TOWNSHIP, each.code),))  # fmt: skip
