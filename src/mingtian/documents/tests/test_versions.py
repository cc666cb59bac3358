"""A version that takes the place of the one before: on its page, in lists, at its receivers (DOC-1)."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.documents import actions
from mingtian.documents.actions import Onward
from mingtian.documents.models import Document
from mingtian.documents.queries import list_citable
from mingtian.documents.rules import Genre
from mingtian.documents.tests.conftest import LATER, Office, actor
from mingtian.documents.tests.paging import ENGLISH, page, read, todos
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW

pytestmark = pytest.mark.usefixtures("late")


@pytest.fixture
def county(office: Office) -> User:
    return make_staff("county", office.tree.county, Role.OFFICE)


@pytest.fixture
def plan(office: Office, county: User) -> Document:
    """The city's evaluation plan for its counties, which one of them passed on to its schools."""
    made = office.issued(genre=Genre.EVALUATION, title="考评方案", to_lists=("leads:county",))
    receipt = office.receipt(made, office.tree.county)
    onward = Onward(to_lists=("leads:school",))
    actions.relay(receipt_id=receipt.pk, onward=onward, by=actor(county), now=NOW)
    return made


def replace(client: Client, office: Office, plan: Document) -> Document:
    """Begin the next version on the page of the plan and issue it."""
    client.force_login(office.drafter)
    begun = client.post(page(plan, "/new-version"))["Location"]
    client.post(f"{begun}/review")
    client.force_login(office.director)
    client.post(f"{begun}/sign")
    client.post(f"{begun}/issue")
    return Document.objects.get(replaces=plan)


def test_the_page_of_each_version_leads_to_the_other(
    client: Client, office: Office, plan: Document
) -> None:
    client.force_login(office.drafter)
    assert "has taken its place" not in read(client, page(plan))

    newer = replace(client, office, plan)

    old, new = read(client, page(plan)), read(client, page(newer))
    assert "Version 2, 岚山关工委〔2023〕2号, has taken its place" in old
    assert f'href="{page(newer)}"' in old
    assert "Begin a new version" not in old
    assert f'<a href="{page(plan)}">version 1, 岚山关工委〔2023〕1号</a>' in new


def test_a_draft_replaces_nothing_yet(client: Client, office: Office, plan: Document) -> None:
    client.force_login(office.drafter)
    client.post(page(plan, "/new-version"))

    assert "has taken its place" not in read(client, page(plan))
    assert "replaced" not in read(client, "/desk/documents/register")
    assert [each.title for each in list_citable([office.tree.city.pk])] == ["考评方案"]


def test_lists_show_it_and_nobody_cites_it_any_more(
    client: Client, office: Office, plan: Document
) -> None:
    newer = replace(client, office, plan)

    assert read(client, "/desk/documents/register").count("replaced") == 1
    taken = client.get("/desk/documents/register.csv", headers=ENGLISH).content.decode("utf-8-sig")
    (line,) = [each for each in taken.splitlines() if plan.reference in each]
    assert "replaced" in line
    citable = [each.public_id for each in list_citable([office.tree.city.pk])]
    assert citable == [newer.public_id]


def test_everybody_who_had_the_old_one_receives_the_new_one(
    client: Client, office: Office, plan: Document, county: User, principal: User
) -> None:
    client.force_login(principal)
    read(client, page(plan))
    assert todos(principal) == [("document.relay", 1)]

    newer = replace(client, office, plan)

    assert todos(principal) == [("document.receive", 1)]
    assert ("document.receive", 1) in todos(county)
    assert office.receipt(newer, office.tree.school).through_id == office.tree.county.pk
    client.force_login(principal)
    school = office.tree.school.public_id
    assert "nothing more is asked" in read(client, page(plan, f"/at/{school}"))
    assert f'href="{page(newer)}"' in read(client, page(plan))
    assert "考评方案" in read(client, "/desk/documents/")
    refused = client.post(
        page(plan, f"/at/{school}"), {"what": "relay", "words": "全体班主任"}, headers=ENGLISH
    )
    assert 'data-code="document_elsewhere"' in refused.content.decode()


def test_the_third_version_leads_on_from_the_second(
    client: Client, office: Office, plan: Document
) -> None:
    third = replace(client, office, replace(client, office, plan))

    assert third.version == 3
    assert third.issued_at == LATER
    assert read(client, "/desk/documents/register").count("replaced") == 2
