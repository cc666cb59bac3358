"""A child has moved house or changed school; whoever is to answer for it now is told on the desk."""

from mingtian.children.actions.correcting import find_elsewhere
from mingtian.children.queries.places import counties_of
from mingtian.children.rows import ChildRow
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.vault import actions as vault
from mingtian.vault.access import Door
from mingtian.vault.rules import Part


def move(door: Door, child: ChildRow, *, unit_id: int, school_id: int | None) -> bool:
    """Note where the child lives and learns from now on; says whether that is new.

    Nobody's part ends by it: who works for the child goes on until somebody of the new place takes
    over, helpers until their pair is handed over. Into another county only whoever works for the child
    moves it (``children_moved_too_far``), because what it is found by there is made of its name.
    """
    if (unit_id, school_id) == (child.unit_id, child.school_id):
        return False
    counties = counties_of([child.unit_id, unit_id], day_of(door.now))
    if counties[child.unit_id] != counties[unit_id]:
        if Part.WORKER not in door.parts(child.id):
            raise RuleBroken("children_moved_too_far")
        find_elsewhere(door, child.id, counties[unit_id])
    vault.move(door, child.id, unit_id=unit_id, school_id=school_id)
    audit.record(
        actor=door.username, action="children.moved", subject=f"child:{child.public_id}",
        now=door.now, unit=unit_id, unit_before=child.unit_id, school=school_id,
        school_before=child.school_id,
    )  # fmt: skip
    return True
