"""Staff sign in by name and password, then by what they have set up; families never do."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from mingtian.org.actions import PostSpec, give_post
from mingtian.org.rules import Role
from mingtian.testing.make import ACTOR, DAY, NOW, make_tree

NAME, PASSWORD = "office", "rain-on-the-roof-tonight"
FORM = {"username": NAME, "password": PASSWORD}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account() -> User:
    user = User.objects.create_user(NAME, password=PASSWORD)
    spec = PostSpec(user=user, unit=make_tree().city, role=Role.OFFICE)
    give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)
    return user


def test_who_signs_in_begins_at_the_desk(client: Client) -> None:
    reply = client.post("/desk/sign-in", FORM)

    assert (reply.status_code, reply.headers["Location"]) == (302, "/desk")
    assert client.get("/desk").status_code == 200


def test_a_page_that_needs_a_sign_in_is_shown_after_it(client: Client) -> None:
    sent_to = client.get("/boards/").headers["Location"]

    reply = client.post(sent_to, FORM | {"next": "/boards/"})

    assert reply.headers["Location"] == "/boards/"


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "用户名或密码不对。"), ("en", "The name or the password is not right.")],
)
def test_a_wrong_password_is_told_without_saying_which_was_wrong(
    client: Client, language: str, said: str
) -> None:
    with translation.override(language):
        reply = client.post(
            "/desk/sign-in", FORM | {"password": "no"}, headers={"accept-language": language}
        )

    assert reply.status_code == 200
    assert said in reply.content.decode()


def test_signing_out_is_done_by_post_only(client: Client) -> None:
    client.login(username=NAME, password=PASSWORD)

    assert client.get("/desk/sign-out").status_code == 405
    assert client.post("/desk/sign-out").headers["Location"] == "/desk/sign-in"
    assert client.get("/desk").headers["Location"].startswith("/desk/sign-in")
