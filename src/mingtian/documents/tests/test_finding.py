"""What the desk's search finds of documents: titles and numbers, where they were made or sent."""

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from mingtian.core.finding import MOST
from mingtian.documents.queries.finding import find
from mingtian.documents.tests.conftest import Office
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW


def titles(user: User, words: str) -> list[str]:
    return [each.text for each in find(list_posts(user.pk, DAY), words, now=NOW)]


def test_a_document_is_found_by_title_and_by_number_where_it_was_made_or_sent(
    office: Office,
) -> None:
    issued = office.issued()
    principal = make_staff("principal", office.tree.school, Role.PRINCIPAL)

    for user in (office.drafter, principal):
        assert titles(user, "大讲堂") == [issued.title]
        assert titles(user, issued.reference) == [issued.title]
    assert titles(principal, "没有这个") == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CASE_WORKER])
def test_who_reads_no_documents_finds_none(
    office: Office, role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.issued()
    posts = list_posts(make_staff("other", office.tree.county, role).pk, DAY)

    with django_assert_max_num_queries(0):
        assert find(posts, "大讲堂", now=NOW) == []


def test_a_draft_is_not_found_and_a_search_is_one_statement(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.draft()
    for _each in range(MOST + 1):
        office.issued()
    posts = list_posts(office.drafter.pk, DAY)

    with django_assert_max_num_queries(1):
        found = find(posts, "通知", now=NOW)

    assert len(found) == MOST
    assert all("〔2023〕" in each.about for each in found)
