"""The pages of the boards: who may open them, what they show, what they cost."""

import json
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.attendance.actions import Attended, bring_in
from mingtian.boards.frames import FRAMES
from mingtian.boards.tests.conftest import World
from mingtian.campaigns.models import Lecture
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import NEEDED
from mingtian.testing.make import ACTOR, invented_name

PAGES = ["", "/wall", "/evenings", "/frame.json", "/export.csv", "/export.xlsx"]

pytestmark = pytest.mark.usefixtures("at_minute_20")


def signed_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_office_opens_every_page_of_a_school(world: World, page: str) -> None:
    reply = signed_in(world.cast.office).get(world.address(world.evening.tree.school, page))

    assert reply.status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/stream", "/states.json"])
def test_an_outsider_finds_nothing(world: World, page: str) -> None:
    reply = signed_in(world.cast.outsider).get(world.address(world.evening.tree.school, page))

    assert reply.status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "/stream", "/states.json"])
def test_pages_are_read_only(world: World, page: str) -> None:
    reply = signed_in(world.cast.office).post(world.address(world.evening.tree.school, page))

    assert reply.status_code == 405


def test_an_unknown_lecture_unit_or_file_form_is_not_found(world: World) -> None:
    client = signed_in(world.cast.office)
    school = world.evening.tree.school

    addresses = [
        f"/boards/{world.lecture + 1}/{school.public_id}",
        f"/boards/{world.lecture}/000000000000",
        world.address(school, "/export.pdf"),
    ]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


@pytest.mark.parametrize(
    ("who", "unit"), [("office", "city"), ("principal", "school"), ("teacher", "class_one")]
)
def test_the_first_page_is_the_own_unit_tonight(world: World, who: str, unit: str) -> None:
    reply = signed_in(getattr(world.cast, who)).get("/boards/")

    assert reply.status_code == 302
    assert reply["Location"] == world.address(getattr(world.evening.tree, unit))


def test_somebody_without_a_post_is_told_what_to_do(world: World) -> None:
    reply = signed_in(User.objects.create_user("new")).get("/boards/")

    assert "ask your office to enter it" in reply.content.decode()


def test_the_board_is_complete_without_scripts(world: World) -> None:
    tree = world.evening.tree
    world.expect(tree.class_one, 40)
    world.count(tree.class_one, (1, 1, 1 << 19), (2, 2, 1 << 19), (3, 1, 0))

    text = signed_in(world.cast.office).get(world.address(tree.city)).content.decode()

    figure = text.split('data-figure="arrived"')[1]
    assert "<span data-number>3</span>" in figure
    assert "persons" in figure.split("</div>")[0]
    assert "Anping County" in text
    assert "5.0%" in text
    assert "2</span> / <span data-of>40" in text


def test_the_board_speaks_chinese(world: World) -> None:
    reply = signed_in(world.cast.office, "zh-CN").get(world.address(world.evening.tree.city))

    text = reply.content.decode()
    assert "安平县" in text
    assert "正在看" in text


def test_a_rank_is_given_when_asked_for_and_never_to_classes(world: World) -> None:
    """RNK-1: in the tree's order by default, units only."""
    tree = world.evening.tree
    world.compare()
    world.count(tree.class_one, (1, 1, 1))
    client = signed_in(world.cast.office)

    plain = client.get(world.address(tree.county)).content.decode()
    ranked = client.get(world.address(tree.county, "?by=number")).content.decode()
    classes = client.get(world.address(tree.grade, "?by=number")).content.decode()

    assert "data-place" not in plain
    assert "data-place" in ranked
    assert "data-place" not in classes


def test_a_campaign_that_compares_nobody_gives_no_places_and_says_so(world: World) -> None:
    """RNK-1: off unless the mandate asks for it; a kept address opens the board all the same."""
    tree = world.evening.tree
    world.count(tree.class_one, (1, 1, 1))
    client = signed_in(world.cast.office)

    plain = client.get(world.address(tree.county)).content.decode()
    asked = client.get(world.address(tree.county, "?by=number")).content.decode()
    nonsense = client.get(world.address(tree.county, "?by=tallest")).content.decode()
    frame = client.get(world.address(tree.county, "/frame.json")).json()["board"]

    for text in (plain, asked, nonsense):
        assert "data-place" not in text
        assert "By number" not in text
    said = "This campaign does not compare its units"
    assert [said in text for text in (plain, asked, nonsense)] == [False, True, False]
    assert {each["place_by_number"] for each in frame["units"]} == {None}
    assert {each["place_by_rate"] for each in frame["units"]} == {None}


def test_an_education_bureau_compares_its_schools_along_its_own_line(world: World) -> None:
    """RNK-1, ORG-3: the same order, places and switch as the territorial line has."""
    tree = world.evening.tree
    world.count(tree.class_one, (1, 1, 1))
    clerk = make_staff("statistics", tree.county_education, Role.CLERK, line=Line.GUIDES)
    client = signed_in(clerk)
    address = world.address(tree.county_education, "?by=number")
    assert "data-place" not in client.get(address).content.decode()

    world.compare()

    text = client.get(address).content.decode()
    assert tree.school.name_en in text
    assert "data-place" in text


def test_only_the_class_teacher_sees_names_and_the_reading_is_recorded(world: World) -> None:
    tree, cast = world.evening.tree, world.cast
    name = invented_name(0)

    texts = {
        who: signed_in(getattr(cast, who)).get(world.address(tree.class_one)).content.decode()
        for who in ("office", "principal", "teacher")
    }

    assert [who for who, text in texts.items() if name in text] == ["teacher"]
    read = AuditEntry.objects.get(action="people.names_read")
    assert (read.actor, read.subject) == ("teacher", f"unit:{tree.class_one.public_id}")


def test_a_superuser_sees_figures_and_no_names(world: World) -> None:
    root = User.objects.create_superuser("root")

    text = signed_in(root).get(world.address(world.evening.tree.class_one)).content.decode()

    assert "data-figure" in text
    assert invented_name(0) not in text


def test_the_wall_shows_no_names_to_the_class_teacher_either(world: World) -> None:
    reply = signed_in(world.cast.teacher).get(world.address(world.evening.tree.class_one, "/wall"))

    assert invented_name(0) not in reply.content.decode()


def test_states_travel_without_names(world: World) -> None:
    tree = world.evening.tree
    here, done = world.evening.pupils[:2]
    world.count(tree.class_one, (here.pk, 1, 1), (done.pk, 1, (1 << 40) - 1))
    address = world.address(tree.class_one, "/states.json")

    states = signed_in(world.cast.teacher).get(address).json()

    assert states[here.public_id] == "arrived"
    assert states[done.public_id] == "completed"
    assert sorted(states.values()).count("not_yet") == 8
    assert signed_in(world.cast.principal).get(address).status_code == 404


def test_the_same_frame_is_not_sent_twice(world: World) -> None:
    client = signed_in(world.cast.office)
    address = world.address(world.evening.tree.city, "/frame.json")

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"
    assert again["Read-At"] == "20:20:30"


def test_a_new_number_gives_a_new_frame(world: World, at_minute_20: datetime) -> None:
    client = signed_in(world.cast.office)
    address = world.address(world.evening.tree.city, "/frame.json")
    first = client.get(address)
    world.count(world.evening.tree.class_one, (1, 1, 1 << 19))
    FRAMES.forget()
    later = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert later.status_code == 200
    board = json.loads(later.content)["board"]
    figures = {each["counts"]: each for each in board["figures"]}
    assert figures["arrived"]["value"] == 1
    assert figures["arrived"]["basis"] == "persons"
    assert board["slot"] == 20


def test_a_unit_above_the_own_reach_is_named_without_a_link(world: World) -> None:
    tree = world.evening.tree

    text = signed_in(world.cast.principal).get(world.address(tree.class_one)).content.decode()

    assert world.address(tree.school) in text
    assert world.address(tree.county) not in text
    assert "Anping County" in text


def test_the_evenings_are_summed_as_person_times(world: World, at_minute_20: datetime) -> None:
    """STA-5: the same child on two evenings is two person-times and no second person."""
    tree, lecture = world.evening.tree, world.evening.lecture
    world.count(tree.class_one, (1, 1, 1))
    times = {
        each: getattr(lecture, each) for each in ("doors_at", "starts_at", "ends_at", "closes_at")
    }
    second = Lecture.objects.create(
        campaign=lecture.campaign, number=2, held_on=lecture.held_on, title_en="Second", **times
    )
    rows = [Attended(person=1, unit=tree.class_one.pk, kind=1, live=1)]
    bring_in(
        lecture_id=second.pk, needed_slots=NEEDED, attended=rows, actor=ACTOR, now=at_minute_20
    )

    text = signed_in(world.cast.office).get(world.address(tree.city, "/evenings")).content.decode()

    figure = text.split('data-figure="arrived"')[1].split("</div>")[0]
    assert "<span data-number>2</span>" in figure
    assert "person-times" in figure
    assert "Second" in text
    file = signed_in(world.cast.office).get(world.address(tree.city, "/evenings.csv"))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert '"Arrived, all evenings so far",2,person-times' in lines
    assert [line.split(",")[2:4] for line in lines[-2:]] == [["Minors", "1"], ["Second", "1"]]


def test_no_two_columns_of_the_evenings_have_one_name_in_chinese(
    world: World, at_minute_20: datetime
) -> None:
    client = signed_in(world.cast.office)
    address = world.address(world.evening.tree.city, "/evenings.csv")
    file = client.get(address, headers={"accept-language": "zh-CN"}).content.decode("utf-8-sig")

    head = file.split("\r\n\r\n")[1].splitlines()[0].split(",")
    assert {"家庭", "到课：家庭"} <= set(head)
    assert len(set(head)) == len(head)


def test_names_in_files_cannot_become_formulas(world: World) -> None:
    tree = world.evening.tree
    tree.class_one.names.update(name_en="=HYPERLINK(1)")

    reply = signed_in(world.cast.office).get(world.address(tree.grade, "/export.csv"))

    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in reply.content.decode("utf-8-sig")


def test_a_board_costs_the_same_queries_however_many_units(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.cast.office)

    with django_assert_max_num_queries(20):
        client.get(world.address(world.evening.tree.city))
    with django_assert_max_num_queries(13):
        client.get(world.address(world.evening.tree.city, "/frame.json"))
