"""``manage.py invite`` prints the first invitation of an installation."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mingtian.org.access import posts_of
from mingtian.staff.models import Invitation
from mingtian.staff.tests.conftest import House
from mingtian.testing.make import DAY, NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def run(unit: str, role: str = "office", *more: str) -> str:
    said = StringIO()
    call_command("invite", "--unit", unit, "--role", role, "--name", "周明川", *more, stdout=said)
    return said.getvalue()


def test_the_first_office_signs_in_with_what_was_printed(house: House, client: Client) -> None:
    said = run(house.tree.city.public_id)
    link = re.search(r"/desk/join/[\w-]{22}", said)
    word = re.search(r"\b\d{6}\b", said)
    assert link is not None
    assert word is not None

    form = {"username": "city", "password": "rain-on-the-roof", "again": "rain-on-the-roof"}
    reply = client.post(link[0], form | {"word": word[0]})

    assert reply.status_code == 302
    (post,) = posts_of(Invitation.objects.get().used_by, DAY)  # type: ignore[arg-type]
    assert (post.unit, post.role) == (house.tree.city, "office")


def test_a_sector_gets_the_guiding_line(house: House) -> None:
    run(house.tree.city_education.public_id)

    assert Invitation.objects.get().line == "guides"


def test_an_unknown_unit_is_told_with_what_stands_at_the_top(house: House) -> None:
    with pytest.raises(CommandError, match=house.tree.city.public_id):
        run("000000000000")


def test_a_post_that_there_is_not_is_refused(house: House) -> None:
    with pytest.raises(CommandError):
        run(house.tree.class_one.public_id, "director")
