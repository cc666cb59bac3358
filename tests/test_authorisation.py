"""The authorisation matrix: every address of the desk, tried by every post (ORG-2, ORG-3).

Complete by construction: an address without a row fails here, and so does a row without an
address. What a stranger may open is in tests/test_addresses.py, what lists and filters give away
in tests/test_doors.py.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client

from mingtian.org.access import units_visible_to
from mingtian.testing import matrix
from mingtian.testing.make import DAY
from mingtian.testing.matrix import (
    CLASS_TEACHERS,
    EVERYBODY,
    HOLDERS,
    PRINCIPALS,
    Row,
    Who,
    World,
)
from tests.matrices import MODULES, address_of, rows_of
from tests.test_addresses import ADDRESSES, PUBLIC

NOT_OF_POSTS = {
    "first": "leads to the desk",
}
"""Addresses that ask for a sign-in and belong to no module."""

OWN_HOME = "shows the home of the phone's own seat, whatever post somebody holds"
OWN_PHONE = "speaks with the phone's own WeChat account, whatever post somebody holds"
PHONES = {
    "family:switch-home": OWN_HOME,
    "family:agree": OWN_HOME,
    "family:ask": OWN_HOME,
    "family:certificate": OWN_HOME,
    "family:picture": OWN_HOME,
    "family:rights": OWN_HOME,
    "family:kept": OWN_HOME,
    "family:kept-file": OWN_HOME,
    "family:correct": OWN_HOME,
    "family:correct-kin": OWN_HOME,
    "family:take-off": OWN_HOME,
    "family:withdraw": OWN_HOME,
    "family:erase": OWN_HOME,
    "family:erase-now": OWN_HOME,
    "wechat:start": OWN_PHONE,
    "wechat:back": OWN_PHONE,
    "wechat:phone": OWN_PHONE,
    "wechat:phone-remember": OWN_PHONE,
    "wechat:phone-forget": OWN_PHONE,
}
"""Addresses that a phone's seat opens, and why no post does. Their modules' tests try each with a
foreign seat; that a post opens none of them is tried here."""

NEAR_FAMILIES = CLASS_TEACHERS | PRINCIPALS
"""Who alone may see names, or the words of families."""

REFUSED = {403, 404}
NO_SUCH_METHOD = 405
NOBODY_BUT = (Who.CITY, Who.NO_POST)
"""Who tries a method that an address does not answer: it answers to nobody."""


def test_every_address_has_its_row() -> None:
    """Whoever adds an address says in its module's tests/matrix.py who may open it."""
    stated = {name for module in MODULES for name in rows_of(module)}
    expected = ADDRESSES.keys() - PUBLIC.keys() - NOT_OF_POSTS.keys() - PHONES.keys()

    assert expected - stated == set()
    assert stated - expected == set()


def test_what_is_exempt_exists() -> None:
    """A stale entry would open the next address of that name."""
    assert (NOT_OF_POSTS.keys() | PHONES.keys()) - ADDRESSES.keys() == set()


@pytest.mark.parametrize("module", MODULES)
def test_each_post_opens_what_its_row_says_and_finds_nothing_else(
    module: str,
    world: World,
    browsers: Mapping[Who, Client],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Thousands of refusals are wanted here; an error of ours is told with its traceback.
    caplog.set_level(logging.ERROR, "django.request")
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    wrong: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
            with transaction.atomic():
                address, sent = address_of(name, row, world), row.sent(world)
                wrong += [f"{name} {each}" for each in visits(browsers, row, address, sent)]
                transaction.set_rollback(True)

    assert not wrong, "\n".join(["", *wrong])


def plain_page_not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer as the page that says so does, which costs more to draw than the door to find shut."""
    return HttpResponseNotFound(repr(exception))


def visits(
    browsers: Mapping[Who, Client], row: Row, address: str, sent: dict[str, object]
) -> Iterator[str]:
    """Try both methods by everybody, leaving nothing behind; yield what went wrong.

    Who is to find nothing comes first, all in one transaction: none of them leaves anything.
    """
    for method, allowed, fields in (("get", row.get, None), ("post", row.post, sent)):
        let_in = [who for who in Who if who in (allowed or ())]
        refused = [who for who in (NOBODY_BUT if allowed is None else Who) if who not in let_in]
        for together in (refused, *([who] for who in let_in)):
            with transaction.atomic():
                for who in together:
                    reply = getattr(browsers[who], method)(address, fields)
                    if not is_right(reply.status_code, allowed, who):
                        yield f"{method} {address} by {who}: {reply.status_code}"
                transaction.set_rollback(True)


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
    assert is_right(405, None, Who.CITY)


@pytest.mark.parametrize(
    "unit",
    sorted(name[12:].lower() for name in vars(matrix) if name.startswith("AT_OR_ABOVE_")),
)
def test_the_named_sets_are_those_whose_reach_holds_the_unit(unit: str, world: World) -> None:
    """The rows are written with these sets, so a wrong one would hide a wrong door."""
    wanted = world.unit(unit)

    reaching = {
        who
        for who, user in world.people.items()
        if units_visible_to(user, DAY).filter(pk=wanted.pk).exists()
    }

    assert reaching == set(getattr(matrix, f"AT_OR_ABOVE_{unit.upper()}"))
    assert reaching <= HOLDERS


@pytest.mark.parametrize("module", MODULES)
def test_whoever_runs_the_server_finds_what_is_for_a_class_or_a_school_nowhere(
    module: str, world: World, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A superuser sees figures; no names and no families' words."""
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    wrong: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            allowed = {*(row.get or ()), *(row.post or ())}
            if allowed and allowed <= NEAR_FAMILIES:
                monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
                with transaction.atomic():
                    address, sent = address_of(name, row, world), row.sent(world)
                    replies = (admin_client.get(address), admin_client.post(address, sent))
                    met = {reply.status_code for reply in replies}
                    wrong += [f"{name}: {met}"] if met - {404, NO_SUCH_METHOD} else []
                    transaction.set_rollback(True)

    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("name", sorted(PHONES))
def test_no_post_opens_what_belongs_to_a_phone(
    name: str, world: World, browsers: Mapping[Who, Client]
) -> None:
    client = browsers[Who.CITY]
    address = address_of(name, Row(key=lambda _world: dict(ADDRESSES[name])), world)

    for reply in (client.get(address), client.post(address)):
        led_away = reply.status_code == 302 and reply.headers["Location"].startswith("/my")
        closed = b'data-code="family_closed"' in reply.content
        assert led_away or closed or reply.status_code in {404, NO_SUCH_METHOD}
