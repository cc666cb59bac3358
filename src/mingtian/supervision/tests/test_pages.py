"""The pages as posts meet them: few queries, nobody's class above the school, words in both tongues."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.closings.models import Question
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role
from mingtian.supervision.actions import look_around
from mingtian.supervision.models import ContactTask, FollowUp, Ticket, Visit
from mingtian.supervision.queries import list_todos
from mingtian.supervision.tests.conftest import Week
from mingtian.supervision.words import time_taken
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.make import make_class

MOST_QUERIES = 15
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def now(week: Week, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: week.over)
    return week.over


@pytest.fixture
def county(client: Client, week: Week, now: datetime) -> Client:
    client.force_login(week.person("county", week.evening.tree.county, Role.OFFICE))
    return client


def page(week: Week, unit: Unit, more: str = "") -> str:
    return f"/desk/supervision/{week.lecture.pk}/{unit.public_id}{more}"


def read(client: Client, address: str, status: int = 200) -> str:
    reply = client.get(address, headers=ENGLISH)
    assert reply.status_code == status
    return reply.content.decode()


def test_the_county_sees_whom_to_call_and_how_many_came_before(county: Client, week: Week) -> None:
    tree = week.evening.tree
    task = week.fall()

    assert county.get("/desk/supervision/")["Location"] == page(week, tree.county)
    text = read(county, page(week, tree.county))

    assert "Please call No. 1 Primary School" in text
    assert "usually about 200, last night 202, tonight 90" in text
    assert f"/desk/supervision/tasks/{task.public_id}" in text
    assert "fewer than usual" in text


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


def test_a_class_teacher_asks_for_help_on_a_phone(
    client: Client, week: Week, cast: Cast, now: datetime
) -> None:
    tree = week.evening.tree
    client.force_login(cast.teacher)
    address = f"/desk/supervision/{tree.class_one.public_id}/ask"

    text = read(client, address)
    assert "It goes to No. 1 Primary School." in text
    refused = client.post(address, {"words": "进不去"}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "进不去" in refused.content.decode()
    sent = {"cause": "access", "words": "进不去", "key": "0123456789ab"}
    first, second = client.post(address, sent), client.post(address, sent)

    ticket = Ticket.objects.get()
    assert (
        first["Location"] == second["Location"] == f"/desk/supervision/tickets/{ticket.public_id}"
    )
    assert (ticket.about, ticket.office, ticket.lecture) == (
        tree.class_one, tree.school, week.lecture,
    )  # fmt: skip
    assert "The answer will appear here" in read(client, first["Location"])
    assert "进不去" in read(client, page(week, tree.class_one))


def test_an_office_that_is_told_by_telephone_notes_it(county: Client, week: Week) -> None:
    tree = week.evening.tree
    address = f"/desk/supervision/{tree.school.public_id}/ask"

    assert "Note that they need help" in read(county, page(week, tree.school))
    county.post(address, {"cause": "network", "words": "断网"})

    ticket = Ticket.objects.get()
    assert (ticket.about, ticket.office) == (tree.school, tree.county)
    read(county, f"/desk/supervision/{tree.far_school.public_id}/ask", 404)
    read(county, f"/desk/supervision/{tree.class_one.public_id}/ask", 404)


def test_above_the_school_no_class_is_named(
    client: Client, county: Client, week: Week, cast: Cast
) -> None:
    tree = week.evening.tree
    ticket = Ticket.objects.create(
        about=tree.class_one, office=tree.school, cause="sound", words="没有声音",
        opened_at=week.over, lecture=week.lecture,
    )  # fmt: skip
    addresses = [f"/desk/supervision/tickets/{ticket.public_id}", page(week, tree.school)]

    for address in addresses:
        text = read(county, address)
        assert "没有声音" in text
        assert "Class 1" not in text
    export = county.get(page(week, tree.school, "/tickets.csv"), headers=ENGLISH)
    assert "Class 1" not in export.content.decode("utf-8-sig")

    client.force_login(cast.principal)
    for address in addresses:
        assert "Class 1" in read(client, address)


def test_an_answer_an_outcome_and_the_end_of_a_ticket(county: Client, week: Week) -> None:
    tree = week.evening.tree
    ticket = Ticket.objects.create(
        about=tree.school, office=tree.county, cause="code", words="码打不开",
        opened_at=week.over - timedelta(minutes=72), lecture=week.lecture,
    )  # fmt: skip
    address = f"/desk/supervision/tickets/{ticket.public_id}"

    assert "Your answer" in read(county, address)
    assert county.post(f"{address}/answer", {"words": ""}).status_code == 422
    county.post(f"{address}/answer", {"words": "重新扫码"})
    assert "first answer after 1 h 12 min" in read(county, address)
    late = county.post(f"{address}/answer", {"words": "再扫"}, headers=ENGLISH)
    assert late.status_code == 422
    assert "This has an answer already" in late.content.decode()
    county.post(f"{address}/solve")
    county.post(f"{address}/close")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.answer) == ("closed", "重新扫码")
    assert "1 h 12 min" in read(county, page(week, tree.county))


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


def test_a_visit_from_the_plan_to_what_follows(county: Client, week: Week) -> None:
    tree = week.evening.tree
    address = f"/desk/supervision/{tree.county.public_id}/visits"
    sent = {
        "school": tree.school.public_id, "kind": "helping", "role": "office",
        "on": f"{week.lecture.held_on}", "at": "15:00", "purpose": "帮老人登录",
    }  # fmt: skip

    assert "No. 1 Primary School" in read(county, f"{address}/new")
    county.post(f"{address}/new", sent)
    county.post(f"{address}/new", sent)
    visit = Visit.objects.get()
    own = f"/desk/supervision/visits/{visit.public_id}"
    county.post(f"{own}/findings", {"words": "网络旧"})
    county.post(
        f"{own}/follow-ups",
        {"words": "换网线", "owner": tree.county.public_id, "due_on": "2023-10-08"},
    )
    made = FollowUp.objects.get()
    assert "换网线" in read(county, own)
    assert "something is still to be done" in read(county, address)
    county.post(f"/desk/supervision/follow-ups/{made.public_id}/done")

    made.refresh_from_db()
    assert made.done_at is not None
    assert "2023-09-21 15:00" in read(county, address)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "comprehensive", "announced_on": ""}, "asks for a month&#x27;s notice"),
        ({"school": "far"}, "Choose a school of your own area."),
        ({"school": ""}, "Choose a school of your own area."),
        ({"purpose": ""}, "with what the school is to be helped".replace("with what the ", "")),
        ({"on": ""}, "Choose the day."),
    ],
)
def test_a_refused_plan_keeps_what_was_typed(
    county: Client, week: Week, changed: dict[str, str], told: str
) -> None:
    tree = week.evening.tree
    sent = {
        "school": tree.school.public_id, "kind": "helping", "role": "office", "on": "2023-10-08",
        "at": "15:00", "purpose": "帮老人登录",
    } | changed  # fmt: skip
    if changed.get("school") == "far":
        sent["school"] = tree.far_school.public_id

    reply = county.post(
        f"/desk/supervision/{tree.county.public_id}/visits/new", sent, headers=ENGLISH
    )

    assert reply.status_code == 422
    text = reply.content.decode()
    assert told in text
    assert 'value="15:00"' in text
    assert not Visit.objects.exists()


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
    assert "平时约 200，昨晚 202，今晚 90" in text
