"""What waits at documents for the holder of posts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from mingtian.core.todo import When
from mingtian.documents import actions
from mingtian.documents.actions import Onward
from mingtian.documents.models import Receipt
from mingtian.documents.queries.todo import list_todos
from mingtian.documents.tests.conftest import (
    LATER,
    Office,
    actor,
)
from mingtian.documents.tests.paging import todos
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW

pytestmark = pytest.mark.usefixtures("late")


def test_what_waits_is_told_in_order_and_late_ones_as_late(office: Office, principal: User) -> None:
    office.issued(relay_by=DAY - timedelta(days=1))
    office.issued()
    for each in Receipt.objects.filter(unit=office.tree.school)[:1]:
        actions.receive(receipt_id=each.pk, by=actor(principal), now=NOW)
    made = office.draft()
    actions.review(document_id=made.pk, by=office.by, now=NOW)

    posts = list_posts(principal.pk, DAY)
    found = {each.kind: each for each in list_todos(posts, now=LATER)}

    assert set(found) == {"document.receive", "document.relay"}
    assert When.OVERDUE in {each.when for each in found.values()}
    assert todos(office.director)[0] == ("document.sign", 1)
    assert ("document.sign", 1) not in todos(office.drafter)
    actions.sign(document_id=made.pk, by=office.signer, now=NOW)
    assert todos(office.drafter)[0] == ("document.issue", 1)


def test_a_county_is_told_which_of_its_own_let_the_day_go_by(office: Office) -> None:
    tree = office.tree
    county = make_staff("county", tree.county, Role.OFFICE)
    issued = office.issued(relay_by=DAY - timedelta(days=1))
    receipt = office.receipt(issued, tree.county)
    actions.relay(receipt_id=receipt.pk, onward=Onward(words="已转"), by=office.by, now=LATER)
    assert todos(county) == [("document.behind", 3)]
    receipt = office.receipt(issued, tree.school)
    actions.relay(receipt_id=receipt.pk, onward=Onward(words="已转"), by=office.by, now=LATER)

    assert todos(county) == [("document.behind", 2)]
    # Of the city's counties one has done it; the other county's schools are not the city's to ask.
    assert todos(office.director) == [("document.behind", 1)]


def test_what_waits_is_two_questions_to_the_database(
    office: Office, principal: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.issued()
    posts = list_posts(principal.pk, DAY)
    with django_assert_max_num_queries(2):
        list_todos(posts, now=LATER)
