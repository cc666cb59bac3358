"""The page of units: down the tree, by name, with unresolved places, within reach only."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.org.actions import UnitSpec, create_unit
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.testing.cast import make_cast, make_staff
from mingtian.testing.make import ACTOR, NOW, OPENED_ON, make_tree

pytestmark = pytest.mark.django_db

PAGE = reverse("org:unit-list")


def page_of(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    client.cookies["lang"] = "en"
    reply = client.get(PAGE + query)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_office_begins_at_its_city_and_walks_down(client: Client) -> None:
    tree = make_tree()
    office = make_cast(tree).office

    top = page_of(client, office)
    below = page_of(client, office, f"?unit={tree.school.public_id}")

    assert "<h1>Lanshan City</h1>" in top
    assert "Anping County" in top
    assert f"?unit={tree.county.public_id}" in top
    assert "<h1>No. 1 Primary School</h1>" in below
    assert "Grade 3" in below


def test_a_search_finds_names_in_both_languages_within_reach_only(client: Client) -> None:
    tree = make_tree()
    cast = make_cast(tree)

    assert "Beihe Primary School" in page_of(client, cast.office, "?q=小学")
    assert "Beihe Primary School" in page_of(client, cast.office, "?q=beihe")
    assert "Beihe" not in page_of(client, cast.principal, "?q=小学")
    assert "No unit of that name" in page_of(client, cast.principal, "?q=nowhere")


def test_an_unresolved_place_is_flagged(client: Client) -> None:
    tree = make_tree()
    office = make_cast(tree).office
    assert "Places not found" not in page_of(client, office)
    spec = UnitSpec(key="t", kind=UnitKind.TOWNSHIP, name="明华镇", leads=tree.county.pk)
    create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)

    shown = page_of(client, office)

    assert "Places not found" in shown
    assert "明华镇" in shown


def test_an_education_office_walks_its_own_line(client: Client) -> None:
    tree = make_tree()
    user = make_staff("education", tree.city_education, Role.OFFICE, line=Line.GUIDES)

    shown = page_of(client, user)

    assert "Anping County education" in shown
    assert "Beihe Primary School" in shown


def test_a_unit_out_of_reach_looks_like_none(client: Client) -> None:
    tree = make_tree()
    client.force_login(make_cast(tree).outsider)

    for public_id in (tree.school.public_id, tree.city.public_id, "nowhere00000"):
        assert client.get(f"{PAGE}?unit={public_id}").status_code == 404


def test_units_above_the_reach_are_named_without_an_address(client: Client) -> None:
    tree = make_tree()
    principal = make_cast(tree).principal

    shown = page_of(client, principal)

    assert "Anping County" in shown
    assert tree.county.public_id not in shown


def test_several_posts_are_listed_and_none_is_explained(client: Client) -> None:
    tree = make_tree()
    both = make_staff("both", tree.school, Role.PRINCIPAL)
    nobody = User.objects.create_user("nobody")
    chief = User.objects.create_superuser("chief")
    from mingtian.org.actions import PostSpec, give_post

    spec = PostSpec(user=both, unit=tree.far_school, role=Role.PRINCIPAL)
    give_post(spec=spec, starts_on=OPENED_ON, actor=ACTOR, now=NOW)

    assert "Beihe Primary School" in page_of(client, both)
    assert "No unit is within your reach" in page_of(client, nobody)
    worker = make_staff("worker", tree.county, Role.CASE_WORKER)
    assert "No unit is within your reach" in page_of(client, worker)
    assert "<h1>Lanshan City</h1>" in page_of(client, chief)


def test_the_page_asks_the_same_number_of_questions_however_many_units(
    client: Client, django_assert_max_num_queries: object
) -> None:
    tree = make_tree()
    client.force_login(make_cast(tree).office)
    for number in range(20):
        spec = UnitSpec(key="c", kind=UnitKind.CLASS, name=f"新{number}班", leads=tree.grade.pk)
        create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)
    assert Unit.objects.count() > 30

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(f"{PAGE}?unit={tree.grade.public_id}")
    assert client.post(PAGE).status_code == 405
