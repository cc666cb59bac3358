"""Pages about children ask for the password again after a while, and lose nothing (ASVS 7.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.test_addresses import ADDRESSES
from tests.test_walls_around_children import CARE

from mingtian.org.actions import PostSpec, give_post
from mingtian.org.rules import Role
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.make import ACTOR, DAY, NOW, Tree, make_tree
from mingtian.vault.access import keep
from mingtian.vault.middleware import ABOUT_CHILDREN, AGAIN, KEPT_ON_PHONES, USED
from mingtian.vault.models import Child, Request

REASON = "家长报告孩子夜里没有回家"
REGISTER = "/desk/children/"


@dataclass
class Sitting:
    """Somebody at a desk, and a clock that a test moves on."""

    client: Client
    now: datetime

    def wait(self, **time: float) -> None:
        """Let time pass for the product and for allauth, which reads the computer's own clock."""
        passed = timedelta(**time)
        self.now += passed
        session = self.client.session
        for each in session["account_authentication_methods"]:
            each["at"] -= passed.total_seconds()
        session.save()

    def sign_in(self, user: User) -> None:
        sent = {"username": user.username, "password": PASSWORD}
        assert self.client.post("/desk/sign-in", sent).status_code == 302

    def get(self, address: str = REGISTER) -> HttpResponse:
        reply: HttpResponse = self.client.get(address)  # type: ignore[assignment]
        return reply


@pytest.fixture
def sitting(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    made = Sitting(client=client, now=NOW)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: made.now)
    return made


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def worker(tree: Tree) -> User:
    return make_staff("worker", tree.town, Role.CASE_WORKER)


@pytest.fixture
def ask(tree: Tree) -> str:
    """The address at which a file of the town is asked for."""
    with keep("make a child"):
        child = Child.objects.create(unit=tree.village, admitted_at=NOW)
    return reverse("vault:ask-to-read", args=[child.public_id])


def requests() -> list[str]:
    with keep("look"):
        return list(Request.objects.values_list("kind", flat=True))


def test_after_a_quarter_of_an_hour_without_use_the_password_opens_the_page(
    sitting: Sitting, worker: User
) -> None:
    sitting.sign_in(worker)
    assert sitting.get().status_code == 200
    sitting.wait(minutes=16)

    asked = sitting.get(REGISTER + "?page=1")
    assert asked.headers["Location"] == "/desk/account/again?next=%2Fdesk%2Fchildren%2F%3Fpage%3D1"
    assert "一段时间未使用" in sitting.get(asked.headers["Location"]).content.decode()
    assert sitting.get().status_code == 302, "seeing the question does not answer it"
    shown = sitting.client.post(asked.headers["Location"], {"password": PASSWORD})

    assert shown.headers["Location"] == REGISTER + "?page=1"
    assert sitting.get().status_code == 200
    sitting.wait(minutes=14)
    assert sitting.get().status_code == 200


def test_who_goes_on_working_is_not_asked_until_eight_hours_are_over(
    sitting: Sitting, worker: User
) -> None:
    sitting.sign_in(worker)
    for _ in range(8 * 60 // 14):
        sitting.wait(minutes=14)
        assert sitting.get().status_code == 200
    sitting.wait(minutes=14)

    assert sitting.get().status_code == 302


def test_pages_that_are_not_about_children_go_on(sitting: Sitting, worker: User) -> None:
    sitting.sign_in(worker)
    sitting.wait(hours=9)

    assert sitting.get("/desk").status_code == 200
    assert sitting.get("/desk/vault/").status_code == 302


def test_what_was_typed_comes_back_is_stored_nowhere_and_is_sent_with_the_password(
    sitting: Sitting, worker: User, ask: str
) -> None:
    sitting.sign_in(worker)
    sitting.wait(minutes=16)
    typed = {"reason": f"{REASON}\n<b>", "days": "3"}

    reply = sitting.client.post(ask, typed)

    assert reply.status_code == 403
    assert "no-store" in reply.headers["Cache-Control"]
    page = reply.content.decode()
    assert f"{REASON}\n&lt;b&gt;" in page
    assert [REASON in str(each.get_decoded()) for each in Session.objects.all()] == [False]
    assert requests() == []

    reply = sitting.client.post(ask, typed | {AGAIN: "wrong"})
    assert reply.status_code == 403
    assert 'data-code="vault_password_wrong"' in reply.content.decode()
    assert REASON in reply.content.decode()

    assert sitting.client.post(ask, typed | {AGAIN: PASSWORD}).status_code == 302
    assert requests() == ["read"]


def test_guessing_is_slowed_down(sitting: Sitting, worker: User, ask: str) -> None:
    sitting.sign_in(worker)
    sitting.wait(minutes=16)

    for _ in range(10):
        assert sitting.client.post(ask, {AGAIN: "wrong"}).status_code == 403

    assert sitting.client.post(ask, {AGAIN: PASSWORD}).status_code == 403


def test_a_helper_is_not_asked_until_another_post_is_held_too(sitting: Sitting, tree: Tree) -> None:
    helper = make_staff("helper", tree.village, Role.HELPER)
    sitting.sign_in(helper)
    sitting.wait(hours=9)
    assert sitting.get("/desk/pairs/").status_code == 200

    spec = PostSpec(user=helper, unit=tree.village, role=Role.CASE_WORKER)
    give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)

    assert sitting.get("/desk/pairs/").status_code == 302


def test_a_session_that_says_nothing_of_its_beginning_is_asked(
    sitting: Sitting, worker: User
) -> None:
    """One from before the upgrade, say."""
    sitting.sign_in(worker)
    session = sitting.client.session
    del session["staff.signed_in_at"]
    session.save()
    sitting.wait(minutes=6)

    assert sitting.get().status_code == 302


def test_use_is_written_down_once_a_minute(sitting: Sitting, worker: User) -> None:
    sitting.sign_in(worker)
    sitting.get()
    first = sitting.client.session[USED]
    sitting.wait(seconds=50)
    sitting.get()
    assert sitting.client.session[USED] == first
    sitting.wait(seconds=20)
    sitting.get()
    assert sitting.client.session[USED] > first


def test_every_module_about_children_asks(db: None) -> None:
    assert ABOUT_CHILDREN == CARE
    assert ADDRESSES.keys() >= KEPT_ON_PHONES
