"""Who helps, who arranges, who checks, and who finds nothing (domain.md 7)."""

from datetime import timedelta
from uuid import uuid4

from mingtian.children.access import get_child_for
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.pairs import actions
from mingtian.pairs.actions import PairSpec, Told
from mingtian.pairs.rules import Happened, Kind, Way
from mingtian.testing.children import make_child
from mingtian.testing.matrix import DURING, EVERYBODY, Row, Rows, Who, World
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

W = Who
WORKER = frozenset({W.CASE_WORKER})
HELPER = frozenset({W.HELPER})
OVERSEEING = frozenset({W.VILLAGE, W.TOWN, W.COUNTY, W.SCHOOL_OFFICE})
ARRANGING = OVERSEEING | WORKER
OFFICES = OVERSEEING | {W.FAR_COUNTY}
WITH_PLACES = OFFICES | {W.CASE_WORKER, W.FAR_CASE_WORKER}
HELPERS_OFFICE = frozenset({W.VILLAGE, W.TOWN, W.COUNTY})
"""Offices above the village, where the helper holds its post."""


def child_of(world: World) -> dict[str, object]:
    """Register a child of the village and the school, and have the helper checked."""
    made = make_child(
        world.people[W.CASE_WORKER], world.tree.village, world.tree.school, now=DURING,
        consents=(ConsentPurpose.HELPING,),
    )  # fmt: skip
    with enter(world.people[W.VILLAGE], now=DURING, purpose=Purpose.SUPERVISING) as door:
        actions.note_vetting(
            door, world.people[W.HELPER].username, kind=Kind.FIVE_OLD, checked_on=day_of(DURING)
        )
    return {"child": made.public_id}


def pair_of(world: World) -> dict[str, object]:
    """Pair the helper with the child."""
    number = str(child_of(world)["child"])
    with enter(world.people[W.CASE_WORKER], now=DURING, purpose=Purpose.CASE_WORK) as door:
        spec = PairSpec(helper_id=world.people[W.HELPER].pk)
        return {"pair": actions.start_pair(door, get_child_for(door, number), spec).public_id}


def visit_of(world: World) -> dict[str, object]:
    """Have the helper tell of a visit."""
    pair = str(pair_of(world)["pair"])
    happened = Happened(began_at=DURING - timedelta(hours=1), minutes=5, way=Way.HOME, made=True)
    told = Told(own=uuid4(), happened=happened)
    with enter(world.people[W.HELPER], now=DURING, purpose=Purpose.HELPING) as door:
        actions.tell_visit(door, pair, told)
    return {"own": told.own}


def helper_of(world: World) -> dict[str, object]:
    return {"helper": world.people[W.HELPER].username}


def told_of(world: World) -> dict[str, object]:
    return {"pair": pair_of(world)["pair"]}


def form(_world: World) -> dict[str, object]:
    return {"form": "csv"}


ROWS: Rows = {
    "pairs:own": Row(get=WITH_PLACES | HELPER),
    "pairs:list": Row(get=WITH_PLACES),
    "pairs:silent": Row(get=WITH_PLACES),
    "pairs:export": Row(get=WITH_PLACES, key=form),
    "pairs:helpers": Row(get=WITH_PLACES),
    "pairs:helpers-file": Row(get=WITH_PLACES, key=form),
    "pairs:vet": Row(get=HELPERS_OFFICE, post=HELPERS_OFFICE, key=helper_of),
    "pairs:stop": Row(post=HELPERS_OFFICE, key=helper_of),
    "pairs:record": Row(get=HELPER),
    "pairs:record-file": Row(get=HELPER, key=form),
    "pairs:questions": Row(get=WITH_PLACES),
    "pairs:looked": Row(post=ARRANGING, key=visit_of),
    "pairs:visit": Row(get=EVERYBODY),
    "pairs:worker": Row(get=EVERYBODY),
    "pairs:mine": Row(get=EVERYBODY),
    "pairs:tell": Row(post=HELPER, sent=told_of),
    "pairs:start": Row(get=ARRANGING, post=ARRANGING, key=child_of),
    "pairs:pair": Row(get=ARRANGING | HELPER, key=pair_of),
    "pairs:goals": Row(get=WORKER | HELPER, post=WORKER | HELPER, key=pair_of),
    "pairs:rhythm": Row(get=ARRANGING, post=ARRANGING, key=pair_of),
    "pairs:hand-over": Row(get=ARRANGING, post=ARRANGING, key=pair_of),
    "pairs:beside": Row(get=ARRANGING, post=ARRANGING, key=pair_of),
    "pairs:pause": Row(post=ARRANGING, key=pair_of),
    "pairs:resume": Row(post=ARRANGING, key=pair_of),
    "pairs:end": Row(post=ARRANGING, key=pair_of),
    "pairs:report": Row(get=WORKER | HELPER, key=pair_of),
    "pairs:problem": Row(get=WORKER | HELPER, key=pair_of),
}
"""What a page that the phone keeps shows is the same for everybody; whose pairs ``mine`` lists is each
reader's own."""
