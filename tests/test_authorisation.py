"""The authorisation matrix: every address of the desk, tried by every post (ORG-2, ORG-3).

Complete by construction: an address without a row fails here, and so does a row without an
address. What a stranger may open is in tests/test_addresses.py.
"""

import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mingtian.testing.matrix import EVERYBODY, Row, Who, World, make_world
from tests.test_addresses import ADDRESSES, PUBLIC

NOT_OF_POSTS = {
    "first": "leads to the desk",
    "desk": "leads to the desk",
}
"""Addresses that ask for a sign-in and belong to no module."""

FAMILIES = {"family", "wechat", "screenshots"}
"""Modules whose addresses open to a phone's seat; their tests try each with a foreign one."""

REFUSED = {403, 404}
NO_SUCH_METHOD = 405

MODULES = sorted(
    each.name.rpartition(".")[2]
    for each in apps.get_app_configs()
    if each.name.startswith("mingtian.")
    and importlib.util.find_spec(f"{each.name}.tests.matrix") is not None
)


def rows_of(module: str) -> Mapping[str, Row]:
    rows: Mapping[str, Row] = importlib.import_module(f"mingtian.{module}.tests.matrix").ROWS
    return rows


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_address_has_its_row() -> None:
    """Whoever adds an address says in its module's tests/matrix.py who may open it."""
    stated = {name for module in MODULES for name in rows_of(module)}
    expected = {
        name
        for name in ADDRESSES.keys() - PUBLIC.keys() - NOT_OF_POSTS.keys()
        if name.partition(":")[0] not in FAMILIES
    }

    assert expected - stated == set()
    assert stated - ADDRESSES.keys() == set()


@pytest.mark.parametrize("module", MODULES)
def test_each_post_opens_what_its_row_says_and_finds_nothing_else(
    module: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = {who: Client() for who in Who}
    for who, client in clients.items():
        client.force_login(world.people[who])
    wrong: dict[str, list[str]] = defaultdict(list)

    for name, row in sorted(rows_of(module).items()):
        monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
        address = reverse(name, kwargs=row.key(world))
        for who in Who:
            for method, status, right in visits(clients[who], address, row, who):
                if not right:
                    wrong[name].append(f"{method} by {who}: {status}")

    assert wrong == {}


def visits(client: Client, address: str, row: Row, who: Who) -> Iterator[tuple[str, int, bool]]:
    """Try both methods, leaving nothing behind; yield method, status, and whether it is right."""
    for method, allowed in (("get", row.get), ("post", row.post)):
        with transaction.atomic():
            status = getattr(client, method)(address).status_code
            transaction.set_rollback(True)
        yield method, status, is_right(status, allowed, who)


def is_right(status: int, allowed: Iterable[Who] | None, who: Who) -> bool:
    """Say whether the status fits; no such method may as well show as nothing there."""
    if allowed is None:
        return status in {NO_SUCH_METHOD, 404}
    if who in allowed:
        return status < 500 and status not in REFUSED | {NO_SUCH_METHOD}
    return status == 404


def test_the_matrix_tells_right_from_wrong() -> None:
    assert is_right(200, EVERYBODY, Who.CITY)
    assert is_right(404, {Who.CITY}, Who.TEACHER)
    assert not is_right(404, {Who.CITY}, Who.CITY)
    assert not is_right(200, {Who.CITY}, Who.TEACHER)
    assert not is_right(500, {Who.CITY}, Who.CITY)
    assert not is_right(302, None, Who.CITY)
