"""The pages, as posts meet them: three taps, few queries, words in both languages."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.core.actor import Actor
from mingtian.core.todo import When
from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.readiness import actions
from mingtian.readiness.models import (
    Activity,
    AudienceLine,
    Checklist,
    Duty,
    Pilot,
    Sheet,
    Swap,
    Turn,
)
from mingtian.readiness.queries.todo import list_todos
from mingtian.readiness.tests.conftest import Ready
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def at_seven(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: ready.now)


def page(ready: Ready, unit: Unit, more: str = "") -> str:
    return f"/desk/readiness/{ready.evening.campaign.public_id}/{unit.public_id}{more}"


def read(client: Client, address: str) -> str:
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def send(client: Client, address: str, **fields: object) -> tuple[int, str]:
    reply = client.post(address, fields, headers={"accept-language": "en"})
    return reply.status_code, reply.content.decode()


@pytest.mark.usefixtures("at_seven")
def test_a_principal_fills_the_checklist_in_three_taps(
    client: Client, ready: Ready, cast: Cast
) -> None:
    client.force_login(cast.principal)
    school = ready.tree.school
    assert client.get("/desk/readiness/")["Location"] == page(ready, school)
    text = read(client, page(ready, school))
    assert "We held it today" in text
    assert "Due by 2023-09-17" in text

    for item in ("meeting", "person", "plan"):
        assert send(client, page(ready, school, "/checklist"), item=item)[0] == 302

    assert Checklist.objects.get().completed_on == DAY
    text = read(client, page(ready, school))
    assert "ready, late" in text
    assert "We held it today" not in text


@pytest.mark.usefixtures("at_seven")
def test_only_the_direct_superior_sees_who_is_not_ready(
    client: Client, ready: Ready, cast: Cast
) -> None:
    client.force_login(make_staff("county", ready.tree.county, Role.OFFICE))
    text = read(client, page(ready, ready.tree.county))
    assert "No. 2 Primary School" in text
    assert "silent" in read(client, page(ready, ready.tree.school))

    client.force_login(cast.office)
    text = read(client, page(ready, ready.tree.city))
    assert "Anping County" in text
    assert "Primary School" not in text
    assert "Primary School" not in read(client, page(ready, ready.tree.county))
    assert "direct superior" in read(client, page(ready, ready.tree.school))
    assert "Primary School" not in client.get(
        page(ready, ready.tree.county, "/overview.csv")
    ).content.decode("utf-8-sig")


@pytest.mark.usefixtures("at_seven")
def test_the_education_office_sees_its_schools_along_its_own_line(
    client: Client, ready: Ready, cast: Cast
) -> None:
    user = make_staff("edu", ready.tree.county_education, Role.OFFICE, line=Line.GUIDES)
    client.force_login(user)
    text = read(client, page(ready, ready.tree.county_education))
    assert "No. 1 Primary School" in text
    assert "Beihe Primary School" not in text


@pytest.mark.usefixtures("at_seven")
def test_requirements_reach_the_class_teacher(client: Client, ready: Ready, cast: Cast) -> None:
    client.force_login(cast.principal)
    address = page(ready, ready.tree.school, "/requirements")
    draft = read(client, address)
    assert "Taking part is voluntary" in draft

    status, text = send(client, address, text="Voluntary. 97 % of parents take part.")
    assert status == 422
    assert "There are no targets for families" in text
    assert "97 % of parents take part." in text
    assert send(client, address, text="Teachers take part. Voluntary for families.")[0] == 302

    assert Sheet.objects.get().version == 1
    client.force_login(cast.teacher)
    assert client.get("/desk/readiness/")["Location"] == page(
        ready, ready.tree.class_one, "/requirements"
    )
    text = read(client, page(ready, ready.tree.class_one, "/requirements"))
    assert "Voluntary for families." in text
    assert "Issue a new version" not in text


@pytest.mark.usefixtures("at_seven")
def test_the_roster_is_kept_and_a_refused_one_keeps_what_was_chosen(
    client: Client, ready: Ready, cast: Cast, second: User
) -> None:
    client.force_login(cast.principal)
    address, key = page(ready, ready.tree.school, "/duty"), ready.evening.lecture.pk
    assert "One evening has nobody in charge yet." in read(client, address)

    status, text = send(
        client, address, **{f"first_{key}": "principal", f"second_{key}": "principal"}
    )
    assert status == 422
    assert "Nobody can be in two places" in text
    assert '<option value="principal" selected>' in text
    sent = {f"first_{key}": "second", f"second_{key}": "principal"}
    assert send(client, address, **sent)[0] == 302

    assert {turn.user.username: turn.place for turn in Turn.objects.all()} == {
        "second": 1, "principal": 2,
    }  # fmt: skip


@pytest.mark.usefixtures("at_seven")
def test_a_hand_over_is_asked_and_agreed_on_the_pages(
    client: Client, ready: Ready, cast: Cast, second: User
) -> None:
    ready.name("principal")
    client.force_login(cast.principal)
    turn = Turn.objects.get()
    assert "Hand it over" in read(client, f"/desk/readiness/mine/{turn.public_id}/swap")
    sent = {"whom": "second", "words": "projector is on"}
    assert send(client, f"/desk/readiness/mine/{turn.public_id}/swap", **sent)[0] == 302
    assert "You have asked second" in read(client, "/desk/readiness/mine")

    client.force_login(second)
    text = read(client, "/desk/readiness/mine")
    assert "principal asks you to take evening 1" in text
    assert "projector is on" in text
    swap = Swap.objects.get()
    answer = f"/desk/readiness/mine/swaps/{swap.public_id}"
    assert send(client, answer, answer="perhaps")[0] == 422
    assert send(client, answer, answer="yes")[0] == 302
    assert send(client, answer, answer="yes")[0] == 422

    assert Turn.objects.get().user == second


@pytest.mark.usefixtures("at_seven")
@pytest.mark.parametrize(
    ("typed", "told"), [("x" * 1001, "1000"), ("请家长截图上传", "data-code"), (" ", "data-code")]
)
def test_a_finding_that_is_refused_stays_in_its_box(
    client: Client, ready: Ready, typed: str, told: str
) -> None:
    client.force_login(make_staff("county", ready.tree.county, Role.OFFICE))
    pilot = ready.pilot()

    address = page(ready, ready.tree.county, f"/pilots/{pilot.public_id}/finding")
    status, text = send(client, address, text=typed)

    assert status == 422
    assert "<details open><summary>What was learned</summary>" in text
    assert f"{typed}</textarea>" in text
    assert told in text


@pytest.mark.usefixtures("at_seven")
def test_a_county_plans_logs_and_chooses(client: Client, ready: Ready, cast: Cast) -> None:
    client.force_login(make_staff("county", ready.tree.county, Role.OFFICE))
    county = ready.tree.county
    line = {"kind": 1, "leg": "school", "channel": "in_class", "expected": 500, "owner": "Schools"}
    status, text = send(client, page(ready, county, "/plan/lines"), **{**line, "expected": -5})
    assert status == 422
    assert 'value="Schools"' in text
    assert send(client, page(ready, county, "/plan/lines"), **line)[0] == 302
    done = {"lever": "five_old", "done_on": "2023-09-18", "what": "Visits", "served": 7}
    assert send(client, page(ready, county, "/log"), **done)[0] == 302
    assert send(client, page(ready, county, "/log"), **{**done, "lever": ""})[0] == 422
    wish = {"village": ready.tree.village.public_id, "reason": "Neighbours know each other"}
    town, far = (
        make_staff(at, getattr(ready.tree, at), Role.OFFICE) for at in ("town", "far_county")
    )
    status, text = send(client, page(ready, county, "/pilots"), **wish)
    assert status == 422
    assert "A pilot takes part by consent only" in text
    wish["consent_on"] = "2023-09-18"
    assert f'<option value="{town.pk}">town · ' in text
    assert f'<option value="{far.pk}">' not in text
    for elsewhere in (far.pk, 10**30, "town"):
        wrong = {**wish, "coordinator": elsewhere}
        status, text = send(client, page(ready, county, "/pilots"), **wrong)
        assert status == 422
    assert "Choose one of the entries in the list" in text
    assert (
        "This person keeps no office of the community"
        in send(client, page(ready, county, "/pilots"), coordinator=far.pk, **wish)[1]
    )
    assert send(client, page(ready, county, "/pilots"), coordinator=town.pk, **wish)[0] == 302
    assert "coordinated by town" in read(client, page(ready, county, "/pilots"))

    pilot = Pilot.objects.get()
    finding = page(ready, county, f"/pilots/{pilot.public_id}/finding")
    assert send(client, finding, text="Neighbours come along.")[0] == 302
    assert "Neighbours come along." in read(client, page(ready, county, "/pilots"))
    for part, words in (("plan", "Schools"), ("log", "Visits"), ("pilots", "Neighbours")):
        assert words in read(client, page(ready, county, f"/{part}"))
        file = client.get(page(ready, county, f"/{part}.csv"), headers={"accept-language": "en"})
        assert words in file.content.decode("utf-8-sig")
    line_key = AudienceLine.objects.get().public_id
    assert send(client, page(ready, county, f"/plan/lines/{line_key}/remove"))[0] == 302
    log_key = Activity.objects.get().public_id
    assert send(client, page(ready, county, f"/log/{log_key}/remove"))[0] == 302
    assert not AudienceLine.objects.exists()
    assert send(client, page(ready, county, f"/pilots/{pilot.public_id}/end"))[0] == 302
    assert "ended on 2023-09-18" in read(client, page(ready, county, "/pilots"))


@pytest.mark.usefixtures("at_seven")
def test_a_township_shares_out_duties_and_meets_families(
    client: Client, ready: Ready, cast: Cast
) -> None:
    ready.pilot()
    client.force_login(make_staff("town", ready.tree.town, Role.OFFICE))
    sent = {
        "group": ready.tree.five_old.public_id, "task": "help", "block": "East", "volunteers": 3,
    }  # fmt: skip
    assert send(client, page(ready, ready.tree.town, "/five-old"), **sent)[0] == 302
    assert "East" in read(client, page(ready, ready.tree.town, "/five-old"))
    assert "Key families" in read(client, page(ready, ready.tree.town, "/pilots"))
    address = page(ready, ready.tree.village, "/families")
    assert send(client, address, reason="Grandparents")[0] == 422
    assert send(client, address, reason="Grandparents", consent_on="2023-09-18")[0] == 302
    assert "Pilot family 01" in read(client, address)

    duty = Duty.objects.get().public_id
    assert send(client, page(ready, ready.tree.town, f"/five-old/{duty}/remove"))[0] == 302
    assert not Duty.objects.exists()
    client.force_login(cast.office)
    text = read(client, page(ready, ready.tree.city, "/pilots"))
    assert "One key family" in text
    assert "Grandparents" not in text


@pytest.mark.usefixtures("at_seven")
@pytest.mark.parametrize("what", ["overview", "duty", "plan", "log"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_shown_can_be_taken_out(
    client: Client, ready: Ready, cast: Cast, what: str, form: str
) -> None:
    client.force_login(cast.principal)
    reply = client.get(page(ready, ready.tree.school, f"/{what}.{form}"))
    assert reply.status_code == 200
    assert client.get(page(ready, ready.tree.school, f"/{what}.pdf")).status_code == 404


@pytest.mark.usefixtures("at_seven")
def test_whoever_has_no_campaign_is_told_what_will_be_here(client: Client, ready: Ready) -> None:
    client.force_login(User.objects.create_user("nobody"))
    assert "No campaign yet" in read(client, "/desk/readiness/")
    assert "No turn of yours" in read(client, "/desk/readiness/mine")


@pytest.mark.usefixtures("at_seven")
@pytest.mark.parametrize("part", ["", "/plan", "/five-old", "/log", "/pilots", "/overview.csv"])
def test_queries_do_not_grow_with_the_schools(
    client: Client, ready: Ready, cast: Cast, part: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(cast.office)
    address = page(ready, ready.tree.city, part)
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(address)

    for number in range(20):
        make_school(ready, number)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


@pytest.mark.usefixtures("at_seven")
@pytest.mark.parametrize("part", ["", "/requirements", "/duty", "/plan", "/log"])
def test_queries_of_a_school_do_not_grow_with_the_evenings(
    client: Client, ready: Ready, cast: Cast, part: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(cast.principal)
    address = page(ready, ready.tree.school, part)
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(address)

    ready.name("principal")
    ready.next_evening()
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def make_school(ready: Ready, number: int) -> Unit:
    spec = UnitSpec(
        key="school", kind=UnitKind.SCHOOL, name=f"第{number + 10}小学",
        leads=ready.tree.county.pk,
    )  # fmt: skip
    return create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)


def test_the_desk_is_told_what_waits(ready: Ready, cast: Cast, second: User) -> None:
    def kinds(user: User, days: int = 0) -> list[tuple[str, When]]:
        now = ready.now + timedelta(days=days)
        return [(one.kind, one.when) for one in list_todos(list_posts(user.pk, DAY), now=now)]

    assert kinds(cast.principal, days=-30) == []
    assert kinds(cast.principal, days=-10) == [
        ("readiness.checklist", When.SOON), ("readiness.sheet", When.SOON),
    ]  # fmt: skip
    assert kinds(cast.principal) == [
        ("readiness.checklist", When.OVERDUE), ("readiness.sheet", When.OVERDUE),
        ("readiness.duty", When.NOW),
    ]  # fmt: skip
    assert kinds(cast.teacher) == []
    ready.name("principal")
    actions.ask_swap(
        turn=ready.turn(cast.principal), whom="second", now=ready.now,
        by=Actor(username="principal", user_id=cast.principal.pk),
    )  # fmt: skip
    assert kinds(second) == [("readiness.swap", When.TODAY)]
    assert ("readiness.duty", When.NOW) not in kinds(cast.principal)


def test_what_waits_is_two_questions_to_the_database(
    ready: Ready, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posts = list_posts(cast.principal.pk, DAY)
    with django_assert_max_num_queries(2):
        list_todos(posts, now=ready.now)
