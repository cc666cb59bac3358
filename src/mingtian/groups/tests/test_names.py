"""Groups are named with their school, people by name, and nobody is shown a way that is shut."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.groups.rules import Audience
from mingtian.groups.tests.conftest import Ground
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_cast, make_staff
from mingtian.testing.make import NOW

pytestmark = pytest.mark.django_db

HERE = "/desk/groups"


@pytest.fixture(autouse=True)
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def test_texts_are_linked_only_for_whoever_reads_them(client: Client, ground: Ground) -> None:
    tree = ground.evening.tree
    bureau = make_staff("bureau", tree.county_education, Role.OFFICE, line=Line.GUIDES)
    principal = make_staff("head", tree.school, Role.PRINCIPAL)
    here = f"{HERE}/of/{tree.school.public_id}"

    for user, reads in ((bureau, False), (principal, True)):
        assert (f"{here}/posts" in read(client, user, here)) is reads
        assert client.get(f"{here}/posts").status_code == (200 if reads else 404)


def test_the_group_of_a_class_is_named_with_its_school(client: Client, ground: Ground) -> None:
    tree = ground.evening.tree
    teacher = make_cast(tree).teacher

    new = read(client, teacher, f"{HERE}/of/{tree.class_one.public_id}/new")
    assert "第一小学 三年级一班·关爱明天·家长联系群" in new

    group = ground.register(tree.class_one, audience=Audience.FAMILIES)
    for page in (f"of/{tree.class_one.public_id}", f"group/{group.public_id}"):
        assert "No. 1 Primary School Grade 3 Class 1" in read(client, teacher, f"{HERE}/{page}")


def test_who_answers_for_a_group_is_named(client: Client, ground: Ground) -> None:
    tree = ground.evening.tree
    office = make_staff("county", tree.county, Role.OFFICE)
    User.objects.filter(pk=office.pk).update(first_name="林远")
    group = ground.register(tree.county, in_charge=office.pk)

    shown = read(client, office, f"{HERE}/group/{group.public_id}")
    assert "林远" in shown
    assert ">county<" not in shown
    change = read(client, office, f"{HERE}/group/{group.public_id}/change")
    assert "林远</option>" in change
