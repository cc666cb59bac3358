"""What sums are made of: kinds that exclude each other, and the class as the smallest unit (STA-6, GRP-4)."""

import pytest

from mingtian.attendance.models import Tally
from mingtian.boards.queries import build_frame
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.boards.tests.test_pages import signed_in
from mingtian.people.rules import PersonKind
from mingtian.testing.make import invented_name

KINDS = list(PersonKind)


def test_kinds_exclude_each_other_so_that_their_shares_make_the_whole(world: World) -> None:
    """STA-6: whoever enters again, and as somebody else, is one person of the kind of before."""
    one, two = world.evening.tree.class_one, world.evening.tree.class_two
    world.count(one, *((key, kind, 1) for key, kind in enumerate(KINDS, 1)))
    world.count(two, *((key, PersonKind.PUPIL, 3) for key in range(101, 191)))
    for again in KINDS:
        world.count(one, (1, again, 7))

    board = build_frame(world.lecture, world.evening.tree.city.pk, "leads", MINUTE_20)

    arrived = {row.kind: row.arrived for row in board.kinds}
    assert arrived == {kind: 91 if kind == PersonKind.PUPIL else 1 for kind in KINDS}
    assert sum(arrived.values()) == len(KINDS) + 90
    beside = Tally.objects.exclude(kind__in=KINDS).values_list("kind", flat=True)
    assert set(beside) & set(arrived) == set(), "devices and households are no persons"


@pytest.mark.parametrize("who", ["office", "principal"])
def test_above_the_class_nobody_in_it_is_seen(world: World, who: str) -> None:
    """GRP-4: the class is the smallest unit visible upward; identities stay in it."""
    tree = world.evening.tree
    above = signed_in(getattr(world.cast, who))
    assert build_frame(world.lecture, tree.class_one.pk, "leads", MINUTE_20).units == ()
    for reader, named in ((above, False), (signed_in(world.cast.teacher), True)):
        page = reader.get(world.address(tree.class_one)).content.decode()
        assert (invented_name(0) in page) is named
