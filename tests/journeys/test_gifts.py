"""Rice comes in, goes to a child's home and is confirmed by a second; a need goes out under a code (AID-9, AID-10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mingtian.gifts.tests.conftest import Place, make_place
from mingtian.testing.children import NAME
from mingtian.vault.models import Child
from tests.journeys.conftest import WAYS, serving, signed_in
from tests.journeys.looking import hold

pytestmark = pytest.mark.journey


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A town with stock, and a child whom a helper visits."""

    origin: str
    place: Place
    child: Child


@pytest.fixture
def scene(transactional_db: None, var: Path, tmp_path: Path) -> Iterator[Scene]:
    place = make_place()
    place.receive(12, 5)
    place.receive_money()
    child = place.child()
    place.help(child)
    place.partner(licence="")
    with serving(var, tmp_path) as origin:
        yield Scene(origin=origin, place=place, child=child)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody's browser in one language and size."""

    browser: Browser
    scene: Scene
    locale: str
    size: ViewportSize

    def enter(self, user: User) -> BrowserContext:
        return signed_in(self.browser, self.scene, user, size=self.size, locale=self.locale)

    def look(self, page: Page, name: str) -> None:
        """Hold a page against axe and the width, also with doubled text."""
        hold(page, f"gifts-{name}-{self.locale[:2]}-{self.size['width']}", doubled=True)


def press(page: Page, number: int = 0) -> None:
    page.locator("main form button").nth(number).click()


@pytest.mark.parametrize(("locale", "size"), WAYS[:2])
def test_rice_goes_to_a_home_and_a_need_goes_out_under_a_code(
    browser: Browser, scene: Scene, locale: str, size: ViewportSize
) -> None:
    visitor = Visitor(browser=browser, scene=scene, locale=locale, size=size)
    office, helper, worker = (
        visitor.enter(user).new_page()
        for user in (scene.place.town, scene.place.helper, scene.place.worker)
    )
    record_goods(visitor, office)
    plan(visitor, office)
    carry(visitor, helper)
    confirm(visitor, office)
    undo(visitor, office)
    write_need(visitor, worker)
    release(visitor, office)


def record_goods(visitor: Visitor, office: Page) -> None:
    office.goto("/desk/gifts/new/goods")
    visitor.look(office, "goods")
    office.locator("[name=donor_name]").fill("柳河粮店")
    office.locator("[name=item1]").select_option(index=1)
    office.locator("[name=quantity1]").fill("20")
    press(office)
    expect(office.locator("a[href$='receipt.pdf']")).to_be_visible()
    visitor.look(office, "gift")
    for name in ("", "list", "donors", "move", "items", "new/money"):
        office.goto(f"/desk/gifts/{name}")
        visitor.look(office, name.replace("/", "-") or "index")
    office.goto("/desk/gifts/drives")
    office.locator("[name=title]").fill("人人捐款")
    office.locator("[name=plan]").fill("每人不少于10元")
    office.locator("[name=starts_on]").fill("2026-11-01")
    office.locator("[name=ends_on]").fill("2026-12-01")
    press(office)
    expect(office.locator("[data-code=gifts_quota]")).to_be_visible()
    visitor.look(office, "quota")


def plan(visitor: Visitor, office: Page) -> None:
    office.goto("/desk/gifts/rounds")
    office.locator("[name=title]").fill("春节慰问")
    press(office)
    office.locator("[name=child]").fill(visitor.scene.child.public_id)
    office.locator("[name=item1]").select_option(index=1)
    office.locator("[name=quantity1]").fill("2")
    press(office)
    expect(office.get_by_text(visitor.scene.child.public_id).first).to_be_visible()
    assert NAME not in office.content()
    visitor.look(office, "round")
    office.goto("/desk/gifts/rounds")
    visitor.look(office, "rounds")


def carry(visitor: Visitor, helper: Page) -> None:
    helper.goto("/desk/gifts/")
    expect(helper.get_by_text(NAME)).to_be_visible()
    visitor.look(helper, "carry")
    helper.get_by_text(NAME).click()
    visitor.look(helper, "hand-over")
    helper.locator("[name=way]").select_option("second")
    press(helper)
    helper.wait_for_url("**/carry")


def confirm(visitor: Visitor, office: Page) -> None:
    office.goto("/desk/gifts/confirm")
    visitor.look(office, "confirm")
    press(office)
    expect(office.locator("main form")).to_have_count(0)


def undo(visitor: Visitor, office: Page) -> None:
    office.goto("/desk/gifts/rounds")
    office.get_by_role("link", name="春节慰问").click()
    office.get_by_role("link", name=visitor.scene.child.public_id).click()
    visitor.look(office, "sign-off")
    office.locator("[name=reason]").select_option("other_child")
    press(office)
    expect(office.locator("main form")).to_have_count(0)
    visitor.look(office, "undone")


def write_need(visitor: Visitor, worker: Page) -> None:
    worker.goto("/desk/gifts/needs/new")
    worker.locator("[name=child]").fill(visitor.scene.child.public_id)
    worker.locator("[name=size]").fill("140")
    worker.locator("[name=note]").fill(f"给{NAME}")
    press(worker)
    expect(worker.locator("[data-code=gifts_tells_too_much]")).to_be_visible()
    visitor.look(worker, "need-refused")
    worker.locator("[name=note]").fill("深色,防水")
    press(worker)
    worker.wait_for_url("**/needs")


def release(visitor: Visitor, office: Page) -> None:
    office.goto("/desk/gifts/needs")
    visitor.look(office, "needs")
    press(office)
    office.goto("/desk/gifts/partners")
    expect(office.locator("main table form")).to_have_count(0)
    visitor.look(office, "partners")
