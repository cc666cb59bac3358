"""Signing in: counted when wrong, locked by name and place, refused without a post."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.core.models import AuditEntry
from mingtian.org.models import Post
from mingtian.staff.actions import drop_old_attempts
from mingtian.staff.models import Attempt
from mingtian.staff.tests.conftest import House
from mingtian.testing.cast import PASSWORD
from mingtian.testing.make import DAY, NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def sign_in(client: Client, name: str = "principal", password: str = PASSWORD, **where: str) -> str:
    """Return the code of the refusal, "wrong", or the address that follows."""
    reply = client.post("/desk/sign-in", {"username": name, "password": password}, **where)  # type: ignore[arg-type]
    if reply.status_code == 302:
        return str(reply.headers["Location"])
    refused = reply.context["form"].refused
    return refused.code if refused else "wrong"


def test_five_wrong_passwords_lock_name_and_place(client: Client, house: House) -> None:
    assert [sign_in(client, password="no") for _ in range(5)] == ["wrong"] * 5
    assert sign_in(client) == "too_many_tries"


def test_a_colleague_behind_the_same_address_signs_in(client: Client, house: House) -> None:
    """The teachers of a school share one address: it alone locks nobody out."""
    for _ in range(6):
        sign_in(client, password="no")

    assert sign_in(client, "county.office") == "/desk"


def test_the_same_name_from_another_place_is_not_locked(client: Client, house: House) -> None:
    for _ in range(6):
        sign_in(client, password="no")

    assert sign_in(client, REMOTE_ADDR="192.0.2.7") == "/desk"


def test_many_places_together_lock_a_name(client: Client, house: House) -> None:
    for number in range(20):
        sign_in(client, password="no", REMOTE_ADDR=f"192.0.2.{number}")

    assert sign_in(client, REMOTE_ADDR="198.51.100.1") == "too_many_tries"


def test_a_lock_ends_and_old_tries_are_dropped(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        sign_in(client, password="no")
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW + timedelta(minutes=16))

    assert sign_in(client) == "/desk"
    assert drop_old_attempts(now=NOW + timedelta(hours=2)) >= 1
    assert not Attempt.objects.exists()


def test_what_is_counted_names_neither_person_nor_place(client: Client, house: House) -> None:
    sign_in(client, password="no")

    for attempt in Attempt.objects.all():
        assert len(bytes(attempt.key)) == 16
        assert b"principal" not in bytes(attempt.key)


def test_a_success_forgets_the_wrong_tries(client: Client, house: House) -> None:
    for _ in range(4):
        sign_in(client, password="no")
    sign_in(client)
    client.logout()

    assert [sign_in(client, password="no") for _ in range(4)] == ["wrong"] * 4
    assert sign_in(client) == "/desk"


def test_capitals_of_the_name_do_not_matter(client: Client, house: House) -> None:
    assert sign_in(client, "PrinciPal") == "/desk"


def test_an_account_without_a_post_opens_nothing(client: Client, house: House) -> None:
    Post.objects.filter(user=house.principal).update(ends_on=DAY)

    assert sign_in(client) == "no_post_today"
    assert client.get("/desk").headers["Location"].startswith("/desk/sign-in")


def test_a_closed_account_is_told_like_a_wrong_password(client: Client, house: House) -> None:
    User.objects.filter(pk=house.principal.pk).update(is_active=False)

    assert sign_in(client) == "wrong"


def test_sign_ins_failures_and_refusals_are_in_the_trail(client: Client, house: House) -> None:
    sign_in(client, password="no")
    sign_in(client, name="my-password-in-the-wrong-field", password="x")
    sign_in(client)
    client.post("/desk/sign-out")

    told = list(
        AuditEntry.objects.filter(action__startswith="staff.").order_by("pk")
        .values_list("action", "subject")
    )  # fmt: skip
    assert told == [
        ("staff.sign_in_failed", "account:principal"),
        ("staff.sign_in_failed", "account:unknown"),
        ("staff.signed_in", "account:principal"),
        ("staff.signed_out", "account:principal"),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "错误次数太多"), ("en", "There were too many wrong tries. Wait 15 minutes")],
)
def test_the_page_says_how_long_to_wait(
    client: Client, house: House, language: str, said: str
) -> None:
    for _ in range(5):
        sign_in(client, password="no")

    reply = client.post(
        "/desk/sign-in",
        {"username": "principal", "password": PASSWORD},
        headers={"accept-language": language},
    )

    assert said in reply.content.decode()
    assert 'data-code="too_many_tries"' in reply.content.decode()
