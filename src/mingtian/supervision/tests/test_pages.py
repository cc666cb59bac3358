"""The pages as posts meet them: few queries, calls in both tongues (STA-3, SUP-3)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.closings.models import Question
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role
from mingtian.supervision.actions import look_around
from mingtian.supervision.models import ContactTask, Ticket
from mingtian.supervision.queries import list_todos
from mingtian.supervision.tests.conftest import Week
from mingtian.supervision.tests.deeds import ENGLISH, page, read
from mingtian.supervision.words import time_taken
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.make import make_class

MOST_QUERIES = 15

pytestmark = pytest.mark.usefixtures("english")


def test_the_county_sees_whom_to_call_and_how_many_came_before(county: Client, week: Week) -> None:
    tree = week.evening.tree
    task = week.fall()

    assert county.get("/desk/supervision/")["Location"] == page(week, tree.county)
    text = read(county, page(week, tree.county))

    assert "Please call No. 1 Primary School" in text
    assert "usually about 200, the evening before 202, this evening 90" in text
    assert f"/desk/supervision/tasks/{task.public_id}" in text
    assert "fewer than usual" in text
    assert "A unit that usually counts under 50 persons is not marked" in text


def test_a_call_is_done_on_one_page(county: Client, week: Week) -> None:
    task = week.fall()
    address = f"/desk/supervision/tasks/{task.public_id}"
    week.person("principal", week.evening.tree.school, Role.PRINCIPAL)

    assert "Principal principal" in read(county, address)
    reply = county.post(f"{address}/done", {"cause": "network", "words": "断网", "stays": "1"})

    assert reply["Location"] == address
    text = read(county, address)
    assert "The network" in text
    assert "The ticket that came of it" in text
    assert Ticket.objects.get().words == "断网"


def test_a_refused_call_keeps_what_was_typed(county: Client, week: Week) -> None:
    task = week.fall()
    address = f"/desk/supervision/tasks/{task.public_id}/done"

    reply = county.post(address, {"words": "没人接"}, headers=ENGLISH)

    assert reply.status_code == 422
    text = reply.content.decode()
    assert "Choose what it was" in text
    assert "没人接" in text


def test_a_call_that_a_colleague_made_shows_what_it_brought(county: Client, week: Week) -> None:
    task = week.fall()
    address = f"/desk/supervision/tasks/{task.public_id}/done"
    county.post(address, {"cause": "sound"})

    reply = county.post(address, {"cause": "network"}, headers=ENGLISH)

    assert reply.status_code == 422
    assert "The sound" in reply.content.decode()
    assert ContactTask.objects.get().cause == "sound"


def test_a_call_that_is_taken_and_handed_on(county: Client, week: Week) -> None:
    task = week.fall()
    address = f"/desk/supervision/tasks/{task.public_id}"
    clerk = week.person("clerk", week.evening.tree.county, Role.CLERK)

    county.post(f"{address}/take")
    assert "county is calling." in read(county, address)
    county.post(f"{address}/give", {"to": clerk.pk})
    assert ContactTask.objects.get().given_to == clerk
    assert "Handed to clerk." in read(county, address)
    assert "handed on" in read(county, page(week, week.evening.tree.county))


def test_a_call_of_the_evening_before_says_so_until_it_is_stale(
    county: Client, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = week.lectures[-2]
    ContactTask.objects.create(
        lecture=before, about=week.evening.tree.school, owner=week.evening.tree.county, why="fall",
        made_at=before.ends_at, due_at=before.closes_at,
    )  # fmt: skip
    address = page(week, week.evening.tree.county)

    assert "evening 3 · Fewer than usual" in read(county, address)
    stale = before.ends_at + timedelta(days=3, minutes=1)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: stale)
    assert "evening 3" not in read(county, address)


def test_a_silent_school_is_said_kindly(county: Client, week: Week) -> None:
    look_around(now=week.late)
    task = ContactTask.objects.get(about=week.evening.tree.school, why="silent")

    text = read(county, f"/desk/supervision/tasks/{task.public_id}")

    assert "By 21:31 nobody had confirmed the evening" in text
    assert "Please ask whether they need help." in text


def test_a_call_says_that_the_figures_wait_as_well(
    county: Client, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/desk/supervision/tasks/{week.fall().public_id}"

    assert "ask about both at once" not in read(county, address)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: week.late)
    assert "ask about both at once" in read(county, address)
    week.confirm(week.evening.tree.school)
    assert "ask about both at once" not in read(county, address)


def test_the_city_sees_its_counties_and_no_school_by_name(
    client: Client, week: Week, cast: Cast, now: datetime
) -> None:
    week.fall()
    Question.objects.create(
        lecture=week.lecture, unit=week.evening.tree.class_one, oddity="alike_maps", number=5,
        asked_at=now,
    )  # fmt: skip
    client.force_login(cast.office)

    text = read(client, page(week, week.evening.tree.city))

    assert "0 of 1" in text
    assert "One question about a figure waits" in text
    assert "No. 1 Primary School" not in text


def test_an_auditor_reads_figures_and_no_words(client: Client, week: Week, now: datetime) -> None:
    tree = week.evening.tree
    task = week.fall()
    client.force_login(make_staff("auditor", tree.county, Role.AUDITOR))

    text = read(client, page(week, tree.county))

    assert "No. 1 Primary School" in text
    assert task.public_id not in text
    read(client, page(week, tree.county, "/calls.csv"), 404)
    read(client, page(week, tree.county, "/below.csv"))


def test_an_office_of_education_looks_on_along_its_line(
    client: Client, week: Week, now: datetime
) -> None:
    tree = week.evening.tree
    task = week.fall()
    unit = tree.county_education
    client.force_login(make_staff("education", unit, Role.OFFICE, line=Line.GUIDES))

    assert client.get("/desk/supervision/")["Location"] == page(week, unit)
    text = read(client, page(week, unit))
    assert "Please call No. 1 Primary School" in text
    assert "Not called yet." in read(client, f"/desk/supervision/tasks/{task.public_id}")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["below", "calls", "tickets"])
def test_what_is_shown_can_be_taken_out(county: Client, week: Week, what: str, form: str) -> None:
    week.fall()
    unit = week.evening.tree.county

    reply = county.get(page(week, unit, f"/{what}.{form}"), headers=ENGLISH)

    assert reply.status_code == 200
    if form == "csv" and what != "tickets":
        assert "No. 1 Primary School" in reply.content.decode("utf-8-sig")
    assert county.get(page(week, unit, f"/names.{form}")).status_code == 404


def test_no_two_columns_of_the_calls_have_one_name_in_chinese(county: Client, week: Week) -> None:
    address = page(week, week.evening.tree.county, "/calls.csv")
    file = county.get(address, headers={"accept-language": "zh-CN"}).content.decode("utf-8-sig")

    head = file.split("\r\n\r\n")[1].splitlines()[0].split(",")
    assert {"联系缘由", "原因"} <= set(head)
    assert len(set(head)) == len(head)


@pytest.mark.parametrize("who", ["city", "county", "school", "task", "ticket", "visits", "plan"])
def test_queries_do_not_grow_with_what_is_below(
    client: Client, week: Week, now: datetime, who: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    tree = week.evening.tree
    task = week.fall()
    ticket = Ticket.objects.create(
        about=tree.school, office=tree.county, cause="code", words="码打不开", opened_at=now,
        lecture=week.lecture,
    )  # fmt: skip
    unit = {"city": tree.city, "school": tree.school}.get(who, tree.county)
    role = Role.PRINCIPAL if who == "school" else Role.OFFICE
    address = {
        "task": f"/desk/supervision/tasks/{task.public_id}",
        "ticket": f"/desk/supervision/tickets/{ticket.public_id}",
        "visits": f"/desk/supervision/{unit.public_id}/visits",
        "plan": f"/desk/supervision/{unit.public_id}/visits/new",
    }.get(who, page(week, unit))
    client.force_login(make_staff("somebody", unit, role))
    read(client, address)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(client, address)

    for number in range(20):
        made = make_class(tree.grade)
        week.count(made, 5)
        Ticket.objects.create(
            about=made, office=tree.school, cause="code", words=f"{number}", opened_at=now,
            lecture=week.lecture,
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        read(client, address)


def test_what_waits_is_one_question_to_the_database(
    week: Week, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    week.fall()
    look_around(now=week.late)
    posts = list_posts(week.county_office.user_id or 0, week.lecture.held_on)
    with django_assert_max_num_queries(1):
        [todo] = list_todos(posts, now=week.late)

    assert todo.number == 2
    assert todo.text == "Make 2 calls and ask whether help is needed"
    assert todo.address == page(week, week.evening.tree.county)


def test_a_look_costs_the_same_however_many_schools_there_are(
    week: Week, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    look_around(now=week.over)
    with django_assert_max_num_queries(3):
        look_around(now=week.over)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "–"), (5, "1 min"), (720, "12 min"), (3_720, "1 h 02 min"), (7_190, "2 h 00 min")],
)
def test_times_are_said_in_hours_and_minutes(seconds: float | None, said: str) -> None:
    assert time_taken(seconds) == said


def test_chinese_reads_as_chinese(county: Client, week: Week) -> None:
    week.fall()

    text = county.get(
        page(week, week.evening.tree.county), headers={"accept-language": "zh-CN"}
    ).content.decode()

    assert "请联系第一小学" in text
    assert "平时约 200，前一晚 202，当晚 90" in text
