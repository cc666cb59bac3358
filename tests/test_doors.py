"""What lists, counts, drop-downs, searches and filters give away, and what an ended post opens.

The shapes of leak that return again and again in systems of this kind (registry.md 5.3), tried on
every address of the authorisation matrix, so that a new page is tried without a new test.
"""

import importlib
import inspect
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from mingtian.attendance.models import Tally
from mingtian.campaigns.models import Denominator
from mingtian.org.access import units_visible_to
from mingtian.org.models import Post, Unit
from mingtian.org.queries import list_ancestors
from mingtian.org.rules import Line
from mingtian.testing.make import DAY
from mingtian.testing.matrix import EVERYBODY, FORMER_UNTIL, HOLDERS, Row, Who, World
from tests.matrices import MODULES, address_of, rows_of
from tests.test_authorisation import plain_page_not_found

READERS = (Who.TEACHER, Who.OTHER_PRINCIPAL, Who.FAR_COUNTY)
"""A class teacher, a principal and an office, each with much that is out of reach."""

COUNTED = {"class_one": 7_654_321, "far_class": 4_321_987, "other_class": 2_109_876}
"""So many people at each, as nobody else has: a sum that holds them tells on them."""

ORDINARY = {"教师", "Teachers"}
"""Names of units that are words of the pages as well."""

JUNK = ("\0'", "%", "_", "*", "-1", "9" * 30, "🙂" * 200)
ASKED_FOR = re.compile(r"""\bGET(?:\.get|\.getlist)?[(\[]["'](\w+)["']""")
GET_FORM = re.compile(r"<form[^>]*\bmethod=\"get\".*?</form>", re.DOTALL)
FIELD = re.compile(r"""\bname="(\w+)\"""")


@pytest.fixture
def world(world: World, caplog: pytest.LogCaptureFixture) -> World:
    """The small world, and so many people in it that every sum can be told from the others."""
    caplog.set_level(logging.ERROR, "django.request")
    for name, persons in COUNTED.items():
        unit = world.unit(name)
        Denominator.objects.create(
            campaign=world.evening.campaign, unit=unit, kind=1, persons=persons
        )
        Tally.objects.create(
            lecture=world.evening.lecture.pk, unit=unit.pk, kind=1, arrived=persons,
            completed=persons, replayed=0, replay_completed=0, slots=persons, curve=Decimal(0),
        )  # fmt: skip
    return world


def parameters_of(address: str, plain: HttpResponse) -> list[str]:
    """Return what a page reads from its query string: by its view's code, and by its own forms."""
    view = inspect.unwrap(resolve(address.partition("?")[0]).func)
    forms = GET_FORM.findall(plain.text)
    return sorted(
        _read_by(view.__module__) | {name for form in forms for name in FIELD.findall(form)}
    )


@cache
def _read_by(module: str) -> frozenset[str]:
    return frozenset(ASKED_FOR.findall(inspect.getsource(importlib.import_module(module))))


def test_the_parameters_of_pages_are_found(world: World, browsers: Mapping[Who, Client]) -> None:
    address = reverse("org:unit-list")

    plain = visit(browsers[Who.PRINCIPAL], address, {})

    assert parameters_of(address, plain) == ["q", "unit"]


def test_the_words_out_of_reach_are_those_of_others(world: World) -> None:
    """A search that finds nothing proves nothing before it has found something."""
    words = words_out_of_reach(world, Who.TEACHER)

    for told in ("北河小学", "No. 2 Primary School", "二班", "4,321,987", "11976308", "14,086,184"):
        assert told_of(words, f"<td>{told}</td>"), told
    for told in ("第一小学", "Lanshan City", "一班", "7,654,321", "教师"):
        assert not told_of(words, f"<td>{told}</td>"), told
    assert not told_of(words, "<td>14,321,987</td> <td>4,321,9870</td>")


def test_a_value_that_no_row_can_hold_is_not_there(
    world: World, browsers: Mapping[Who, Client]
) -> None:
    client = browsers[Who.PRINCIPAL]

    sent = client.post(reverse("people:roster"), {"under": "\0"})

    assert sent.status_code == 404
    assert client.get("/desk/units?unit=%00").status_code == 404
    assert client.get("/boards/99999999999999999999/abcdefgh1234").status_code == 404


@pytest.mark.parametrize("module", MODULES)
def test_no_page_tells_of_what_is_out_of_reach_whatever_is_asked_for(
    module: str,
    world: World,
    browsers: Mapping[Who, Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A unit's id from elsewhere, and junk in every filter, show nothing more (ORG-2)."""
    words = {who: words_out_of_reach(world, who) for who in READERS}
    wrong: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
            with transaction.atomic():
                address = address_of(name, row, world)
                for who in [each for each in READERS if each in (row.get or ())]:
                    for asked, reply in answers(browsers[who], address, world):
                        told = told_of(words[who], reply.text) if is_text(reply) else None
                        if reply.status_code >= 500 or told:
                            wrong.append(f"{name} {asked} by {who}: {reply.status_code} {told}")
                transaction.set_rollback(True)

    assert not wrong, "\n".join(["", *wrong])


def answers(
    client: Client, address: str, world: World
) -> Iterator[tuple[dict[str, str], HttpResponse]]:
    """Ask without a filter, then every filter with foreign units and with junk.

    A file that is no text costs much to draw and cannot be searched: it is asked for once.
    """
    plain = visit(client, address, {})
    yield {}, plain
    if not is_text(plain):
        return
    foreign = [world.unit(name).public_id for name in ("far_school", "class_two", "city")]
    for name in parameters_of(address, plain):
        for value in (*foreign, *JUNK):
            yield {name: value}, visit(client, address, {name: value})


def words_out_of_reach(world: World, who: Who) -> list[str]:
    """Return the names and numbers that the reader must not see.

    Names of the units above are no secret to those below; their numbers are.
    """
    reach = set(units_visible_to(world.people[who], DAY))
    above = {
        row.id for unit in reach for line in Line for row in list_ancestors(unit.pk, DAY, line)
    }
    known = {name for unit in Unit.objects.all() if unit in reach or unit.pk in above
             for name in (unit.name, unit.name_en)}  # fmt: skip
    names = {name for unit in Unit.objects.all() for name in (unit.name, unit.name_en)} - ORDINARY
    hidden = {name for name in names if not any(name in each for each in known)}
    own = sum(persons for name, persons in COUNTED.items() if world.unit(name) in reach)
    numbers = {number for number in sums(COUNTED.values()) if number and number != own}
    shown = {form for number in numbers for form in (f"{number}", f"{number:,}")}
    return sorted(hidden | shown)


def told_of(words: list[str], page: str) -> str | None:
    """Return one of the words that stands in the page, not as a part of another; None without.

    One pattern of all words takes as long as drawing the page, looking for each a thirtieth.
    """
    for word in words:
        if word in page and re.search(rf"(?<!\w){re.escape(word)}(?!\d)", page):
            return word
    return None


def sums(numbers: Iterable[int]) -> set[int]:
    """Return every number that some of these sum up to."""
    found = {0}
    for number in numbers:
        found |= {each + number for each in found}
    return found


def end_posts(_user: User) -> None:
    Post.objects.update(ends_on=FORMER_UNTIL)


def begin_posts_later(_user: User) -> None:
    Post.objects.update(starts_on=date(2030, 1, 1))


def close_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


LOSSES = (end_posts, begin_posts_later, close_account)


@pytest.mark.parametrize("module", MODULES)
def test_without_a_post_of_today_nothing_opens_any_more(
    module: str,
    world: World,
    browsers: Mapping[Who, Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The session goes on; what had been within reach a moment ago is not found."""
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    names = re.compile("|".join(re.escape(unit.name) for unit in Unit.objects.all()))
    wrong: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
            with transaction.atomic():
                address, sent = address_of(name, row, world), row.sent(world)
                for who, lose in product(some_of(row), LOSSES):
                    with transaction.atomic():
                        lose(world.people[who])
                        wrong += [f"{name} by {who}, {lose.__name__}: {each}" for each in still_open(
                            browsers[who], row, address, sent, names)]  # fmt: skip
                        transaction.set_rollback(True)
                transaction.set_rollback(True)

    assert not wrong, "\n".join(["", *wrong])


def some_of(row: Row) -> list[Who]:
    """Return two whom the row lets in: the first and the last."""
    allowed = [who for who in Who if who in {*(row.get or ()), *(row.post or ())} & HOLDERS]
    return list(dict.fromkeys([*allowed[:1], *allowed[-1:]]))


def still_open(
    client: Client, row: Row, address: str, sent: dict[str, object], names: re.Pattern[str]
) -> Iterator[str]:
    """Yield what still answers, by method; a page for everybody may, without naming a unit."""
    for method, allowed, fields in (("get", row.get, None), ("post", row.post, sent)):
        if allowed is None:
            continue
        reply = getattr(client, method)(address, fields)
        # To the sign-in, or to the desk, which is looked at under its own name.
        led_to = reply.headers["Location"] if reply.status_code == 302 else ""
        away = led_to.startswith("/desk/sign-in") or led_to == "/desk"
        if away or reply.status_code == 404:
            continue
        told = names.search(reply.text) if is_text(reply) else None
        if reply.status_code != 200 or set(allowed) != EVERYBODY or told:
            yield f"{method} {reply.status_code} {told}"


def visit(client: Client, address: str, asked: dict[str, str]) -> HttpResponse:
    whole = f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}" if asked else address
    with transaction.atomic():
        try:
            return client.get(whole)  # type: ignore[return-value]
        finally:
            transaction.set_rollback(True)


def is_text(reply: HttpResponse) -> bool:
    kind = reply.headers.get("Content-Type", "")
    return not reply.streaming and kind.startswith(("text/html", "text/csv", "application/json"))
