"""A helper is checked, paired with a child, and tells of visits where there is no network (AID-2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mingtian.children.access import get_child_for
from mingtian.children.actions import Registered
from mingtian.children.rules import ConsentPurpose
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.org.rules import Role
from mingtian.pairs import actions
from mingtian.pairs.access import get_pair_to_arrange
from mingtian.pairs.actions import PairSpec
from mingtian.pairs.models import Pair, Visit
from mingtian.pairs.rules import Ending, Kind
from mingtian.run.server import Server, free_port
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME, make_child, make_worker
from mingtian.testing.hotpath import url_of_tests
from mingtian.testing.make import Tree, make_tree
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose
from tests.journeys.conftest import DESK, PHONE, sign_in
from tests.journeys.looking import cut_off, cut_off_when_doubled, faults, fits, picture

pytestmark = pytest.mark.journey

CANARY = "一起读了课文,孩子愿意说话了"
READERS = [
    pytest.param("zh-CN", PHONE, id="zh-phone"),
    pytest.param("en-GB", DESK, id="en-desk"),
    pytest.param("en-GB", PHONE, id="en-phone"),
    pytest.param("zh-CN", DESK, id="zh-desk"),
]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A village with a case worker, an office, a helper and a child."""

    origin: str
    now: datetime
    worker: User
    office: User
    helper: User
    child: Registered


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    return make_tree()


@pytest.fixture
def scene(tree: Tree, var: Path, tmp_path: Path) -> Iterator[Scene]:
    now, worker = clock.now(), make_worker(tree.village)
    child = make_child(worker, tree.village, now=now, consents=[ConsentPurpose.HELPING])
    port = free_port()
    server = Server(
        port=port,
        environment={
            "DATABASE_URL": url_of_tests(),
            "MINGTIAN_VAR": str(var),
            "MINGTIAN_ORIGIN": f"http://127.0.0.1:{port}",
            "MINGTIAN_SECOND_FACTOR": "offered",
        },
        log=tmp_path / "server.log",
    )
    server.start()
    yield Scene(
        origin=server.origin, now=now, worker=worker, child=child,
        office=make_staff("office", tree.village, Role.OFFICE),
        helper=make_staff("helper", tree.village, Role.HELPER),
    )  # fmt: skip
    server.stop()


def enter_as(
    browser: Browser, scene: Scene, user: User, locale: str, size: ViewportSize
) -> BrowserContext:
    context = browser.new_context(
        viewport=size, locale=locale, base_url=scene.origin, reduced_motion="reduce"
    )
    sign_in(context, user, scene.origin)
    return context


def vet_and_pair(scene: Scene) -> Pair:
    with enter(scene.office, now=scene.now, purpose=Purpose.SUPERVISING) as door:
        day = day_of(scene.now)
        actions.note_vetting(door, "helper", kind=Kind.FIVE_OLD, checked_on=day)
    with enter(scene.worker, now=scene.now, purpose=Purpose.CASE_WORK) as door:
        child = get_child_for(door, scene.child.public_id)
        return actions.start_pair(door, child, PairSpec(helper_id=scene.helper.pk))


def look(page: Page, name: str) -> None:
    """Hold a page of the desk against axe and the width, also with doubled text."""
    picture(page, f"pairs-{name}")
    assert faults(page) == []
    assert fits(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")


def look_closely(page: Page, name: str) -> None:
    """Hold the page that helpers use on the way against all that is shown in part only."""
    look(page, name)
    assert cut_off(page) == []
    assert cut_off_when_doubled(page) == []


def press(page: Page) -> None:
    page.locator("main form button").click()


@pytest.mark.parametrize(("locale", "size"), READERS)
def test_a_helper_is_checked_and_paired(
    browser: Browser, scene: Scene, locale: str, size: ViewportSize
) -> None:
    shape = f"{locale[:2]}-{size['width']}"
    office = enter_as(browser, scene, scene.office, locale, size)
    desk = office.new_page()
    desk.goto(f"/desk/pairs/children/{scene.child.public_id}")
    desk.locator("[name=helper]").select_option(index=1)
    press(desk)
    expect(desk.locator("[data-code=pair_helper_unvetted]")).to_be_visible()
    look(desk, f"refused-{shape}")

    desk.goto("/desk/pairs/helpers")
    look(desk, f"helpers-{shape}")
    desk.locator("a[href$='/vet']").click()
    desk.locator("[name=checked_on]").fill(day_of(scene.now).isoformat())
    look(desk, f"vet-{shape}")
    press(desk)
    expect(desk.locator(".chip--good")).to_be_visible()

    begin_pair(desk, scene, shape)
    office.close()
    agree_on_goals(browser, scene, locale, size)


def begin_pair(desk: Page, scene: Scene, shape: str) -> None:
    desk.goto(f"/desk/pairs/children/{scene.child.public_id}")
    desk.locator("[name=helper]").select_option(index=1)
    desk.locator("[name=rhythm]").fill("7")
    look(desk, f"start-{shape}")
    press(desk)
    desk.wait_for_url(re.compile(r"/desk/pairs/[0-9a-z]{12}$"))
    assert NAME not in desk.content()
    look(desk, f"pair-office-{shape}")
    desk.goto("/desk/pairs/list")
    look(desk, f"list-{shape}")


def agree_on_goals(browser: Browser, scene: Scene, locale: str, size: ViewportSize) -> None:
    shape = f"{locale[:2]}-{size['width']}"
    own = enter_as(browser, scene, scene.helper, locale, size)
    phone = own.new_page()
    phone.goto("/desk/pairs/")
    expect(phone.get_by_text(NAME)).to_be_visible()
    look(phone, f"own-{shape}")
    phone.locator("main li a").last.click()
    phone.locator("a[href$='/goals']").click()
    phone.locator("[name=goal_study]").fill("每周读完一本书")
    look(phone, f"goals-{shape}")
    press(phone)
    expect(phone.get_by_text("每周读完一本书")).to_be_visible()
    look(phone, f"pair-{shape}")
    phone.goto("/desk/pairs/record")
    look(phone, f"record-{shape}")
    own.close()


@pytest.mark.parametrize(("locale", "size"), READERS)
def test_a_visit_is_told_where_there_is_no_network(
    browser: Browser, scene: Scene, locale: str, size: ViewportSize
) -> None:
    shape = f"{locale[:2]}-{size['width']}"
    pair = vet_and_pair(scene)
    context = enter_as(browser, scene, scene.helper, locale, size)
    page = context.new_page()
    page.goto(f"/desk/pairs/visit#{pair.public_id}")
    expect(page.locator("[name=pair]")).to_have_value(pair.public_id)
    expect(page.locator("[data-kept]")).to_be_visible()

    context.set_offline(True)
    page.reload()
    expect(page.locator("[name=pair]")).to_have_value(pair.public_id)
    page.locator("[name=minutes]").fill("40")
    page.locator("[name=areas][value=study]").check()
    page.locator("[name=note]").fill(CANARY)
    look_closely(page, f"visit-{shape}")
    page.locator("[data-form] button").click()
    expect(page.locator("[data-list] li")).to_have_count(1)
    look_closely(page, f"waiting-{shape}")
    page.reload()
    expect(page.locator("[data-list] li")).to_have_count(1)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert NAME not in kept
    assert scene.child.public_id not in kept

    context.set_offline(False)
    expect(page.locator("[data-list] li")).to_have_count(0)
    with keep("look"):
        assert Visit.objects.count() == 1
    assert CANARY not in page.evaluate("JSON.stringify(localStorage)")

    refuse_and_leave(page, scene, pair, shape)
    context.close()


def refuse_and_leave(page: Page, scene: Scene, pair: Pair, shape: str) -> None:
    """After the pair's end a visit is not taken and stays; signing out leaves nothing."""
    with enter(scene.worker, now=clock.now(), purpose=Purpose.CASE_WORK) as door:
        actions.end_pair(door, get_pair_to_arrange(door, pair.public_id), Ending.TERM)
    page.locator("[name=minutes]").fill("30")
    page.locator("[data-form] button").click()
    refused = page.locator("[data-state=refused]")
    expect(refused).to_have_count(1)
    look(page, f"refused-visit-{shape}")
    page.reload()
    expect(refused).to_have_count(1)

    page.goto("/desk/pairs/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".menu summary").click()
    page.locator("[data-leaving] button").click()
    page.wait_for_url("**/desk/sign-in")
    left = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('mingtian'))")
    assert left == []
    assert page.evaluate("caches.keys()") == []
