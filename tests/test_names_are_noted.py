"""Whoever is shown a sealed name leaves an entry in the trail, on every page of the desk.

Walks all addresses of the matrix by all posts: what comes back is searched for the names of the
class's pupils. Names open in people.actions (names.py); this finds the page that goes past it.
"""

import pytest
from django.db import transaction
from django.test import Client

from mingtian.core.models import AuditEntry
from mingtian.testing.make import invented_name
from mingtian.testing.matrix import Row, Who, World, make_world
from tests.matrices import MODULES, address_of, rows_of

READING = {"people.names_read", "people.names_opened_to_hide"}
WALKERS = (Who.TEACHER, Who.PRINCIPAL, Who.CITY, Who.CITY_AUDITOR)
NAMES = [invented_name(number) for number in range(10)]


@pytest.mark.parametrize("module", MODULES)
def test_no_page_shows_a_name_without_an_entry(
    module: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world()
    clients = {who: Client(raise_request_exception=False) for who in WALKERS}
    for who, client in clients.items():
        client.force_login(world.people[who])
    silent: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
            with transaction.atomic():
                silent += silent_pages(clients, world, name, row)
                transaction.set_rollback(True)

    assert silent == [], "Open names through people.actions, which records who read them."


def silent_pages(clients: dict[Who, Client], world: World, name: str, row: Row) -> list[str]:
    """Return the addresses that showed a name and left no entry."""
    if row.get is None:
        return []
    address = address_of(name, row, world)
    return [
        f"{address} by {who}"
        for who, client in clients.items()
        if shows_a_name(client, address) and not noted(who)
    ]


def shows_a_name(client: Client, address: str) -> bool:
    AuditEntry.objects.all().delete()
    reply = client.get(address)
    # What follows live never ends; it carries figures and keys, and has tests of its own.
    if reply.status_code != 200 or reply.streaming:
        return False
    # A picture or a printed page holds no searchable text; those have tests of their own.
    text = reply.content.decode("utf-8", errors="ignore")
    return any(one in text for one in NAMES)


def noted(who: Who) -> bool:
    return AuditEntry.objects.filter(actor=who.value, action__in=READING).exists()


def test_the_walk_meets_names_where_they_are_shown(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk that meets none would pass whatever pages do."""
    world = make_world()
    client = Client()
    client.force_login(world.people[Who.TEACHER])
    met = 0
    for name, rows in rows_of("boards").items():
        for row in rows:
            if row.get is not None and Who.TEACHER in row.get:
                monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
                with transaction.atomic():
                    met += shows_a_name(client, address_of(name, row, world)) and noted(Who.TEACHER)
                    transaction.set_rollback(True)

    assert met >= 1
