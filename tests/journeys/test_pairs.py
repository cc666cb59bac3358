"""A helper is checked, paired with a child, tells of visits, also where there is no network, and is
followed by the village's office until the pair ends (AID-2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mingtian.children.access import get_child_for
from mingtian.children.actions import Registered
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of, now
from mingtian.org.rules import Role
from mingtian.pairs import actions
from mingtian.pairs.access import get_pair_to_arrange
from mingtian.pairs.actions import PairSpec
from mingtian.pairs.models import Pair, Visit
from mingtian.pairs.rules import Ending, Kind
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.children import NAME, make_child, make_worker
from mingtian.testing.make import make_tree
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose
from tests.journeys.clock import Clock
from tests.journeys.conftest import DESK, PHONE, serving, signed_in
from tests.journeys.looking import cut_off, cut_off_when_doubled, hold

pytestmark = pytest.mark.journey

CANARY = "一起读了课文,孩子愿意说话了"
LOCALES = pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
VETTED_BEFORE = timedelta(days=360)
"""The first helper's check lapses in some days."""
GOES_SILENT_AFTER = 8
"""Days; the rhythm is a week, and the check is over by then."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A village with a case worker, an office, two helpers and, since yesterday, a child."""

    origin: str
    worker: User
    office: User
    helper: User
    second: User
    child: Registered


@pytest.fixture
def scene(transactional_db: None, var: Path, tmp_path: Path, clock: Clock) -> Iterator[Scene]:
    tree, yesterday = make_tree(), now() - timedelta(days=1)
    worker = make_worker(tree.village)
    child = make_child(worker, tree.village, now=yesterday, consents=[ConsentPurpose.HELPING])
    people = {
        word: make_staff(word, tree.village, role)
        for word, role in (
            ("office", Role.OFFICE),
            ("helper", Role.HELPER),
            ("second", Role.HELPER),
        )
    }
    # The server knows the hashers of the product, not the quick one of the tests.
    people["helper"].password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    people["helper"].save(update_fields=["password"])
    with serving(var, tmp_path, **clock.environment) as origin:
        yield Scene(origin=origin, worker=worker, child=child, **people)


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Everybody's browsers in one language: the office at a desk, helpers on phones."""

    browser: Browser
    scene: Scene
    locale: str

    def page(self, user: User, size: ViewportSize = PHONE) -> Page:
        context = signed_in(self.browser, self.scene, user, size=size, locale=self.locale)
        return context.new_page()

    def look(self, page: Page, name: str) -> None:
        """Hold the page against axe and its width, and the one used on the way against all that is
        shown in part only."""
        hold(page, f"pairs-{name}-{self.locale[:2]}", doubled="/desk/pairs/" in page.url)
        if page.locator("[data-visit]").count():
            assert cut_off(page) == [], name
            assert cut_off_when_doubled(page) == [], name


def press(page: Page) -> None:
    page.locator("main form button").click()


@LOCALES
def test_a_pair_from_the_check_to_its_end(
    browser: Browser, scene: Scene, clock: Clock, locale: str
) -> None:
    clock.put(10, 0)
    walk = Walk(browser=browser, scene=scene, locale=locale)
    desk, phone = walk.page(scene.office, DESK), walk.page(scene.helper)
    check(walk, desk, phone)
    begin_pair(walk, desk)
    agree_on_goals(walk, phone)
    say_that_something_is_wrong(walk, phone)
    ask_about_it(walk, desk)
    clock.put(10, 0, days=GOES_SILENT_AFTER)
    fall_silent(walk, desk, phone)
    hand_over(walk, desk, phone)
    end(walk, desk)


def check(walk: Walk, desk: Page, phone: Page) -> None:
    """Nobody is paired before somebody looked, and each sees how the check stands."""
    phone.goto("/desk/pairs/")
    expect(phone.locator(".notice--wait")).to_be_visible()
    walk.look(phone, "own-unchecked")
    desk.goto(f"/desk/pairs/children/{walk.scene.child.public_id}")
    desk.locator("[name=helper]").select_option(str(walk.scene.helper.pk))
    press(desk)
    expect(desk.locator("[data-code=pair_helper_unvetted]")).to_be_visible()
    walk.look(desk, "refused")
    for helper, before in (("second", timedelta()), ("helper", VETTED_BEFORE)):
        desk.goto("/desk/pairs/helpers")
        desk.locator(f"a[href$='/{helper}/vet']").click()
        desk.locator("[name=checked_on]").fill(day_of(now() - before).isoformat())
        walk.look(desk, "vet")
        press(desk)
    expect(desk.locator(".chip--wait")).to_be_visible()
    desk.locator("main summary").first.click()
    walk.look(desk, "helpers")
    phone.reload()
    expect(phone.locator(".notice--wait")).to_be_visible()
    walk.look(phone, "own-lapsing")


def begin_pair(walk: Walk, desk: Page) -> None:
    desk.goto(f"/desk/pairs/children/{walk.scene.child.public_id}")
    desk.locator("[name=helper]").select_option(str(walk.scene.helper.pk))
    desk.locator("[name=beside]").select_option(str(walk.scene.second.pk))
    desk.locator("[name=rhythm]").fill("7")
    walk.look(desk, "start")
    press(desk)
    desk.wait_for_url(re.compile(r"/desk/pairs/[0-9a-z]{12}$"))
    walk.look(desk, "pair-office")
    desk.locator("a[href$='/beside']").click()
    expect(desk.locator("[name=helper]")).to_have_value(str(walk.scene.second.pk))
    walk.look(desk, "beside")
    press(desk)
    assert NAME not in desk.content()
    desk.goto("/desk/pairs/list")
    walk.look(desk, "list")


def agree_on_goals(walk: Walk, phone: Page) -> None:
    phone.goto("/desk/pairs/")
    expect(phone.get_by_text(NAME)).to_be_visible()
    walk.look(phone, "own")
    phone.locator("main li a").last.click()
    phone.locator("a[href$='/goals']").click()
    phone.locator("[name=goal_study]").fill("每周读完一本书")
    walk.look(phone, "goals")
    press(phone)
    expect(phone.get_by_text("每周读完一本书")).to_be_visible()
    walk.look(phone, "pair")


def say_that_something_is_wrong(walk: Walk, phone: Page) -> None:
    """Told with the visit; one tap leads on to the office."""
    phone.locator("main .button--call").first.click()
    phone.locator("[name=day]").fill(day_of(now()).isoformat())
    phone.locator("[name=hour]").fill("09:30")
    phone.locator("[name=minutes]").fill("5")
    phone.locator("[name=wrong]").check()
    walk.look(phone, "visit-wrong")
    phone.locator("[data-form] button").click()
    expect(phone.locator("[data-wrongs] a")).to_be_visible()
    walk.look(phone, "visit-told")
    phone.locator("[data-wrongs] a").click()
    phone.locator("main form textarea").fill("孩子手上有伤,不肯说原因")
    phone.locator("main form [name=topic]").first.check()
    walk.look(phone, "problem")
    press(phone)
    expect(phone.get_by_text("孩子手上有伤")).to_be_visible()
    walk.look(phone, "problem-sent")
    phone.goto("/desk/pairs/record")
    walk.look(phone, "record")


def ask_about_it(walk: Walk, desk: Page) -> None:
    desk.goto("/desk")
    desk.locator("a[href='/desk/pairs/questions']").first.click()
    walk.look(desk, "questions")
    press(desk)
    expect(desk.locator("main form")).to_have_count(0)
    walk.look(desk, "questions-asked")


def fall_silent(walk: Walk, desk: Page, phone: Page) -> None:
    """Nobody came for longer than agreed, and the first helper's check is over."""
    desk.goto("/desk")
    desk.locator("a[href='/desk/pairs/silent']").first.click()
    expect(desk.locator("tbody .chip--live")).to_have_count(1)
    walk.look(desk, "silent")
    desk.goto("/desk/pairs/helpers")
    expect(desk.locator("tbody .chip--live")).to_have_count(1)
    walk.look(desk, "helpers-over")
    phone.goto("/desk/pairs/")
    expect(phone.locator(".notice--wait")).to_be_visible()
    assert NAME not in phone.content()
    walk.look(phone, "own-over")
    phone.goto("/desk/pairs/visit")
    expect(phone.locator("[data-form] button")).to_be_disabled()
    walk.look(phone, "visit-none")


def hand_over(walk: Walk, desk: Page, phone: Page) -> None:
    desk.goto("/desk/pairs/silent")
    desk.locator("tbody a").click()
    desk.locator("a[href$='/hand-over']").click()
    desk.locator("[name=helper]").select_option(str(walk.scene.second.pk))
    desk.locator("[name=notes]").check()
    walk.look(desk, "hand-over")
    press(desk)
    desk.locator("a[href$='/rhythm']").click()
    walk.look(desk, "rhythm")
    press(desk)
    second = walk.page(walk.scene.second)
    second.goto("/desk/pairs/")
    second.locator("main li a").last.click()
    expect(second.get_by_role("heading", name=NAME)).to_be_visible()
    walk.look(second, "pair-second")
    phone.goto("/desk/pairs/")
    walk.look(phone, "own-none")


def end(walk: Walk, desk: Page) -> None:
    desk.locator("main summary").click()
    walk.look(desk, "pair-ending")
    desk.locator("form[action$='/pause'] button").click()
    desk.locator("main summary").click()
    walk.look(desk, "pair-resting")
    desk.locator("form[action$='/resume'] button").click()
    desk.locator("main summary").click()
    desk.locator("form[action$='/end'] [value=reached]").check()
    desk.locator("form[action$='/end'] button").click()
    expect(desk.locator("main summary")).to_have_count(0)
    walk.look(desk, "pair-ended")


@pytest.fixture
def pair(scene: Scene) -> Pair:
    """The child is helped since this morning."""
    with enter(scene.office, now=now(), purpose=Purpose.SUPERVISING) as door:
        actions.note_vetting(door, "helper", kind=Kind.FIVE_OLD, checked_on=day_of(now()))
    with enter(scene.worker, now=now(), purpose=Purpose.CASE_WORK) as door:
        child = get_child_for(door, scene.child.public_id)
        return actions.start_pair(door, child, PairSpec(helper_id=scene.helper.pk))


@LOCALES
def test_a_visit_is_told_where_there_is_no_network(
    browser: Browser, scene: Scene, pair: Pair, clock: Clock, locale: str
) -> None:
    clock.put_at(now())
    walk = Walk(browser=browser, scene=scene, locale=locale)
    page = walk.page(scene.helper)
    page.goto(f"/desk/pairs/visit#{pair.public_id}")
    expect(page.locator("[name=pair]")).to_have_value(pair.public_id)
    expect(page.locator("[data-kept]")).to_be_visible()

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[name=pair]")).to_have_value(pair.public_id)
    page.locator("[name=minutes]").fill("40")
    page.locator("[name=areas][value=study]").check()
    page.locator("[name=note]").fill(CANARY)
    walk.look(page, "visit")
    page.locator("[data-form] button").click()
    drafts = page.locator("[data-list] li")
    expect(drafts).to_have_count(1)
    walk.look(page, "waiting")
    page.reload()
    expect(drafts).to_have_count(1)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert NAME not in kept
    assert scene.child.public_id not in kept

    sign_in_again(walk, page)
    expect(drafts).to_have_count(0)
    with keep("look"):
        assert Visit.objects.count() == 1
    assert CANARY not in page.evaluate("JSON.stringify(localStorage)")
    refuse_and_leave(walk, page, pair)


def sign_in_again(walk: Walk, page: Page) -> None:
    """The session has ended by the time there is a network: said, and one tap leads to the sign-in and
    back, where the draft goes by itself."""
    Session.objects.all().delete()
    page.context.set_offline(False)
    expect(page.locator("[data-state=signin]")).to_have_count(1)
    walk.look(page, "signed-out")
    page.locator("[data-says] a").click()
    page.locator("[name=username]").fill("helper")
    page.locator("[name=password]").fill(PASSWORD)
    press(page)
    page.wait_for_url("**/desk/pairs/visit")


def refuse_and_leave(walk: Walk, page: Page, pair: Pair) -> None:
    """After the pair's end a visit is not taken and stays; signing out leaves nothing."""
    with enter(walk.scene.worker, now=now(), purpose=Purpose.CASE_WORK) as door:
        actions.end_pair(door, get_pair_to_arrange(door, pair.public_id), Ending.TERM)
    page.locator("[name=minutes]").fill("30")
    page.locator("[data-form] button").click()
    refused = page.locator("[data-state=refused]")
    expect(refused).to_have_count(1)
    walk.look(page, "refused-visit")
    page.reload()
    expect(refused).to_have_count(1)

    page.goto("/desk/pairs/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("summary:has(.menu__name)").click()
    page.locator("[data-leaving] button").click()
    page.wait_for_url("**/desk/sign-in")
    left = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('mingtian'))")
    assert left == []
    assert page.evaluate("caches.keys()") == []
