"""Codes hold between days, belong to one place, and may be missing."""

from datetime import timedelta
from functools import partial

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.org import queries
from mingtian.org.actions import PlaceCode, UnitSpec, assign_code, create_unit
from mingtian.org.models import DivisionCode, Unit
from mingtian.org.rules import Scheme, UnitKind
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, make_tree

pytestmark = pytest.mark.django_db

YESTERDAY, LATER = DAY - timedelta(days=1), DAY + timedelta(days=3)
assign = partial(assign_code, actor=ACTOR, now=NOW)


def division(code: str) -> PlaceCode:
    return PlaceCode(scheme=Scheme.DIVISION, code=code)


def township(code: str) -> PlaceCode:
    return PlaceCode(scheme=Scheme.TOWNSHIP, code=code)


def new_town(superior: Unit, name: str) -> Unit:
    spec = UnitSpec(key="t", kind=UnitKind.TOWNSHIP, name=name, leads=superior.pk)
    return create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)


def test_a_new_code_leaves_the_old_one_to_its_days() -> None:
    tree = make_tree()
    act = partial(assign, unit=tree.county, place_code=division("231381"), starts_on=DAY)

    first, again = act(), act()

    assert first == again
    codes = DivisionCode.objects.filter(unit=tree.county).order_by("starts_on")
    assert [(row.code, row.starts_on, row.ends_on) for row in codes] == [
        ("231321", OPENED_ON, DAY),
        ("231381", DAY, None),
    ]


def test_a_code_put_right_on_its_day_replaces_the_wrong_one() -> None:
    tree = make_tree()
    assign(unit=tree.county, place_code=division("231381"), starts_on=DAY)

    assign(unit=tree.county, place_code=division("231382"), starts_on=DAY)

    assert set(DivisionCode.objects.filter(unit=tree.county).values_list("code", flat=True)) == {
        "231321",
        "231382",
    }


def test_a_place_that_is_not_in_the_list_is_accepted_and_flagged() -> None:
    tree = make_tree()
    minghua = new_town(tree.county, "明华镇")

    assign(unit=minghua, place_code=township(""), starts_on=DAY)

    (row,) = queries.list_unresolved_places(DAY)
    assert (row.unit.name, row.superior_name, row.noted) == ("明华镇", "安平县", True)
    assert not DivisionCode.objects.get(unit=minghua).resolved


def test_a_place_that_nobody_looked_up_is_flagged_until_it_has_a_code() -> None:
    tree = make_tree()
    town = new_town(tree.far_county, "北河镇")
    (row,) = queries.list_unresolved_places(DAY, under=tree.far_county.pk)
    assert not row.noted
    assert queries.list_unresolved_places(DAY, under=tree.county.pk) == []

    assign(unit=town, place_code=township("231322100"), starts_on=DAY)

    assert queries.list_unresolved_places(DAY) == []
    assert len(queries.list_unresolved_places(YESTERDAY)) == 1


@pytest.mark.parametrize(
    ("code", "refusal"), [("231322101", "code_outside_superior"), ("231321101", "code_taken")]
)
def test_a_code_of_another_place_is_refused(code: str, refusal: str) -> None:
    tree = make_tree()
    town = new_town(tree.county, "明华镇")

    with pytest.raises(RuleBroken) as refused:
        assign(unit=town, place_code=township(code), starts_on=DAY)

    assert refused.value.code == refusal


def test_a_code_before_a_later_one_is_refused() -> None:
    tree = make_tree()
    assign(unit=tree.county, place_code=division("231381"), starts_on=LATER)

    with pytest.raises(RuleBroken, match="changes_later"):
        assign(unit=tree.county, place_code=division("231382"), starts_on=DAY)
