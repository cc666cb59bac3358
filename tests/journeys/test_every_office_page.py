"""Every page of the desk, in both languages and at both widths, held against the width; against axe in
Chinese on a phone and in English at a desk, each for one of its readers: axe takes longer than all else.

The pages are those of the authorisation matrix, with what its rows make, at the rows' own instants.
Whoever adds an address adds a row (tests/test_authorisation.py), and so it is looked at here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import APIResponse, Browser, Page

from mingtian.testing.matrix import POSTS, Row, Who, World, make_world
from tests.journeys.clock import Clock
from tests.journeys.conftest import DESK, PHONE, serving, sign_in, signed_in, visit
from tests.journeys.looking import faults, fits, picture
from tests.matrices import MODULES, address_of, rows_of
from tests.test_addresses import ADDRESSES, PUBLIC
from tests.test_authorisation import NOT_OF_POSTS, is_right

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ENDLESS = frozenset({"boards:stream"})
"""Answers that do not end."""
HTML = "text/html"
HELD = {"zh-CN": PHONE, "en-GB": DESK}
"""Each language, and the width at which its pages are held against axe."""
UNFOLDED = "document.querySelectorAll('main details').forEach(one => one.open = true)"
"""What is folded up is looked at as well."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """The world of the matrix, on the air, with its clock."""

    origin: str
    world: World
    clock: Clock


@pytest.fixture
def place(transactional_db: None, var: Path, tmp_path: Path, clock: Clock) -> Iterator[Place]:
    world = make_world()
    with serving(var, tmp_path, **clock.environment) as origin:
        yield Place(origin=origin, world=world, clock=clock)


@pytest.fixture
def pages(browser: Browser, place: Place) -> list[Page]:
    """A page in each language."""
    return [visit(browser, place, locale=locale).new_page() for locale in HELD]


@dataclass(frozen=True, kw_only=True)
class Look:
    """An address, who reads it, and the languages in which axe reads along."""

    name: str
    address: str
    who: Who
    held: Collection[str]


def looks(place: Place, module: str) -> Iterator[Look]:
    """Yield each address for every row, at the row's instant, with its readers."""
    for name, rows in rows_of(module).items():
        for row in rows if name not in ENDLESS else ():
            if found := readers(row):
                place.clock.put_at(row.at)
                address = address_of(name, row, place.world)
                for who, held in found.items():
                    yield Look(name=name, address=address, who=who, held=held)


def readers(row: Row) -> Mapping[Who, Collection[str]]:
    """Return two who may open it, far from the thing and near, each with a language for axe; where
    there is one only, with both."""
    allowed = [who for who in POSTS if who in set(row.get or ())]
    if len(allowed) == 1:
        return {allowed[0]: list(HELD)}
    return {who: [locale] for who, locale in zip([*allowed[:1], *allowed[-1:]], HELD, strict=False)}


@pytest.mark.parametrize("module", MODULES)
def test_every_page_breaks_no_rule_and_fits(place: Place, pages: list[Page], module: str) -> None:
    wrong: dict[str, list[str]] = {}
    for look in looks(place, module):
        called = f"{look.name.replace(':', '-')}-{look.who}"
        for page in pages:
            sign_in(page.context, place.world.people[look.who], place.origin)
        reply = pages[0].request.get(look.address, max_redirects=0)
        if not is_right(reply.status, {look.who}, look.who):
            wrong[called] = [f"answers {reply.status}"]
        elif is_page(reply):
            for page, locale in zip(pages, HELD, strict=True):
                page.goto(look.address)
                wrong |= faulty(page, called, locale, held=locale in look.held)
    assert wrong == {}, wrong


def test_every_page_that_is_open_to_all_breaks_no_rule_and_fits(
    place: Place, pages: list[Page]
) -> None:
    """Also where it says that there is nothing."""
    wrong: dict[str, list[str]] = {}
    for name in sorted(PUBLIC.keys() | NOT_OF_POSTS.keys()):
        address = reverse(name, kwargs=ADDRESSES[name])
        reply = pages[0].request.get(address, max_redirects=0)
        if is_page(reply):
            for page, locale in zip(pages, HELD, strict=True):
                page.goto(address)
                wrong |= faulty(page, name.replace(":", "-"), locale, held=True)
    assert wrong == {}, wrong


@pytest.mark.parametrize("name", ["boards:board", "boards:wall"])
def test_a_chart_that_is_not_yet_drawn_anew_widens_no_page(
    browser: Browser, place: Place, name: str
) -> None:
    """As in the moment after a phone is turned."""
    row = rows_of("boards")[name][0]
    place.clock.put_at(row.at)
    with signed_in(browser, place, place.world.people[Who.CITY], size=DESK) as context:
        context.add_init_script("ResizeObserver = class { observe() {} };")
        page = context.new_page()
        page.goto(address_of(name, row, place.world))
        drawn = page.locator("[data-curve-chart] svg").bounding_box()
        page.set_viewport_size(PHONE)
        assert drawn
        assert drawn["width"] > PHONE["width"]
        assert fits(page)


def is_page(reply: APIResponse) -> bool:
    """Say whether somebody reads it, also one that says what was refused; no file, no way elsewhere."""
    leads_on = 300 <= reply.status < 400
    return (
        reply.headers.get("content-type", "").startswith(HTML)
        and bool(reply.body())
        and not leads_on
    )


def faulty(page: Page, name: str, locale: str, *, held: bool) -> dict[str, list[str]]:
    """Return what is wrong with the page at each width, by name; ``held`` says whether axe reads it."""
    wrong = {}
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.evaluate(UNFOLDED)
        picture(page, f"{name}-{locale}-{size['width']}")
        found = faults(page) if held and size == HELD[locale] else []
        if found := [*found, *([] if fits(page) else ["too wide"])]:
            wrong[f"{name} {locale} {size['width']}"] = found
    return wrong
