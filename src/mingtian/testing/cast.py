"""The people of the tests, each with a part of one line. Same names in every test.

office     the office of Lanshan City: sees the whole tree
principal  head of No. 1 Primary School: sees its classes as figures
teacher    class teacher of Class 1 there: sees the names of that class
outsider   principal of Beihe Primary School: must see nothing of the others
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from mingtian.org.actions import PostSpec, give_post
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role
from mingtian.testing.make import ACTOR, NOW, OPENED_ON, Tree

PASSWORD = "dawn-over-the-fields"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """Signed-in people; ``client.force_login(cast.teacher)`` lets one act."""

    office: User
    principal: User
    teacher: User
    outsider: User


def make_cast(tree: Tree) -> Cast:
    """Give the four their accounts and posts in the small world."""
    return Cast(
        office=make_staff("office", tree.city, Role.OFFICE),
        principal=make_staff("principal", tree.school, Role.PRINCIPAL),
        teacher=make_staff("teacher", tree.class_one, Role.CLASS_TEACHER),
        outsider=make_staff("outsider", tree.far_school, Role.PRINCIPAL),
    )


def make_staff(
    username: str, unit: Unit, role: Role, *, line: Line = Line.LEADS, since: date = OPENED_ON
) -> User:
    """Make an account with one post."""
    user = User.objects.create_user(username, password=PASSWORD)
    spec = PostSpec(user=user, unit=unit, role=role, line=line)
    give_post(spec=spec, starts_on=since, actor=ACTOR, now=NOW)
    return user
