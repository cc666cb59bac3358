"""A thing of one child is not found under another's address (AID-1).

By construction: every address with two ids of its own, from the matrices.
"""

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


def test_there_are_such_addresses() -> None:
    assert nested().keys() >= {"children:withdraw", "children:end-guardian", "care:end-duty"}
    assert all(nested().values())


@pytest.mark.parametrize("name", sorted(nested()))
def test_a_thing_of_one_child_is_nothing_under_another(
    name: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever uses either at its own address finds nothing at the crossed one, whatever is sent along.

    An empty page is sent too: what is missing in it is not said of another child's thing.
    """
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
        filled = {"ends_on": "2023-09-18"} | row.sent(world)
        for method, named in (("get", row.get or ()), ("post", row.post or ())):
            for who in sorted(named):
                own, *crossed = (
                    [send(clients[who], method, reverse(name, kwargs=one | {inner: each}), sent)
                     for sent in (filled, {})]
                    for each in (one[inner], other[inner], NOTHING)
                )  # fmt: skip
                assert own[0][0] in {200, 302}, f"{method} {name} by {who} does nothing at all"
                wrong += [
                    f"{method} {name} by {who}: {status}"
                    for status, _content, trail in chain(*crossed) if status != 404 or trail
                ]  # fmt: skip

    assert not wrong, "\n".join(wrong)
