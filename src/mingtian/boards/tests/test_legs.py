"""CAM-3: coverage of family, school and society, evening by evening."""

from mingtian.boards.access import get_seat_for
from mingtian.boards.series import LegCounts, evenings_so_far
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.people.rules import PersonKind
from mingtian.readiness.models import AudienceLine
from mingtian.readiness.rules import Channel, Leg


def legs(world: World) -> dict[Leg, LegCounts]:
    seat = get_seat_for(
        world.cast.office, world.lecture, world.evening.tree.city.public_id, MINUTE_20
    )
    (evening,) = evenings_so_far(seat, MINUTE_20).evenings
    return {each.leg: each for each in evening.legs}


def test_each_leg_sums_its_kinds_and_has_a_share_where_a_roster_says_of_how_many(
    world: World,
) -> None:
    one = world.evening.tree.class_one
    world.expect(one, 4)
    world.count(one, (1, 1, 1), (2, 1, 1), (3, 2, 1))

    found = legs(world)

    school, family = found[Leg.SCHOOL], found[Leg.FAMILY]
    assert school.coverage is not None
    assert (school.arrived, school.coverage.arrived, school.coverage.of) == (2, 2, 4)
    assert (family.arrived, family.coverage) == (1, None)
    assert found[Leg.SOCIETY].arrived == 0


def test_the_plan_says_to_which_leg_a_kind_belongs_as_well(world: World) -> None:
    tree = world.evening.tree
    world.count(tree.class_one, (1, 2, 1))
    AudienceLine.objects.create(
        campaign=world.evening.campaign, unit=tree.city, kind=PersonKind.PARENT,
        leg=Leg.SOCIETY, channel=Channel.LEARNING_CODE, owner="妇联", expected=None, due_on=None,
        written_at=MINUTE_20,
    )  # fmt: skip

    assert legs(world)[Leg.SOCIETY].arrived == 1
