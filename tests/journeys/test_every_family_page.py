"""Every page that a family meets, in both languages, held against all that `looking` measures."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from mingtian.campaigns.models import Campaign, LearningCode, Lecture
from mingtian.certificates.models import Certificate
from mingtian.core.clock import milliseconds, now
from tests.journeys.conftest import LENGTH, Stage, visit
from tests.journeys.looking import missed, picture
from tests.journeys.test_certificates import end_the_evening
from tests.journeys.test_comments import await_text, open_box
from tests.journeys.test_family_entry import name_child
from tests.journeys.test_family_evening import PATIENCE_MS, agree
from tests.journeys.test_family_page import open_own_page, plan_week, remember
from tests.journeys.test_weak_network import CHOOSE_TO_BE_A_GUEST, hall_of, open_hall

pytestmark = [pytest.mark.journey, pytest.mark.slow]

OPEN_TO_ALL = [
    "/e/c1ass001", "/e/c1ass001?help=1", "/e/v111age1", "/e/teacher1", "/e/zzzzzzzz", "/e/c1ass002",
    "/e/c1ass001?snapshot=1", "/notice", "/check/c1ass001", "/hall/999999", "/c",
    "/c/0000000000000001", "/my", "/my/receipt", "/my/rights", "/nowhere",
]  # fmt: skip
HOURS = {
    "early": timedelta(hours=1), "waiting": timedelta(minutes=5), "replay": timedelta(hours=-2),
}  # fmt: skip
RIGHTS = ["rights", "kept", "correct", "withdraw", "erase"]


@pytest.fixture(params=["zh-CN", "en-GB"])
def page(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Page]:
    """A small phone in each language."""
    context = visit(browser, stage, locale=request.param)
    yield context.new_page()
    context.close()


def look(page: Page, name: str) -> dict[str, list[str]]:
    """Hold what is shown against everything, and keep a picture when asked to."""
    locale = page.evaluate("navigator.language")
    picture(page, f"{name.strip('/').replace('/', '-') or 'start'}-{locale}")
    return missed(page)


def none_missed(found: dict[str, dict[str, list[str]]]) -> bool:
    faulty = {name: each for name, each in found.items() if each}
    assert faulty == {}, faulty
    return not faulty


def test_pages_open_to_all(page: Page, stage: Stage) -> None:
    LearningCode.objects.filter(code="c1ass002").update(closed_at=now())
    found = {}
    for path in OPEN_TO_ALL:
        page.goto(path)
        found[path] = look(page, path)
    assert none_missed(found)


def test_every_state_of_the_entry(page: Page, stage: Stage) -> None:
    """Nothing filled in, one family helped, the homes on the phone, taking one of them off."""
    found = {}
    page.goto("/e/c1ass001")
    page.locator("[data-submit]").click()
    expect(page.locator("[data-error-people]")).to_be_visible()
    found["empty"] = look(page, "entry-empty")

    page.goto("/e/c1ass001?help=1")
    name_child(page, 0)
    agree(page)
    page.locator("[data-submit]").click()
    expect(page.locator("[data-done]")).to_be_visible()
    found["helped"] = look(page, "entry-helped")

    page.goto("/e/c1ass001?add=1")
    expect(page.locator("[data-homes]")).to_be_visible()
    found["homes"] = look(page, "entry-homes")
    page.locator("[data-remove]").click()
    found["taking off"] = look(page, "entry-taking-off")
    assert none_missed(found)


def test_the_hall_at_every_hour(page: Page, stage: Stage) -> None:
    """On the air with words, by sound, after leaving; before, waiting, replay, over; by whom."""
    found = {}
    open_hall(page, stage)
    open_box(page)
    found["talk"] = look(page, "hall-talk")
    page.locator("[data-sound]").click()
    expect(page.locator("[data-slide]")).to_be_visible(timeout=PATIENCE_MS)
    found["sound"] = look(page, "hall-sound")
    page.locator("[data-sound]").click()

    for name, begins_in in HOURS.items():
        move_lecture(page, stage, begins_in)
        page.goto(hall_of(stage.evening))
        expect(page.locator("[data-cover-title]")).not_to_be_empty()
        found[name] = look(page, f"hall-{name}")
    page.evaluate("localStorage.clear()")
    page.context.clear_cookies(name="hall")
    page.goto(hall_of(stage.evening))
    expect(page.locator("[data-code-form]")).to_be_visible()
    found["nobody"] = look(page, "hall-nobody")
    choice = {"campaign": stage.evening.campaign.pk, "code": "c1ass001"}
    page.evaluate(CHOOSE_TO_BE_A_GUEST, choice)
    page.goto(hall_of(stage.evening))
    expect(page.locator("[data-when-why] [data-add]")).to_be_visible()
    found["guest"] = look(page, "hall-guest")
    assert none_missed(found)


def test_the_hall_of_a_family_that_left_and_of_an_evening_long_past(
    page: Page, stage: Stage
) -> None:
    found = {}
    open_hall(page, stage)
    refusal = '{"code":"withdrawn","say":"","next":null,"now":0}'
    page.route("**/b", lambda route: route.fulfill(status=410, body=refusal))
    page.goto(hall_of(stage.evening))
    expect(page.locator("[data-when-why=withdrawn] a")).to_be_visible(timeout=PATIENCE_MS)
    found["left"] = look(page, "hall-left")

    Campaign.objects.update(replay_until=now() - timedelta(minutes=1))
    move_lecture(page, stage, timedelta(days=-3))
    page.goto(hall_of(stage.evening))
    expect(page.locator("[data-cover-title]")).not_to_be_empty()
    found["over"] = look(page, "hall-over")
    assert none_missed(found)


def test_the_pages_of_a_family_that_entered(page: Page, stage: Stage) -> None:
    found = {}
    plan_week(stage)
    open_hall(page, stage, kin=["mother", "paternal_grandmother"])
    remember(stage)
    open_own_page(page)
    found["own"] = look(page, "my")
    asking = page.locator("[data-outcome=partly] a").first.get_attribute("href")
    for path in RIGHTS:
        page.goto(f"/my/{path}")
        expect(page.locator("h1")).to_be_visible()
        found[path] = look(page, path)
    page.goto("/my/correct")
    taking_off = page.locator("section a[href$=off]").first.get_attribute("href")
    for name, address in (("ask", asking), ("take off", taking_off)):
        page.goto(str(address))
        found[name] = look(page, name)
    page.goto("/my/erase")
    page.locator("[name=number]").fill("1")
    page.locator("main form button").last.click()
    page.wait_for_url("**/my/erase*")
    found["last step"] = look(page, "erase-last")
    page.goto("/my/withdraw")
    page.locator("main form button").last.click()
    page.wait_for_url("**/my/receipt/**")
    found["receipt"] = look(page, "receipt-withdrawn")
    open_own_page(page)
    found["own after leaving"] = look(page, "my-left")
    page.goto("/my/agree")
    found["agree"] = look(page, "agree")
    assert none_missed(found)


def test_the_certificate_and_its_check(page: Page, stage: Stage) -> None:
    found = {}
    open_hall(page, stage, kin=["mother"])
    end_the_evening(stage)
    open_own_page(page)
    expect(page.locator("[data-certificate=unlocked]").first).to_be_visible()
    found["own"] = look(page, "my-certificates")
    page.goto(f"/c/{Certificate.objects.earliest('pk').serial}")
    expect(page.locator("[data-state=valid]")).to_be_visible()
    found["check"] = look(page, "certificate-valid")
    assert none_missed(found)


def move_lecture(page: Page, stage: Stage, begins_in: timedelta) -> None:
    """Let the lecture begin at another hour, and wait until the hall knows."""
    starts = (now() + begins_in).replace(microsecond=0)
    Lecture.objects.filter(pk=stage.evening.lecture.pk).update(
        doors_at=starts - timedelta(minutes=10), starts_at=starts, ends_at=starts + LENGTH,
        closes_at=starts + timedelta(hours=12),
    )  # fmt: skip
    await_text(page, hall_of(stage.evening), f'"starts_at":{milliseconds(starts)}')
