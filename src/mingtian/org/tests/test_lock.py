"""Two who change the tree at once cannot make a circle, and constraints hold as a second wall."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from mingtian.core.errors import RuleBroken
from mingtian.org.actions import UnitSpec, create_tree, move_unit
from mingtian.org.models import Placement, Unit
from mingtian.org.rules import Line, UnitKind
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, make_tree

K = UnitKind


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_cannot_close_a_circle() -> None:
    specs = [
        UnitSpec(key="top", kind=K.SECTOR, name="省教育", root_of=(Line.GUIDES,)),
        UnitSpec(key="a", kind=K.SECTOR, name="甲", guides="top"),
        UnitSpec(key="b", kind=K.SECTOR, name="乙", guides="top"),
    ]
    keys = create_tree(specs=specs, opened_on=OPENED_ON, actor=ACTOR, now=NOW)
    start = Barrier(2)

    def put(unit: str, under: str) -> str:
        below, above = Unit.objects.get(pk=keys[unit]), Unit.objects.get(pk=keys[under])
        start.wait()
        try:
            move_unit(unit=below, line=Line.GUIDES, superior=above, on=DAY, actor=ACTOR, now=NOW)
        except RuleBroken as refusal:
            return refusal.code
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(put, ["a", "b"], ["b", "a"]))

    assert sorted(outcomes) == ["cycle", "moved"]


@pytest.mark.django_db
def test_a_second_place_on_the_same_day_does_not_fit_into_the_table() -> None:
    tree = make_tree()

    with pytest.raises(IntegrityError, match="org_placement_one_a_day"):
        Placement.objects.create(
            unit=tree.school, line=Line.LEADS, path="1.2", starts_on=DAY, superior=tree.city
        )
