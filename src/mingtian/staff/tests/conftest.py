"""An office that invites, and what it hands out."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User

from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.staff.actions import InviteSpec, Made, invite
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, Tree, make_tree

Inviting = Callable[..., Made]


@dataclass(frozen=True, kw_only=True)
class House:
    """The small world with the county's office and the principal of No. 1 Primary School."""

    tree: Tree
    office: User
    principal: User


@pytest.fixture
def house(db: None) -> House:
    tree = make_tree()
    return House(
        tree=tree,
        office=make_staff("county.office", tree.county, Role.OFFICE),
        principal=make_staff("principal", tree.school, Role.PRINCIPAL),
    )


def offer(
    unit: Unit, role: Role, *, line: Line = Line.LEADS, name: str = "周明川", **changes: object
) -> InviteSpec:
    """Return the offer of a post from the day of the small world on."""
    spec = {"starts_on": DAY, "once": ""} | changes
    return InviteSpec(
        unit_id=unit.pk,
        kind=UnitKind(unit.kind),
        role=role,
        line=line,
        name=name,
        **spec,  # type: ignore[arg-type]
    )


@pytest.fixture
def invited(house: House) -> Made:
    """An invitation to be class teacher of Class 1."""
    return invite(
        spec=offer(house.tree.class_one, Role.CLASS_TEACHER),
        inviter=house.principal,
        actor="principal",
        now=NOW,
    )
