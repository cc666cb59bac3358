"""The pages of groups: what people see and do there, in few queries."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.core.todo import When
from mingtian.groups.actions import set_tip, write
from mingtian.groups.models import Acknowledgement, Delivery, Entry, Group, Post, Robot
from mingtian.groups.queries.todo import list_todos
from mingtian.groups.rows import find_entry
from mingtian.groups.rules import Audience, Board, Platform, Words
from mingtian.groups.tests.conftest import BY, LATE, Ground
from mingtian.groups.tests.vendors import SECRET, Vendors
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.make import DAY, NOW

MOST_QUERIES = 15
HERE = "/desk/groups"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: now)


@pytest.fixture
def cast(ground: Ground) -> Cast:
    return make_cast(ground.evening.tree)


@pytest.fixture
def county(ground: Ground, client: Client) -> Client:
    """The county's office, signed in."""
    client.force_login(make_staff("county", ground.evening.tree.county, Role.OFFICE))
    return client


def read(client: Client, address: str, status: int = 200) -> str:
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == status
    return reply.content.decode()


def send(client: Client, there: str, /, **typed: object) -> tuple[int, str]:
    reply = client.post(there, typed, headers={"accept-language": "en"})
    return reply.status_code, reply.get("Location") or reply.content.decode()


def typed_group(**changes: object) -> dict[str, object]:
    return {
        "audience": "schools", "name": "安平县·关爱明天·中小学联系群", "purpose": "联系各校",
        "platform": "wechat", "size": "34", "in_charge": "role:office", "closes_on": "2023-09-25",
        "code_expires_on": "2023-09-20",
    } | changes  # fmt: skip


def test_an_office_comes_from_its_own_page_to_a_registered_group(
    county: Client, ground: Ground
) -> None:
    unit = ground.evening.tree.county.public_id
    assert county.get(f"{HERE}/")["Location"] == f"{HERE}/of/{unit}"
    assert "No group yet" in read(county, f"{HERE}/of/{unit}")
    form = read(county, f"{HERE}/of/{unit}/new")
    assert 'value="安平县·关爱明天·中小学联系群"' in form

    status, there = send(county, f"{HERE}/of/{unit}/new", **typed_group())

    assert status == 302
    assert "安平县·关爱明天·中小学联系群" in read(county, there)
    assert "lapses too early" in read(county, f"{HERE}/of/{unit}?show=lapsing")


def test_a_group_without_closing_date_is_refused_and_the_rest_is_kept(
    county: Client, ground: Ground
) -> None:
    unit = ground.evening.tree.county.public_id

    status, page = send(county, f"{HERE}/of/{unit}/new", **typed_group(closes_on=""))

    assert status == 422
    assert "it ends with its task" in page
    assert 'data-code="closing_date_missing"' in page
    assert 'value="联系各校"' in page
    assert not Group.objects.exists()


def test_groups_past_their_day_are_listed_and_closed(
    county: Client, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = ground.register(ground.evening.tree.county)
    at(monkeypatch, NOW + timedelta(days=9))

    listed = read(county, f"{HERE}/of/{ground.evening.tree.county.public_id}?show=past")
    assert group.name in listed
    assert "still open" in listed
    assert send(county, f"{HERE}/group/{group.public_id}/close")[0] == 302
    assert "group closed" in read(county, f"{HERE}/group/{group.public_id}")


def test_a_changed_group_is_kept(county: Client, ground: Ground) -> None:
    group = ground.register(ground.evening.tree.county)
    address = f"{HERE}/group/{group.public_id}/change"

    assert 'value="2023-09-25"' in read(county, address)
    assert send(county, address, **typed_group(size="501"))[0] == 422
    assert send(county, address, **typed_group(size="40"))[0] == 302
    assert Group.objects.get().size == 40


def test_one_text_goes_into_a_group_and_two_schools_answer(
    client: Client, ground: Ground, cast: Cast
) -> None:
    tree = ground.evening.tree
    ground.register(tree.county)
    office = make_staff("county", tree.county, Role.OFFICE)
    client.force_login(office)
    compose = f"{HERE}/of/{tree.county.public_id}/posts/new"
    read(client, compose)
    fields = {"text": "今晚八点开讲", "to": ["list:schools"], "asks": "on", "key": "0123456789ab"}

    _status, there = send(client, compose, **fields)
    _again, same = send(client, compose, **fields)

    assert there == same
    assert Post.objects.count() == 1
    page = read(client, there)
    assert "今晚八点开讲" in page
    assert "2 units have not yet" in page
    group = Group.objects.get().public_id
    assert send(client, f"{there}/paste/{group}")[0] == 302
    assert "Pasted by county" in read(client, there)

    client.force_login(cast.principal)
    posts = f"{HERE}/of/{tree.school.public_id}/posts"
    assert "not acknowledged yet" in read(client, posts)
    page = read(client, there)
    assert "No. 1 Primary School has read it" in page
    assert "Who has read it" not in page
    assert "No. 2 Primary School" not in page
    acknowledge = f"{there}/acknowledge/{tree.school.public_id}"
    assert send(client, acknowledge)[0] == 302
    status, page = send(client, acknowledge)
    assert status == 422
    assert 'data-code="already_acknowledged"' in page
    assert Acknowledgement.objects.count() == 1

    client.force_login(office)
    assert "1 unit has not yet" in read(client, there)
    silent, read_it = (
        client.get(f"{there}/receipts.csv").content.decode("utf-8-sig").split("\r\n")[1:3]
    )
    assert silent.endswith(",,")
    assert read_it.endswith(",principal")


def test_a_text_that_is_too_long_is_told_by_how_much_and_kept(
    county: Client, ground: Ground
) -> None:
    group = ground.register(ground.evening.tree.county)
    compose = f"{HERE}/of/{ground.evening.tree.county.public_id}/posts/new"
    to = [f"group:{group.public_id}"]

    status, page = send(county, compose, text="长" * 312, to=to, key="0123456789ab")

    assert status == 422
    assert "The text has 12 characters too many; for groups at most 300." in page
    assert "长" * 312 in page


def test_a_foreign_group_cannot_be_ticked(county: Client, ground: Ground) -> None:
    far = ground.register(ground.evening.tree.far_county)
    ground.register(ground.evening.tree.county)
    compose = f"{HERE}/of/{ground.evening.tree.county.public_id}/posts/new"

    assert far.name + " · Beihe" not in read(county, compose)
    to = [f"group:{far.public_id}"]
    assert send(county, compose, text="好", to=to, key="0123456789ab")[0] == 422
    assert not Post.objects.exists()


def test_a_share_package_is_forwarded_and_the_log_says_by_whom(
    client: Client, ground: Ground, cast: Cast
) -> None:
    tree = ground.evening.tree
    words = Words(text="三校做法", title="好做法", link="https://example.org/1", image="封面.jpg")
    post = ground.send(tree.county, ground.register(tree.county), text=words)
    own = ground.register(tree.school, audience=Audience.TEACHERS)
    client.force_login(cast.principal)
    there = f"{HERE}/post/{post.public_id}"
    assert "封面.jpg" in read(client, there)

    send(client, f"{there}/forward/{tree.school.public_id}", groups=[own.public_id])

    assert Delivery.objects.count() == 2
    assert "Forwarded by No. 1 Primary School" in read(client, there)


def test_families_groups_show_no_button_at_night(
    client: Client, ground: Ground, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = ground.evening.tree
    group = ground.register(tree.class_one, audience=Audience.FAMILIES)
    post = ground.send(tree.class_one, group)
    client.force_login(cast.teacher)
    there = f"{HERE}/post/{post.public_id}"

    assert "I have pasted it" in read(client, there)
    at(monkeypatch, LATE)
    page = read(client, there)
    assert "I have pasted it" not in page
    assert "Families are left in peace until 7:00" in page


def test_what_a_school_writes_is_seen_by_others_once_the_owner_has_read_it(
    client: Client, ground: Ground, cast: Cast
) -> None:
    tree = ground.evening.tree
    group = ground.register(tree.county)
    other = make_staff("other", tree.other_school, Role.PRINCIPAL)
    office = make_staff("county", tree.county, Role.OFFICE)
    board = f"{HERE}/group/{group.public_id}/enter"
    client.force_login(cast.principal)
    assert send(client, board, text="先连校园网再扫码")[0] == 302
    assert "先连校园网再扫码" in read(client, board)

    client.force_login(other)
    assert "先连校园网再扫码" not in read(client, board)
    entry = Entry.objects.get()
    read(client, f"{HERE}/entry/{entry.public_id}", status=404)

    client.force_login(office)
    assert "waits to be read" in read(client, board)
    decide = f"{HERE}/entry/{entry.public_id}/decide"
    status, page = send(client, decide, decision="show", version="9")
    assert status == 422
    assert 'data-code="entry_changed"' in page
    assert send(client, decide, decision="show", version="1")[0] == 302
    assert send(client, f"{HERE}/entry/{entry.public_id}/tip", tip="on")[0] == 302

    client.force_login(other)
    page = read(client, board)
    assert "先连校园网再扫码" in page
    assert "No. 1 Primary School" in page
    assert "先连校园网再扫码" in read(client, f"{HERE}/tips")
    assert "先连校园网再扫码" in client.get(f"{HERE}/tips.csv").content.decode()

    client.force_login(cast.principal)
    assert send(client, f"{HERE}/entry/{entry.public_id}", text="换成有线")[0] == 302
    assert send(client, f"{HERE}/entry/{entry.public_id}/withdraw")[0] == 302
    assert "Nothing here yet" in read(client, board)


def test_a_robot_is_set_up_and_never_shown_again(
    county: Client, ground: Ground, vendors: Vendors
) -> None:
    group = ground.register(ground.evening.tree.county, platform=Platform.DINGTALK)
    address = f"{HERE}/group/{group.public_id}/robot"

    status, page = send(county, address, address="https://example.org/x", secret=SECRET)
    assert status == 422
    assert 'data-code="robot_host_not_allowed"' in page
    assert SECRET not in page
    there = vendors.address(Platform.DINGTALK)
    assert send(county, address, address=there, secret=SECRET)[0] == 302
    page = read(county, address)
    assert "A robot is set up" in page
    assert there not in page
    assert SECRET not in page
    assert send(county, f"{address}/remove")[0] == 302
    assert not Robot.objects.exists()


def test_lists_are_made_and_removed(county: Client, ground: Ground) -> None:
    group = ground.register(ground.evening.tree.county)
    address = f"{HERE}/of/{ground.evening.tree.county.public_id}/lists"

    assert send(county, address, name="", groups=[group.public_id])[0] == 422
    assert send(county, address, name="试点校", groups=[group.public_id])[0] == 302
    page = read(county, address)
    assert "试点校" in page
    remove = page.split(f'action="{address}/')[1].split('"')[0]
    assert send(county, f"{address}/{remove}")[0] == 302
    assert "试点校" not in read(county, address)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_can_be_taken_out(county: Client, ground: Ground, form: str) -> None:
    ground.register(ground.evening.tree.county, name="=1+1")
    unit = ground.evening.tree.county.public_id

    reply = county.get(f"{HERE}/of/{unit}/groups.{form}")

    assert reply.status_code == 200
    if form == "csv":
        assert "'=1+1" in reply.content.decode("utf-8-sig")
    assert county.get(f"{HERE}/of/{unit}/groups.pdf").status_code == 404


@pytest.mark.parametrize("there", ["register", "posts", "board", "post", "compose", "tips"])
def test_queries_do_not_grow_with_the_groups(
    county: Client, ground: Ground, there: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    tree = ground.evening.tree
    group = ground.register(tree.county)
    post = ground.send(tree.county, group, text=Words(text="请知悉", asks=True))
    address = {
        "register": f"{HERE}/of/{tree.county.public_id}",
        "posts": f"{HERE}/of/{tree.county.public_id}/posts",
        "compose": f"{HERE}/of/{tree.county.public_id}/posts/new",
        "board": f"{HERE}/group/{group.public_id}/enter",
        "post": f"{HERE}/post/{post.public_id}",
        "tips": f"{HERE}/tips",
    }[there]
    read(county, address)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(county, address)

    for number in range(12):
        ground.register(tree.school, name=f"群{number}")
        ground.send(
            tree.county, ground.register(tree.county, name=f"县群{number}"), source=f"{number}"
        )
        made = write(
            group=group,
            board=Board.ENTER,
            text=f"第{number}条",
            by=ground.sender(tree.county),
            now=NOW,
        )
        entry = find_entry(made, DAY)
        assert entry is not None
        set_tip(entry=entry, on=True, by=BY, now=NOW)
    with django_assert_max_num_queries(len(few)):
        read(county, address)


def test_the_desk_is_told_what_waits(ground: Ground, cast: Cast) -> None:
    tree = ground.evening.tree
    office = make_staff("county", tree.county, Role.OFFICE)

    def waiting(user_id: int, now: datetime = NOW) -> dict[str, tuple[When, int]]:
        posts = list_posts(user_id, DAY)
        return {each.kind: (each.when, each.number) for each in list_todos(posts, now=now)}

    assert waiting(office.pk) == {}
    group = ground.register(tree.county)
    assert waiting(office.pk) == {"group.code": (When.TODAY, 1)}
    assert waiting(office.pk, NOW - timedelta(days=1)) == {"group.code": (When.SOON, 1)}
    ground.send(tree.county, group, text=Words(text="请知悉", asks=True))
    write(group=group, board=Board.ENTER, text="好", by=ground.sender(tree.school), now=NOW)
    assert waiting(office.pk) == {
        "group.code": (When.TODAY, 1), "group.paste": (When.NOW, 1), "group.read": (When.TODAY, 1)
    }  # fmt: skip
    assert waiting(cast.principal.pk) == {"group.acknowledge": (When.SOON, 1)}
    assert waiting(cast.office.pk) == {}
    assert waiting(office.pk, NOW + timedelta(days=7))["group.close"] == (When.TODAY, 1)
    late = waiting(office.pk, NOW + timedelta(days=8))
    assert late["group.close"] == (When.OVERDUE, 1)
    assert "group.paste" not in late


def test_what_waits_is_two_questions_to_the_database(
    ground: Ground, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posts = [*list_posts(cast.office.pk, DAY), *list_posts(cast.principal.pk, DAY)]
    with django_assert_max_num_queries(2):
        list_todos(posts, now=NOW)
