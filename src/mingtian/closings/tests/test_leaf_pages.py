"""A day's page of a class and of a township: their own numbers, and corrections to whom they belong."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.closings.tests.conftest import Night
from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.rules import Role, UnitKind
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.make import ACTOR, NOW, OPENED_ON, make_class

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def over(night: Night, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.over)
    return night.over


def page(night: Night, unit: Unit, more: str = "") -> str:
    return f"/desk/days/{night.evening.lecture.pk}/{unit.public_id}{more}"


def read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_class_shows_its_own_numbers(client: Client, night: Night, cast: Cast) -> None:
    text = read(client, cast.teacher, page(night, night.evening.tree.class_one))

    assert "The numbers here" in text
    assert "takes part" not in text
    assert "/correct" not in text


def test_the_school_comes_from_the_page_of_its_class_to_a_correction(
    client: Client, night: Night, cast: Cast
) -> None:
    one = night.evening.tree.class_one

    assert page(night, one, "/correct") in read(client, cast.principal, page(night, one))


def test_every_link_to_a_correction_opens(client: Client, night: Night, cast: Cast) -> None:
    """A township answers for its villages; the classes of a school that stands in it do not."""
    tree = night.evening.tree
    office = make_staff("town", tree.town, Role.OFFICE)
    spec = UnitSpec(key="school", kind=UnitKind.SCHOOL, name="河口小学", leads=tree.town.pk)
    inside = make_class(create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW))

    for user, unit in ((office, tree.town), (cast.principal, tree.school)):
        text = read(client, user, page(night, unit))
        links = [part.split('"')[0] for part in text.split('href="') if "/correct" in part[:80]]
        assert links
        assert not any(inside.public_id in link for link in links)
        assert [client.get(link).status_code for link in links] == [200] * len(links)
