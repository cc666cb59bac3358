"""What the tests of doors share: the small world and everybody's browser, made once for a file."""

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from mingtian.testing.matrix import Who, World, make_world
from tests.browsers import Forgetful


@pytest.fixture(scope="module")
def small_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of the matrix, which goes with the file; each test undoes what it does in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None, small_world: World) -> World:
    return small_world


@pytest.fixture(scope="module")
def browsers(small_world: World) -> Iterator[Mapping[Who, Client]]:
    """Everybody's browser, signed in; an error of ours comes back as a page, as it would.

    A session lies in its cookie, so that no visit of tens of thousands reads it from a table.
    """
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        found = {who: Forgetful(raise_request_exception=False) for who in Who}
        for who, client in found.items():
            client.force_login(small_world.people[who])
        yield found
