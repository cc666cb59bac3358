"""Whoever has lost password or phone is let in again, by the office that reaches all of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.access import posts_of
from mingtian.org.models import Post
from mingtian.org.rules import Line, Role
from mingtian.staff.access import post_key
from mingtian.staff.actions import (
    Made,
    Newcomer,
    Renewal,
    accept_as,
    accept_as_newcomer,
    offer_access,
    renew_access,
)
from mingtian.staff.tests.conftest import House
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.make import DAY, NOW, OPENED_ON

NEW = "another-rain-tonight"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def teacher(house: House) -> User:
    return make_staff("teacher", house.tree.class_one, Role.CLASS_TEACHER)


def offered(house: House, teacher: User) -> Made:
    post = Post.objects.select_related("unit", "user").get(user=teacher)
    return offer_access(post=post, once="", by=house.principal, now=NOW)


def test_from_the_office_to_the_new_password(house: House, teacher: User) -> None:
    """Old password, old sessions and old second factors open nothing any more."""
    Authenticator.objects.create(user=teacher, type="totp", data={"secret": "x"})
    desk, old, phone = Client(), Client(), Client()
    desk.force_login(house.principal)
    key = post_key(house.tree.class_one.public_id, Role.CLASS_TEACHER, OPENED_ON, "teacher")

    reply = desk.post("/desk/staff/post/access", {"post": key, "once": "one"})
    again = desk.post("/desk/staff/post/access", {"post": key, "once": "one"})
    shown = desk.get(reply.headers["Location"])
    link = shown.context["link"].removeprefix("http://127.0.0.1:8000")
    page = phone.get(link).content.decode()
    done = phone.post(link, {"word": shown.context["word"], "password": NEW, "again": NEW})

    assert again.headers["Location"] == reply.headers["Location"]
    assert "teacher" not in page.partition("<main")[2]
    assert "邀请" not in page.partition("<main")[2]
    assert done.headers["Location"] == "/desk/account/"
    assert "teacher" in phone.get("/desk/account/").content.decode()
    assert not Authenticator.objects.filter(user=teacher).exists()
    assert Post.objects.filter(user=teacher).count() == 1
    old.post("/desk/sign-in", {"username": "teacher", "password": PASSWORD})
    assert old.get("/desk/account/").status_code == 302
    assert AuditEntry.objects.filter(action="staff.access_renewed", actor="teacher").exists()


def test_an_account_that_reaches_further_is_not_let_in_from_below(
    house: House, teacher: User
) -> None:
    """It would be a way upward: a principal could take over an account of the city."""
    Post.objects.create(
        user=teacher, unit=house.tree.city, role=Role.OFFICE, line=Line.LEADS, starts_on=OPENED_ON
    )
    post = Post.objects.select_related("unit", "user").get(user=teacher, unit=house.tree.class_one)

    with pytest.raises(RuleBroken, match="access_elsewhere"):
        offer_access(post=post, once="", by=house.principal, now=NOW)
    assert AuditEntry.objects.filter(action="staff.access_refused").exists()


def test_the_link_gives_the_post_to_nobody_else(house: House, teacher: User) -> None:
    made = offered(house, teacher)
    newcomer = Newcomer(username="somebody", password=NEW)

    with pytest.raises(RuleBroken, match="access_for_account"):
        accept_as_newcomer(secret=made.secret, word=made.word, newcomer=newcomer, now=NOW)
    with pytest.raises(RuleBroken, match="access_for_account"):
        accept_as(secret=made.secret, word=made.word, user=house.office, now=NOW)
    assert Post.objects.filter(unit=house.tree.class_one).count() == 1


def test_a_closed_account_stays_closed(house: House, teacher: User) -> None:
    made = offered(house, teacher)
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    renewal = Renewal(secret=made.secret, word=made.word, password=NEW)

    with pytest.raises(RuleBroken, match="access_for_newcomer"):
        renew_access(renewal=renewal, now=NOW)


def test_a_weak_password_is_refused_and_the_link_stays(house: House, teacher: User) -> None:
    made = offered(house, teacher)

    with pytest.raises(RuleBroken, match="password_weak"):
        renew_access(
            renewal=Renewal(secret=made.secret, word=made.word, password="12345678901"), now=NOW
        )
    assert renew_access(
        renewal=Renewal(secret=made.secret, word=made.word, password=NEW), now=NOW
    ).check_password(NEW)


def test_a_post_that_ended_meanwhile_does_not_come_back(house: House, teacher: User) -> None:
    made = offered(house, teacher)
    Post.objects.filter(user=teacher).update(ends_on=DAY)

    renew_access(renewal=Renewal(secret=made.secret, word=made.word, password=NEW), now=NOW)

    assert not posts_of(teacher, DAY).exists()
