"""Who may open which address: the parts of the authorisation matrix (tests/test_authorisation.py).

A module states its rows in ``<module>/tests/matrix.py``::

    ROWS = {
        "documents:inbox": Row(get=OFFICES),
        "documents:document": Row(get={Who.CITY, Who.COUNTY}, key=document_key),
        "documents:issue": Row(post={Who.CITY}, key=draft_key),
    }

``get`` and ``post`` name who is let in; everybody else finds nothing (404), a stranger is sent to
the sign-in. ``at`` is the instant of the visit, half-way through the lecture unless said. ``None`` says that the address does not answer that method (405). ``key`` makes the
thing and returns the address's variable parts. POST is sent without fields: whoever may act gets a
refusal or a redirect, never an error of ours, and whoever may not gets 404 before anything is read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import User

from mingtian.org.actions import end_post
from mingtian.org.models import Post, Unit
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, NOW, Tree


class Who(StrEnum):
    """Everybody whom the matrix tries, each with one post in the small world of testing.make."""

    CITY = "city"
    CITY_DIRECTOR = "city_director"
    CITY_CLERK = "city_clerk"
    CITY_AUDITOR = "city_auditor"
    CITY_EDUCATION = "city_education"
    COUNTY = "county"
    COUNTY_EDUCATION = "county_education"
    TOWN = "town"
    VILLAGE = "village"
    PRINCIPAL = "principal"
    SCHOOL_OFFICE = "school_office"
    DUTY_TEACHER = "duty_teacher"
    TEACHER = "teacher"
    FAR_COUNTY = "far_county"
    FAR_PRINCIPAL = "far_principal"
    FAR_TEACHER = "far_teacher"
    OTHER_PRINCIPAL = "other_principal"
    OTHER_TEACHER = "other_teacher"
    FORMER_TEACHER = "former_teacher"
    NO_POST = "no_post"


W = Who

EVERYBODY = frozenset(Who)
"""Whoever is signed in, with a post or without."""

POSTS: Mapping[Who, tuple[str, Role, Line]] = {
    W.CITY: ("city", Role.OFFICE, Line.LEADS),
    W.CITY_DIRECTOR: ("city", Role.DIRECTOR, Line.LEADS),
    W.CITY_CLERK: ("city", Role.CLERK, Line.LEADS),
    W.CITY_AUDITOR: ("city", Role.AUDITOR, Line.LEADS),
    W.CITY_EDUCATION: ("city_education", Role.OFFICE, Line.GUIDES),
    W.COUNTY: ("county", Role.OFFICE, Line.LEADS),
    W.COUNTY_EDUCATION: ("county_education", Role.OFFICE, Line.GUIDES),
    W.TOWN: ("town", Role.OFFICE, Line.LEADS),
    W.VILLAGE: ("village", Role.OFFICE, Line.LEADS),
    W.PRINCIPAL: ("school", Role.PRINCIPAL, Line.LEADS),
    W.SCHOOL_OFFICE: ("school", Role.OFFICE, Line.LEADS),
    W.DUTY_TEACHER: ("school", Role.DUTY_TEACHER, Line.LEADS),
    W.TEACHER: ("class_one", Role.CLASS_TEACHER, Line.LEADS),
    W.FAR_COUNTY: ("far_county", Role.OFFICE, Line.LEADS),
    W.FAR_PRINCIPAL: ("far_school", Role.PRINCIPAL, Line.LEADS),
    W.FAR_TEACHER: ("far_class", Role.CLASS_TEACHER, Line.LEADS),
    W.OTHER_PRINCIPAL: ("other_school", Role.PRINCIPAL, Line.LEADS),
    W.OTHER_TEACHER: ("class_two", Role.CLASS_TEACHER, Line.LEADS),
}

FORMER_UNTIL = date(2023, 9, 10)
"""The first day on which the former teacher of Class 1 had no post; the lecture is later."""

DURING = STARTS + timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """The small world with an evening and one signed-in person of each kind."""

    evening: Evening
    people: Mapping[Who, User]

    @property
    def tree(self) -> Tree:
        return self.evening.tree

    def unit(self, name: str) -> Unit:
        found = getattr(self.tree, name)
        assert isinstance(found, Unit)
        return found


Key = Callable[[World], dict[str, object]]


def no_parts(_world: World) -> dict[str, object]:
    """Return the variable parts of an address that has none."""
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One address of the matrix; see the module's text."""

    get: Iterable[Who] | None = None
    post: Iterable[Who] | None = None
    key: Key = field(default=no_parts)
    at: datetime = DURING


def make_world() -> World:
    """Make the world; the former teacher's post has ended, NO_POST never had one."""
    evening = make_evening()
    people = {
        who: make_staff(who.value, getattr(evening.tree, unit), role, line=line)
        for who, (unit, role, line) in POSTS.items()
    }
    former = make_staff(W.FORMER_TEACHER.value, evening.tree.class_one, Role.CLASS_TEACHER)
    end_post(post=Post.objects.get(user=former), ends_on=FORMER_UNTIL, actor=ACTOR, now=NOW)
    people[W.FORMER_TEACHER] = former
    people[W.NO_POST] = User.objects.create_user(W.NO_POST.value)
    return World(evening=evening, people=people)
