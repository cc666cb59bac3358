"""The desk: today first, in order, within reach, at a price that does not grow."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.closings.tests.conftest import Night, make_night
from mingtian.core.todo import Todo, When
from mingtian.desk import collect
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.make import ACTOR, DAY, NOW

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def night(db: None) -> Night:
    return make_night()


@pytest.fixture
def cast(night: Night) -> Cast:
    return make_cast(night.evening.tree)


@pytest.fixture
def over(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.over)


def read(client: Client, address: str = "/desk") -> str:
    reply = client.get(address, headers=ENGLISH)
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_principal_finds_the_day_to_confirm_with_one_link(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    client.force_login(cast.principal)

    text = read(client)

    address = f"/desk/days/{night.evening.lecture.pk}/{night.evening.tree.school.public_id}"
    assert f'<a href="{address}">Confirm the evening' in text
    assert "by 21:30" in text


def test_numbers_of_the_last_evening_are_those_of_the_own_unit(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    client.force_login(cast.principal)
    assert ">13<" in read(client)

    client.force_login(cast.outsider)
    assert ">13<" not in read(client)


def test_who_holds_two_posts_chooses_between_them(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    other = night.evening.tree.class_two
    spec = PostSpec(user=cast.teacher, unit=other, role=Role.CLASS_TEACHER)
    post = give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)
    client.force_login(cast.teacher)

    assert f"?post={post.pk}" in read(client)
    assert other.public_id in read(client, f"/desk?post={post.pk}")


def test_a_post_that_is_not_ones_own_is_not_chosen(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    foreign = list_posts(cast.outsider.pk, night.evening.lecture.held_on)[0]
    client.force_login(cast.teacher)

    assert night.evening.tree.far_school.public_id not in read(client, f"/desk?post={foreign.id}")


def test_without_a_post_there_is_an_empty_desk(client: Client, night: Night) -> None:
    client.force_login(User.objects.create_user("nobody"))

    assert "You hold no post today" in read(client)


def test_the_most_urgent_comes_first(monkeypatch: pytest.MonkeyPatch, night: Night) -> None:
    def todo(kind: str, when: When, minutes: int | None = None) -> Todo:
        due = None if minutes is None else night.over + timedelta(minutes=minutes)
        return Todo(kind=kind, text=kind, about="", address="/", when=when, due_at=due)

    class Module:
        @staticmethod
        def list_todos(_posts: object, **_now: object) -> list[Todo]:
            return [todo("soon", When.SOON), todo("later", When.NOW, 9), todo("open", When.NOW),
                    todo("first", When.NOW, 1), todo("late", When.OVERDUE, -5)]  # fmt: skip

    monkeypatch.setattr(collect, "_offering", lambda _what: (Module,))
    posts = list_posts(
        make_staff("x", night.evening.tree.school, Role.PRINCIPAL).pk, night.evening.lecture.held_on
    )

    found = collect.todos_for(posts, [], now=night.over)

    assert [each.kind for each in found] == ["late", "first", "later", "open", "soon"]


@pytest.mark.parametrize(
    ("who", "words", "found"),
    [
        ("office", "Beihe Primary", True),
        ("principal", "No. 1 Primary", True),
        ("principal", "Beihe Primary", False),
        ("teacher", "第二小学", False),
        ("office", "%", False),
    ],
)
def test_search_stays_within_reach(
    client: Client, night: Night, cast: Cast, over: None, who: str, words: str, found: bool
) -> None:
    client.force_login(getattr(cast, who))

    text = client.get("/desk/search", {"q": words}, headers=ENGLISH).content.decode()

    assert ("Nothing found within your reach" not in text) is found


def test_an_empty_search_asks_for_words(client: Client, night: Night, cast: Cast) -> None:
    client.force_login(cast.office)
    assert "Search for a unit by its name" in read(client, "/desk/search")


def test_search_says_what_kind_of_group_it_is(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    client.force_login(cast.office)

    assert "Group of five-old" in read(client, "/desk/search?q=Five-old")
    assert "Staff group" in read(client, "/desk/search?q=Teachers")


@pytest.mark.parametrize(
    ("days", "told"), [(0, "due today"), (2, "by 09-20"), (-2, "was due 09-16")]
)
def test_a_day_without_an_hour_is_told_as_a_day(
    client: Client, night: Night, cast: Cast, over: None, monkeypatch: pytest.MonkeyPatch,
    days: int, told: str,
) -> None:  # fmt: skip
    due = DAY + timedelta(days=days)
    when = When.OVERDUE if days < 0 else When.SOON
    todo = Todo(kind="x", text="x", about="", address="/desk", when=when, due_on=due)
    monkeypatch.setattr("mingtian.desk.views.todos_for", lambda *_posts, **_now: [todo])
    client.force_login(cast.office)

    text = read(client)

    assert told in text
    assert "23:59" not in text


def test_a_slash_too_many_leads_to_the_desk(client: Client, night: Night, cast: Cast) -> None:
    client.force_login(cast.office)
    assert client.get("/desk/")["Location"] == "/desk"


def test_a_class_teacher_sees_the_class_with_its_school(
    client: Client, night: Night, cast: Cast
) -> None:
    client.force_login(cast.teacher)
    assert "No. 1 Primary School Grade 3 Class 1" in read(client)


@pytest.mark.parametrize("unit", ["city_education", "county_education"])
def test_a_bureau_finds_its_evening_and_its_boards(
    client: Client, night: Night, cast: Cast, over: None, unit: str
) -> None:
    """What its schools counted along its own line, though campaigns run along the other."""
    found = getattr(night.evening.tree, unit)
    client.force_login(make_staff("bureau", found, Role.OFFICE, line=Line.GUIDES))

    text = read(client)

    assert "The last evening" in text
    assert ">13<" in text
    board = reverse("boards:board", args=[night.evening.lecture.pk, found.public_id])
    assert text.count(f'href="{board}"') == 2  # beside the numbers, and in the list of days
    assert read(client, board)
    assert "Open the boards" in read(client, "/desk/days/")


def test_who_serves_single_children_sees_no_numbers_of_the_evening(
    client: Client, night: Night, cast: Cast, over: None
) -> None:
    county = night.evening.tree.county
    client.force_login(make_staff("worker", county, Role.CASE_WORKER))

    text = read(client)

    assert "The last evening" not in text
    assert "The days" not in text
    assert f"/{county.public_id}" not in text
    assert "Nothing found" in read(client, "/desk/search?q=Primary")
