"""Pilots have figures of their own, beside those of all others, for posts only (PIL-1)."""

import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.boards.pilots import FEWEST_FAMILIES
from mingtian.boards.tests.conftest import World
from mingtian.boards.tests.test_pages import signed_in
from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.rules import UnitKind
from mingtian.people.models import Household
from mingtian.people.rules import PersonKind
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.testing.make import ACTOR, DAY, NOW

pytestmark = pytest.mark.usefixtures("at_minute_20")

RESIDENT = PersonKind.RESIDENT.value


def make_village(world: World, name: str) -> Unit:
    town = world.evening.tree.town.pk
    spec = UnitSpec(key="village", kind=UnitKind.VILLAGE, name=name, leads=town)
    return create_unit(spec=spec, opened_on=DAY, actor=ACTOR, now=NOW)


def make_pilot(world: World, *, families: int = 0, came: int = 0) -> Pilot:
    """Make the village a pilot with so many families, of which so many have come."""
    village = world.evening.tree.village
    pilot = Pilot.objects.create(
        campaign=world.evening.campaign, unit=village, reason="邻里相熟", consent_on=DAY,
        chosen_at=NOW,
    )  # fmt: skip
    for number in range(1, families + 1):
        home = Household.objects.create(created_at=NOW)
        PilotFamily.objects.create(
            pilot=pilot, number=number, reason="三代同堂", consent_on=DAY, household=home,
            chosen_at=NOW,
        )  # fmt: skip
        if number <= came:
            world.count(village, (home.pk, RESIDENT, 1))
    return pilot


def table(text: str) -> list[list[str]]:
    """Return the cells of the page's table, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row) for row in rows]
    return [[re.sub("<.*?>", "", cell) for cell in row] for row in cells]


def test_pilots_and_others_stand_side_by_side(world: World) -> None:
    tree = world.evening.tree
    others = [make_village(world, "东岗村"), make_village(world, "西岗村")]
    make_pilot(world)
    world.count(tree.village, (1, RESIDENT, 1), (2, RESIDENT, 1), (3, RESIDENT, 1))
    world.count(others[0], (4, RESIDENT, 1))
    world.count(tree.class_one, (5, 1, 1))
    client = signed_in(world.cast.office)

    board = client.get(world.address(tree.county)).content.decode()
    text = client.get(world.address(tree.county, "/pilots")).content.decode()

    assert world.address(tree.county, "/pilots") in board
    assert table(text) == [
        ["Figure", "Pilots", "All others"],
        ["Communities", "1", "2"],
        ["Arrived (persons)", "3", "1"],
        ["Completed (persons)", "0", "0"],
        ["Arrived for each community", "3.0", "0.5"],
    ]
    assert "proves no effect" in text
    assert ">live<" in text
    file = client.get(world.address(tree.county, "/pilots.csv"))
    assert "Arrived for each community,3.0,0.5" in file.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("families", "came", "said"),
    [
        (FEWEST_FAMILIES, 2, "2 of 5 came"),
        (FEWEST_FAMILIES - 1, 1, "Fewer than five pilot families"),
    ],
)
def test_families_are_a_sum_and_none_where_it_would_speak_of_one(
    world: World, families: int, came: int, said: str
) -> None:
    make_pilot(world, families=families, came=came)

    reply = signed_in(world.cast.office).get(world.address(world.evening.tree.town, "/pilots"))

    assert said in reply.content.decode()
    assert ("1 of 4" in reply.content.decode()) is False


def test_without_pilots_there_is_no_way_to_the_page_and_it_says_what_will_be_there(
    world: World,
) -> None:
    client = signed_in(world.cast.office)
    address = world.address(world.evening.tree.county, "/pilots")

    assert address not in client.get(world.address(world.evening.tree.county)).content.decode()
    assert "No pilots below" in client.get(address).content.decode()


def test_an_ended_pilot_counts_with_the_others_again(world: World) -> None:
    pilot = make_pilot(world)
    pilot.ended_on = DAY
    pilot.save(update_fields=["ended_on"])
    address = world.address(world.evening.tree.county, "/pilots")

    assert "No pilots below" in signed_in(world.cast.office).get(address).content.decode()


def test_nobody_without_a_post_there_sees_it(world: World, client: Client) -> None:
    make_pilot(world)
    address = world.address(world.evening.tree.county, "/pilots")

    assert client.get(address).status_code == 302
    for who in (world.cast.outsider, world.cast.principal, world.cast.teacher):
        assert signed_in(who).get(address).status_code == 404


def test_it_costs_the_same_however_many_communities(
    world: World, at_minute_20: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_pilot(world, families=FEWEST_FAMILIES, came=1)
    client = signed_in(world.cast.office)
    address = world.address(world.evening.tree.county, "/pilots")
    client.get(address)
    with django_assert_max_num_queries(15) as few:
        client.get(address)

    for number in range(12):
        world.count(make_village(world, f"{number}村"), (100 + number, RESIDENT, 1))
    with django_assert_max_num_queries(len(few)):
        client.get(address)
