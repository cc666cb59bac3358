"""A thing of one child is nothing under another's address (AID-1).

By construction: every address with two ids of its own, from the matrices.
"""

import re
from itertools import chain

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.testing.matrix import DURING, Row, Who, make_world
from tests.matrices import rows_of
from tests.test_addresses import ADDRESSES
from tests.test_authorisation import plain_page_not_found
from tests.test_children_broken_posts import ABOUT_CHILDREN, send

NO_IDS = {"form", "kind", "year"}
"""Parts of addresses that name no thing: the form of a file, a kind, a year."""

NOTHING = "zzzzzzzzzzzz"
"""The public id of nothing."""

CODE = re.compile(rb'data-code="(\w+)"')


def nested() -> dict[str, list[Row]]:
    """Return the addresses with two ids, each with its rows that let somebody in."""
    return {
        name: [row for row in rows if row.get or row.post]
        for module in ABOUT_CHILDREN for name, rows in rows_of(module).items()
        if len(ADDRESSES[name].keys() - NO_IDS) > 1
    }  # fmt: skip


def inner_id(name: str) -> str:
    """Return the last id of an address: the thing's own."""
    return [part for part in ADDRESSES[name] if part not in NO_IDS][-1]


def told(answer: tuple[int, bytes, str]) -> tuple[int, list[bytes]]:
    """Return how a page was answered: status, and the codes of refusals."""
    status, content, _trail = answer
    return status, CODE.findall(content)


def test_there_are_such_addresses() -> None:
    assert nested().keys() >= {"children:withdraw", "children:end-guardian", "care:end-duty"}
    assert all(nested().values())


@pytest.mark.parametrize("name", sorted(nested()))
def test_a_thing_of_one_child_is_nothing_under_another(
    name: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reader may open either at its own address; crossed, it is as if there were no such thing."""
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    world = make_world()
    clients = {who: Client(raise_request_exception=False) for who in Who}
    for who, client in clients.items():
        client.force_login(world.people[who])
    wrong = []

    for row in nested()[name]:
        one, other = row.key(world), row.key(world)
        inner = inner_id(name)
        assert one[inner] != other[inner], "the row makes the same thing twice"
        addresses = [reverse(name, kwargs=one | {inner: each}) for each in (other[inner], NOTHING)]
        sent = {"ends_on": "2023-09-18"} | row.sent(world)
        for who in sorted(set(chain(row.get or (), row.post or ()))):
            for method in ("get", "post"):
                crossed, nowhere = (send(clients[who], method, each, sent) for each in addresses)
                if crossed[2] or told(crossed) != told(nowhere):
                    wrong.append(f"{method} {addresses[0]} by {who}: {told(crossed)}")

    assert not wrong, "\n".join(wrong)
