"""Who may open which address: the parts of the authorisation matrix (tests/test_authorisation.py).

A module states its rows in ``<module>/tests/matrix.py``, one address with one row or several::

    ROWS: Rows = {
        "documents:inbox": Row(get=HOLDERS),
        "documents:document": [
            Row(get=AT_OR_ABOVE_SCHOOL, key=document_of_school),
            Row(get=AT_OR_ABOVE_COUNTY, key=document_of_county),
        ],
        "documents:issue": Row(post={Who.CITY}, key=draft_key, sent=issue_fields),
    }

``get`` and ``post`` name who is let in; everybody else finds nothing (404), a stranger is sent to
the sign-in. ``None`` says that the address does not answer that method (405). ``key`` makes the
thing and returns the address's variable parts; ``asked`` returns the query string, ``sent`` the
fields of the POST. Without ``sent`` the POST is empty: whoever may act gets a refusal or a
redirect, never an error of ours, and whoever may not gets 404 before anything is read. ``at`` is
the instant of the visit, half-way through the lecture unless said.

What a row says comes from domain.md part 7, not from what the code happens to do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    CASE_WORKER = "case_worker"
    COUNSELLOR = "counsellor"
    HELPER = "helper"
    AID_CLERK = "aid_clerk"
    CASHIER = "cashier"
    FAR_CASE_WORKER = "far_case_worker"
    FORMER_TEACHER = "former_teacher"
    NO_POST = "no_post"


W = Who

EVERYBODY = frozenset(Who)
"""Whoever is signed in, with a post or without: pages that show each reader the own things."""

ANY_POST = EVERYBODY - {W.FORMER_TEACHER, W.NO_POST}
"""Whoever holds a post on the day: the own account."""

IN_CARE = frozenset(
    {W.CASE_WORKER, W.COUNSELLOR, W.HELPER, W.AID_CLERK, W.CASHIER, W.FAR_CASE_WORKER}
)
"""Posts for single children. They reach no unit, and nothing of the lectures."""

HOLDERS = ANY_POST - IN_CARE
"""Whoever holds a post with a part in the lectures."""

CITY_COMMITTEE = frozenset({W.CITY, W.CITY_DIRECTOR, W.CITY_CLERK})
"""Director and clerk see what their office sees, and change nothing."""

AUDITORS = frozenset({W.CITY_AUDITOR})
"""They see figures, what the figures mean, and trails: no code, no text, no name."""

LOOKING_ON = frozenset({W.CITY_DIRECTOR, W.CITY_CLERK, W.CITY_AUDITOR, W.DUTY_TEACHER})
"""Posts that change nothing unless a row gives them something by name."""

# Whose reach holds the unit, each along the own line. Schools stand under both lines.
AT_OR_ABOVE_CITY = CITY_COMMITTEE | AUDITORS
AT_OR_ABOVE_COUNTY = AT_OR_ABOVE_CITY | {W.COUNTY}
AT_OR_ABOVE_TOWN = AT_OR_ABOVE_COUNTY | {W.TOWN}
AT_OR_ABOVE_VILLAGE = AT_OR_ABOVE_TOWN | {W.VILLAGE}
AT_OR_ABOVE_CITY_EDUCATION = AT_OR_ABOVE_CITY | {W.CITY_EDUCATION}
AT_OR_ABOVE_COUNTY_EDUCATION = AT_OR_ABOVE_COUNTY | {W.CITY_EDUCATION, W.COUNTY_EDUCATION}
AT_SCHOOL = frozenset({W.PRINCIPAL, W.SCHOOL_OFFICE, W.DUTY_TEACHER})
AT_OR_ABOVE_SCHOOL = AT_OR_ABOVE_COUNTY_EDUCATION | AT_SCHOOL
AT_OR_ABOVE_CLASS_ONE = AT_OR_ABOVE_SCHOOL | {W.TEACHER}
AT_OR_ABOVE_OTHER_SCHOOL = AT_OR_ABOVE_COUNTY_EDUCATION | {W.OTHER_PRINCIPAL}
AT_OR_ABOVE_FAR_SCHOOL = AT_OR_ABOVE_CITY_EDUCATION | {W.FAR_COUNTY, W.FAR_PRINCIPAL}

OFFICES = frozenset(
    {W.CITY, W.CITY_EDUCATION, W.COUNTY, W.COUNTY_EDUCATION, W.TOWN, W.VILLAGE, W.SCHOOL_OFFICE}
    | {W.FAR_COUNTY}
)
PRINCIPALS = frozenset({W.PRINCIPAL, W.OTHER_PRINCIPAL, W.FAR_PRINCIPAL})
CLASS_TEACHERS = frozenset({W.TEACHER, W.OTHER_TEACHER, W.FAR_TEACHER})

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
    W.CASE_WORKER: ("village", Role.CASE_WORKER, Line.LEADS),
    W.COUNSELLOR: ("school", Role.COUNSELLOR, Line.LEADS),
    W.HELPER: ("village", Role.HELPER, Line.LEADS),
    W.AID_CLERK: ("school", Role.AID_CLERK, Line.LEADS),
    W.CASHIER: ("county", Role.CASHIER, Line.LEADS),
    W.FAR_CASE_WORKER: ("far_county", Role.CASE_WORKER, Line.LEADS),
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


Parts = Callable[[World], dict[str, object]]
Key = Parts


def no_parts(_world: World) -> dict[str, object]:
    """Return the variable parts of an address that has none."""
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One address of the matrix; see the module's text."""

    get: Iterable[Who] | None = None
    post: Iterable[Who] | None = None
    key: Parts = field(default=no_parts)
    asked: Parts = field(default=no_parts)
    sent: Parts = field(default=no_parts)
    at: datetime = DURING


Rows = Mapping[str, Row | Sequence[Row]]


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
