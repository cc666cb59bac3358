"""What waits on the desk, in one statement; and cases found by number."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.care import access, actions
from mingtian.care.queries.finding import find
from mingtian.care.queries.todo import SHOWN
from mingtian.care.tests.conftest import County
from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Role
from mingtian.testing.children import NAME
from mingtian.testing.make import NOW
from mingtian.vault.queries.todo import list_waiting

Count = Callable[[int], AbstractContextManager[object]]
LATER = NOW + timedelta(days=9)

pytestmark = pytest.mark.usefixtures("english")


def posts(user: User) -> list[PostRow]:
    return list_posts(user.pk, day_of(NOW))


def list_todos(held: list[PostRow], *, now: datetime) -> list[Todo]:
    return list_waiting({"care": SHOWN}, held, now=now)


def kinds(user: User, now: datetime = NOW) -> dict[str, int]:
    found = list_todos(posts(user), now=now)
    assert NAME not in "".join(todo.text + todo.about for todo in found)
    return {todo.kind: todo.number for todo in found}


def test_nothing_waits_for_other_posts_and_nothing_is_asked(
    county: County, django_assert_num_queries: Count
) -> None:
    teacher = county.person("teacher", county.tree.class_one, Role.CLASS_TEACHER)
    held = posts(teacher)
    with django_assert_num_queries(0):
        assert list_todos(held, now=NOW) == []


def test_what_is_due_silent_and_handed_over_waits(
    county: County, django_assert_num_queries: Count
) -> None:
    case = county.planned(watched=True)
    county.service(case, days=5)
    held = posts(county.worker)
    with django_assert_num_queries(1):
        (due,) = list_todos(held, now=NOW)
    assert (due.kind, due.when) == ("care.due", When.SOON)
    assert kinds(county.worker, LATER) == {"care.due": 1, "care.silent": 1}
    assert list_todos(held, now=LATER)[0].when is When.OVERDUE
    county.act(county.worker, case, actions.ask_transfer, user_id=county.town_worker.pk)
    assert kinds(county.town_worker) == {"care.transfer": 1}
    assert kinds(county.far_worker, LATER) == {}


def test_the_town_decides_first_and_the_county_after_three_days(county: County) -> None:
    case = county.open()
    county.assess(case)
    plan = county.plan(case)
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        problem = actions.Problem(topic="school", words="没有书包", names=[])
        made = actions.open_ticket(door, place, problem)
    assert kinds(county.town) == {"care.plan": 1, "care.ticket": 1}
    assert kinds(county.county) == {}
    assert kinds(county.county, LATER) == {"care.plan": 1, "care.ticket": 1}
    county.act(county.town, case, actions.return_plan, plan)
    with county.enter(county.town) as door:
        actions.answer_ticket(door, made, words="送到")
    assert kinds(county.worker) == {"care.returned": 1, "care.answered": 1}


def test_an_answer_waits_for_the_worker_once_whoever_asked_has_gone(county: County) -> None:
    case = county.open()
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        problem = actions.Problem(topic="school", words="没有书包", names=[])
        made = actions.open_ticket(door, place, problem)
    with county.enter(county.town) as door:
        actions.answer_ticket(door, made, words="送到")
    assert kinds(county.worker) == {"care.answered": 1}
    asked = county.act(county.worker, case, actions.ask_transfer, user_id=county.town_worker.pk)
    assert kinds(county.worker, LATER) == {"care.answered": 1, "care.handover": 1}
    county.act(county.town_worker, case, actions.accept_transfer, asked)
    assert kinds(county.worker) == {}
    assert kinds(county.town_worker) == {"care.answered": 1}


def test_a_report_waits_until_each_office_has_seen_it(county: County) -> None:
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        made = actions.report_duty(door, place, actions.Alarm(told=["police"]))
    school = county.person("school", county.tree.school, Role.OFFICE)
    for user in (county.town, county.county, school):
        assert kinds(user) == {"care.report": 1}
    with county.enter(county.town) as door:
        actions.see_report(door, made)
    assert kinds(county.town) == {}
    assert kinds(county.county) == {"care.report": 1}


def test_a_case_is_found_by_its_number_by_whoever_sees_it(county: County) -> None:
    case = county.open()
    for user, expected in ((county.worker, 1), (county.town, 1), (county.far_worker, 0)):
        assert len(find(posts(user), case.number, now=NOW)) == expected
    assert find(posts(county.worker), NAME, now=NOW) == []
