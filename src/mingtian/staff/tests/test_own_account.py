"""The own account: sessions one by one, a new password, posts, what was handed over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.core.models import AuditEntry
from mingtian.org.actions import end_post
from mingtian.org.models import Post
from mingtian.staff import tasks
from mingtian.staff.actions import end_held_post
from mingtian.staff.tests.conftest import House
from mingtian.testing.cast import PASSWORD
from mingtian.testing.make import ACTOR, DAY, NOW

NEW = "another-rain-tonight"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def enter(
    name: str = "principal", password: str = PASSWORD, agent: str = "Firefox Linux"
) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/desk/sign-in", {"username": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/desk/account/").status_code == 200


def change(client: Client, **fields: str) -> int:
    form = {"present": PASSWORD, "password": NEW, "again": NEW} | fields
    return client.post("/desk/account/password", form).status_code


def test_the_page_shows_posts_with_terms_and_devices(house: House) -> None:
    enter(agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0 Chrome/120")
    page = enter().get("/desk/account/").content.decode()

    assert house.tree.school.name in page
    assert "WeChat · Android" in page
    assert "Firefox · Linux" in page
    assert "127.0.0.1" in page


def test_one_device_is_signed_out(house: House) -> None:
    here, there = enter(), enter()
    far = UserSession.objects.get(session_key=there.session.session_key)

    here.post("/desk/account/sessions/end", {"session": far.pk})

    assert is_in(here)
    assert not is_in(there)


def test_nobody_signs_out_a_stranger(house: House) -> None:
    here, stranger = enter(), enter("county.office")
    far = UserSession.objects.get(session_key=stranger.session.session_key)

    here.post("/desk/account/sessions/end", {"session": far.pk})
    here.post("/desk/account/sessions/end", {"session": "x"})

    assert is_in(stranger)


def test_all_others_are_signed_out(house: House) -> None:
    here, one, two = enter(), enter(), enter()

    here.post("/desk/account/sessions/end-others")

    assert [is_in(each) for each in (here, one, two)] == [True, False, False]
    entry = AuditEntry.objects.get(action="staff.sessions_ended")
    assert entry.detail == {"sessions": 2}


def test_a_new_password_ends_all_other_sessions(house: House) -> None:
    here, there = enter(), enter()

    assert change(here) == 302

    assert is_in(here)
    assert not is_in(there)
    assert is_in(enter(password=NEW))
    assert AuditEntry.objects.filter(action="staff.password_changed").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"present": "no"}, "password_wrong"),
        ({"password": "12345678901", "again": "12345678901"}, "password_weak"),
        ({"again": "something-else-tonight"}, ""),
    ],
)
def test_a_password_that_does_not_fit_changes_nothing(
    house: House, fields: dict[str, str], code: str
) -> None:
    client = enter()

    assert change(client, **fields) == 422
    assert User.objects.get(username="principal").check_password(PASSWORD)


def test_guessing_the_present_password_is_locked(house: House) -> None:
    client = enter()
    for _ in range(5):
        change(client, present="no")

    assert change(client) == 422
    assert User.objects.get(username="principal").check_password(PASSWORD)


def test_a_session_in_use_is_noted_every_ten_minutes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter()
    seen = []
    for minutes in (5, 11):
        later = NOW + timedelta(minutes=minutes)
        monkeypatch.setattr("mingtian.core.clock.now", lambda later=later: later)
        client.get("/desk/account/")
        seen.append(UserSession.objects.get().last_seen_at == later)

    assert seen == [False, True]


def test_whoever_loses_the_last_post_is_signed_out_at_once(house: House) -> None:
    client = enter()
    post = Post.objects.get(user=house.principal)

    end_held_post(post=post, ends_on=DAY, actor=ACTOR, now=NOW)

    assert not is_in(client)


def test_sessions_of_posts_that_ended_at_midnight_end_by_night(house: House) -> None:
    client, other = enter(), enter("county.office")
    post = Post.objects.get(user=house.principal)
    end_post(post=post, ends_on=DAY + timedelta(days=1), actor=ACTOR, now=NOW)
    tasks.end_former_sessions(NOW)
    assert is_in(client)

    tasks.end_former_sessions(NOW + timedelta(days=1))

    assert not is_in(client)
    assert is_in(other)


def test_a_closed_account_is_out_at_once(house: House) -> None:
    client = enter()
    User.objects.filter(pk=house.principal.pk).update(is_active=False)

    assert not is_in(client)


def test_the_page_is_drawn_with_few_statements(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = enter()

    with django_assert_max_num_queries(15):
        client.get("/desk/account/")
