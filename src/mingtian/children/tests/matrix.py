"""Who opens which address of the register.

In the village lives a child of its case worker, who learns at No. 1 Primary School; that school's clerk
has registered another for aid. Offices from village and school up to the county see numbers; the city
sees sums alone.
"""

from django.contrib.auth.models import User

from mingtian.children.actions import Registered
from mingtian.children.queries import list_categories, list_consents, open_child
from mingtian.children.rules import ConsentPurpose
from mingtian.testing.children import agree, make_aided_child, make_child
from mingtian.testing.matrix import DURING, Parts, Row, Rows, Who, World
from mingtian.vault.access import enter
from mingtian.vault.actions import give_part
from mingtian.vault.rules import Part, Purpose

W = Who

OFFICES_NEAR = frozenset({W.COUNTY, W.TOWN, W.VILLAGE})
CLERKS = frozenset({W.AID_CLERK, W.CASHIER})
USING = OFFICES_NEAR | CLERKS | {W.SCHOOL_OFFICE, W.FAR_COUNTY, W.CASE_WORKER, W.FAR_CASE_WORKER}
"""Whoever has a register at all, if an empty one."""

REGISTERING = frozenset({W.CASE_WORKER, W.FAR_CASE_WORKER, W.AID_CLERK})
SEEING = OFFICES_NEAR | CLERKS | {W.SCHOOL_OFFICE, W.CASE_WORKER}
SUPERVISING = OFFICES_NEAR | {W.SCHOOL_OFFICE, W.CASE_WORKER}
AGREEING = frozenset({W.CASE_WORKER, W.AID_CLERK})
MOVING = OFFICES_NEAR | {W.CASE_WORKER}
WORKING = frozenset({W.CASE_WORKER})


def made(world: World) -> Registered:
    """The worker's child."""
    return make_child(
        world.people[W.CASE_WORKER], world.tree.village, world.tree.school, now=DURING,
        consents=[ConsentPurpose.CASE_WORK],
    )  # fmt: skip


def child(world: World) -> dict[str, object]:
    return {"child": made(world).public_id}


def aided(world: World) -> dict[str, object]:
    """The clerk's child, for whom nobody works; it lives in the village."""
    clerk = world.people[W.AID_CLERK]
    tree = world.tree
    row = make_aided_child(clerk, tree.village, tree.school, now=DURING)
    return {"child": row.public_id}


def left(world: World) -> dict[str, object]:
    """The worker's child, in whose life somebody without a post near it has a part."""
    row = made(world)
    with enter(_worker(world), now=DURING, purpose=Purpose.CASE_WORK) as door:
        give_part(
            door, row.id, user_id=world.people[W.FAR_CASE_WORKER].pk, part=Part.HELPER,
            source=f"children.child:{row.public_id}",
        )  # fmt: skip
    return {"child": row.public_id}


def with_note(world: World) -> dict[str, object]:
    row = made(world)
    with enter(_worker(world), now=DURING, purpose=Purpose.CASE_WORK):
        return {"child": row.public_id, "note": list_categories(row.id)[0].public_id}


def with_consent(world: World) -> dict[str, object]:
    """A consent to case work, which a clerk does not see."""
    row = made(world)
    with enter(_worker(world), now=DURING, purpose=Purpose.CASE_WORK):
        return {"child": row.public_id, "consent": list_consents(row.id)[0].public_id}


def with_consent_to_aid(world: World) -> dict[str, object]:
    row = made(world)
    with enter(_worker(world), now=DURING, purpose=Purpose.CASE_WORK) as door:
        return {"child": row.public_id, "consent": agree(door, row.id, ConsentPurpose.AID)}


def with_guardian(world: World) -> dict[str, object]:
    row = made(world)
    with enter(_worker(world), now=DURING, purpose=Purpose.CASE_WORK) as door:
        return {
            "child": row.public_id, "guardian": open_child(door, row.id).guardians[0].public_id
        }  # fmt: skip


def _worker(world: World) -> User:
    return world.people[W.CASE_WORKER]


def in_form(form: str) -> Parts:
    return lambda _world: {"form": form}


ROWS: Rows = {
    "children:register": Row(get=USING),
    "children:register-file": [
        Row(post=USING, key=in_form("csv")),
        Row(post=USING, key=in_form("xlsx")),
        Row(post=(), key=in_form("pdf")),
    ],
    "children:look": Row(get=REGISTERING, post=REGISTERING),
    "children:new": Row(get=REGISTERING, post=REGISTERING),
    "children:child": Row(get=SEEING, key=child),
    "children:readings": Row(get=SUPERVISING, key=child),
    "children:move": Row(get=MOVING, post=MOVING, key=child),
    "children:stay": Row(get=MOVING, post=MOVING, key=left),
    "children:close": Row(get=MOVING, post=MOVING, key=child),
    "children:reopen": Row(post=MOVING, key=child),
    "children:take-up": [
        Row(post=WORKING, key=child),
        Row(post=WORKING, key=aided),
    ],
    "children:note-category": Row(post=WORKING, key=child),
    "children:end-category": Row(post=WORKING, key=with_note),
    "children:note-consent": Row(post=AGREEING, key=child),
    "children:withdraw": [
        Row(post=WORKING, key=with_consent),
        Row(post=AGREEING, key=with_consent_to_aid),
    ],
    "children:add-guardian": Row(post=WORKING, key=child),
    "children:end-guardian": Row(post=WORKING, key=with_guardian),
    "children:correct": Row(get=WORKING, post=WORKING, key=child),
    "children:kept": Row(get=WORKING, key=child),
}
