"""What the navigation shows follows the posts, and costs no statement."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtian.core.clock import day_of
from mingtian.desk.places import navigation_of
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.make import ACTOR, DAY, NOW
from mingtian.testing.matrix import DURING, Who, World, make_world

LECTURES = ["Today", "Boards", "The days", "Comments", "Campaigns", "Rosters"]
SHOWN = {
    Who.CITY: [*LECTURES, "Everything"],
    Who.CITY_AUDITOR: [*LECTURES, "Everything"],
    Who.TEACHER: [*LECTURES, "Everything"],
    Who.COUNTY: [*LECTURES, "Children", "Everything"],
    Who.TOWN: [*LECTURES, "Children", "Everything"],
    Who.SCHOOL_OFFICE: [*LECTURES, "Children", "Everything"],
    Who.CASE_WORKER: ["Today", "Children", "Cases", "Pairs", "Everything"],
    Who.COUNSELLOR: ["Today", "Cases", "Everything"],
    Who.HELPER: ["Today", "Pairs", "Everything"],
    Who.AID_CLERK: ["Today", "Children", "Aid", "Everything"],
    Who.CASHIER: ["Today", "Aid", "Everything"],
    Who.NO_POST: [*LECTURES, "Everything"],
}
NAVIGATION = re.compile(r'<ul class="places__row">.*?</ul>', re.DOTALL)
WORD = re.compile(r"<a href=[^>]*>([^<]+)</a>")


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    return make_world()


def shown_to(client: Client, address: str = "/desk") -> list[str]:
    text = client.get(address, headers={"accept-language": "en"}).content.decode()
    found = NAVIGATION.search(text)
    return WORD.findall(found[0]) if found else []


@pytest.mark.parametrize("who", SHOWN)
def test_each_post_sees_its_own_places(world: World, who: Who) -> None:
    client = Client()
    client.force_login(world.people[who])

    assert shown_to(client) == SHOWN[who]


def test_other_pages_show_what_the_desk_has_kept_and_ask_nothing(world: World) -> None:
    client = Client()
    client.force_login(world.people[Who.CASE_WORKER])
    before = shown_to(client, "/desk/search")
    with CaptureQueriesContext(connection) as without:
        client.get("/desk/search")
    client.get("/desk")

    with CaptureQueriesContext(connection) as asked:
        after = shown_to(client, "/desk/search")

    assert before == [*LECTURES, "Everything"], "nothing is known before the desk was seen"
    assert after == SHOWN[Who.CASE_WORKER]
    assert len(asked) == len(without)


def test_a_look_at_the_desk_renews_what_is_shown(world: World) -> None:
    client, user = Client(), world.people[Who.HELPER]
    client.force_login(user)
    assert shown_to(client) == SHOWN[Who.HELPER]

    spec = PostSpec(user=user, unit=world.tree.class_two, role=Role.CLASS_TEACHER)
    give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)

    assert shown_to(client) == [*LECTURES, "Pairs", "Everything"]


def test_who_serves_lectures_and_children_sees_one_place_of_the_children(world: World) -> None:
    posts = [
        *list_posts(world.people[Who.TEACHER].pk, day_of(DURING)),
        *list_posts(world.people[Who.CASE_WORKER].pk, day_of(DURING)),
    ]

    assert navigation_of(posts) == ["lectures", "children"]
