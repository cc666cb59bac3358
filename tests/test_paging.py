"""Every long list of the desk, leafed through with more rows than a page holds.

A page that has ``{% pager %}`` has its row in :data:`LISTS`, and the number of a page is read in
``web.paging`` alone: a new long list without a row here fails.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.aid.tests.conftest import TODAY
from mingtian.aid.tests.conftest import make_office as make_aid
from mingtian.campaigns import actions as campaigns
from mingtian.campaigns.tests.conftest import MANDATE, TITLES, Ground, spec
from mingtian.care.tests.conftest import make_county
from mingtian.children.rules import ConsentPurpose
from mingtian.documents.tests.conftest import LATER
from mingtian.documents.tests.conftest import make_office as make_documents
from mingtian.meetings.tests.conftest import Desk
from mingtian.pairs.tests.conftest import make_scene
from mingtian.testing.cast import PASSWORD, make_cast
from mingtian.testing.children import make_child, make_worker
from mingtian.testing.make import ACTOR, NOW, invented_name, make_pupils, make_tree
from mingtian.web import paging
from tests import tree

MANY = 5
ROW = re.compile(r'<th scope="row"><a[^>]* href="([^"]+)"')
WAY = re.compile(r'<a[^>]* rel="(prev|next)" href="([^"]+)"')
FILE = re.compile(r'(?:href|formaction)="([^"]+[./]csv[^"]*)"')
PLACE = re.compile(r"Page (\d+) of (\d+)")
FIRST = ("", "0", "-1", "x", "1.5", "３", "2%00")
BEYOND = ("99", "9" * 30)


@dataclass(frozen=True, kw_only=True)
class Long:
    """A list with its rows made: who reads it, where, at which hour; something is chosen in it."""

    user: User
    address: str
    now: datetime = NOW


def _children() -> Long:
    world = make_tree()
    worker = make_worker(world.village)
    for number in range(MANY):
        make_child(worker, world.village, world.school, name=invented_name(number))
    return Long(
        user=worker, address=reverse("children:register") + "?state=all&category=left_behind"
    )


def _pairs() -> Long:
    scene = make_scene(make_tree())
    for number in range(MANY):
        child = make_child(
            scene.worker, scene.tree.village, scene.tree.school, name=invented_name(number),
            consents=[ConsentPurpose.HELPING],
        )  # fmt: skip
        replace(scene, child=child).pair()
    late = NOW + timedelta(days=60)
    return Long(user=scene.office, address=reverse("pairs:list") + "?show=silent", now=late)


def _cases() -> Long:
    county = make_county()
    for number in range(MANY):
        child = make_child(
            county.worker, county.tree.village, county.tree.school, name=invented_name(number),
            consents=[ConsentPurpose.CASE_WORK],
        )  # fmt: skip
        replace(county, child=child.id, number=child.public_id).open()
    return Long(user=county.county, address=reverse("care:cases") + "?show=open")


def _lines() -> Long:
    office = make_aid()
    listing = office.enter(office.admit(MANY))
    address = reverse("aid:list", args=[listing.public_id]) + "?show=payees"
    return Long(user=office.clerk, address=address, now=TODAY)


def _desk() -> Desk:
    world = make_tree()
    return Desk(tree=world, cast=make_cast(world))


def _meetings() -> Long:
    desk = _desk()
    for _each in range(MANY):
        desk.meet(desk.tree.school)
    address = reverse("meetings:list", args=[desk.tree.school.public_id])
    return Long(user=desk.cast.principal, address=f"{address}?kind=leaders&q=大讲堂")


def _talks() -> Long:
    desk = _desk()
    for _each in range(MANY):
        desk.talk(desk.tree.school)
    address = reverse("meetings:talks", args=[desk.tree.school.public_id])
    return Long(user=desk.cast.principal, address=f"{address}?q=教育局")


def _follow_ups() -> Long:
    desk = _desk()
    for _each in range(MANY):
        desk.follow(desk.tree.school, desk.tree.school)
    return Long(
        user=desk.cast.principal, address=reverse("meetings:follow-ups") + "?state=open&show=own"
    )


def _documents() -> Long:
    office = make_documents()
    for _each in range(MANY):
        office.issued()
    return Long(user=office.drafter, address=reverse("documents:register") + "?q=大讲堂", now=LATER)


def _codes() -> Long:
    world = make_tree()
    made = campaigns.create_campaign(spec=spec(world), actor=ACTOR, now=NOW)
    ground = Ground(tree=world, cast=make_cast(world), campaign=made)
    make_pupils(world.class_one, 1)
    ground.act("set_mandate", mandate=MANDATE)
    ground.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=TITLES)
    ground.open()
    ground.act("issue_codes")
    return Long(user=ground.cast.office, address=reverse("campaigns:code-list") + "?q=班")


LISTS: Mapping[str, Callable[[], Long]] = {
    "aid/list.html": _lines,
    "campaigns/code_list.html": _codes,
    "care/cases.html": _cases,
    "children/register.html": _children,
    "documents/register.html": _documents,
    "meetings/follow_ups.html": _follow_ups,
    "meetings/list.html": _meetings,
    "meetings/talks.html": _talks,
    "pairs/list.html": _pairs,
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a page shows: its rows' addresses, its number and how many there are, where it leads."""

    rows: list[str]
    place: tuple[int, int]
    ways: Mapping[str, str]


def _sheet(text: str, address: str) -> Sheet:
    found = PLACE.search(text)
    return Sheet(
        rows=ROW.findall(text),
        place=(int(found[1]), int(found[2])) if found else (1, 1),
        ways={rel: urljoin(address, html.unescape(way)) for rel, way in WAY.findall(text)},
    )


def _chosen(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@pytest.mark.parametrize("template", LISTS)
@pytest.mark.django_db
def test_a_long_list_is_leafed_through_without_a_row_twice_or_missing(
    template: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = LISTS[template]()
    monkeypatch.setattr("mingtian.core.clock.now", lambda: made.now)
    client.force_login(made.user)
    client.cookies["lang"] = "en"

    def read(address: str) -> Sheet:
        reply = client.get(address)
        assert reply.status_code == 200, address
        assert template in {each.name for each in reply.templates}
        return _sheet(reply.content.decode(), address)

    whole = read(made.address)
    monkeypatch.setattr(paging, "ROWS", 2)
    sheets = [read(made.address)]
    while way := sheets[-1].ways.get("next"):
        assert _chosen(made.address).items() <= _chosen(way).items()
        sheets.append(read(way))

    assert (len(whole.rows) > 2, whole.place, whole.ways) == (True, (1, 1), {})
    assert [row for sheet in sheets for row in sheet.rows] == whole.rows
    assert [sheet.place for sheet in sheets] == [(n + 1, len(sheets)) for n in range(len(sheets))]
    assert read(sheets[1].ways["prev"]) == sheets[0]
    for asked in FIRST:
        assert read(f"{made.address}&page={asked}") == sheets[0], asked
    for asked in BEYOND:
        assert read(f"{made.address}&page={asked}") == sheets[-1], asked


@pytest.mark.parametrize("template", sorted(LISTS.keys() - {"campaigns/code_list.html"}))
@pytest.mark.django_db
def test_the_file_of_a_list_holds_what_all_its_pages_hold(
    template: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of codes there is no file but the booklet. Of children a password is asked for."""
    made = LISTS[template]()
    monkeypatch.setattr("mingtian.core.clock.now", lambda: made.now)
    monkeypatch.setattr(paging, "ROWS", 2)
    client.force_login(made.user)

    way, *_more = FILE.findall(client.get(made.address).content.decode())
    address = urljoin(made.address, html.unescape(way))
    sent = {**_chosen(made.address), "password": PASSWORD}
    reply = client.post(address, sent) if template.startswith("children/") else client.get(address)

    assert (reply.status_code, len(reply.content.splitlines())) == (200, MANY + 1)


def test_every_list_with_pages_is_leafed_through_here() -> None:
    paged = {
        path.as_posix().partition("/templates/")[2]
        for path in tree.files("src/*.html")
        if "{% pager " in tree.text_of(path)
    }
    assert paged == LISTS.keys()


def test_pages_are_numbered_in_one_place() -> None:
    """Two ways to read a number, to stop at the last page and to say so had grown to nine."""
    own = tree.PACKAGE / "web" / "paging.py"
    reads = re.compile(r"""\bPaginator\b|GET(\.get\(|\[)["']page["']""")
    assert [
        path for path in tree.sources() if path != own and reads.search(tree.text_of(path))
    ] == []
