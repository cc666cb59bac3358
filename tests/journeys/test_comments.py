"""A mother likes and says something, the class teacher reads it with the keyboard, the hall shows it."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mingtian.comments.intake.app import FEED
from mingtian.comments.models import Comment, Like
from mingtian.comments.rules import State
from mingtian.comments.tests.say import said
from tests.journeys.conftest import DESK, PHONE, Stage, signed_in, visit
from tests.journeys.looking import faults, picture
from tests.journeys.test_family_evening import PATIENCE_MS, enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]


AGAIN_MS = 20_000
"""After so long an open box reads on."""
SOON_MS = 10_000
"""After at most so long a box that did not come is asked for again."""

AWAIT_TEXT = """async ([address, text]) => {
  for (let turn = 0; turn < 200; turn += 1) {
    const answer = await fetch(address, { cache: "reload" });
    if ((await answer.text()).includes(text)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${text} never came`);
}"""


def await_text(page: Page, address: str, text: str) -> None:
    """Wait until what the server has at an address, which it keeps for seconds, holds a text."""
    page.evaluate(AWAIT_TEXT, [address, text])


def open_box(page: Page) -> None:
    """Open the box below the lecture; it comes a moment after the lecture."""
    expect(page.locator("[data-talk]")).to_be_visible(timeout=PATIENCE_MS)
    page.locator("[data-talk-say] > summary").click()
    expect(page.locator("[data-talk-phrases] button").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_mother_says_something_and_the_class_teacher_shows_it(
    phone: BrowserContext, browser: Browser, stage: Stage
) -> None:
    page = phone.new_page()
    page.clock.install()
    enter(page, stage, 0, "妈妈")
    open_box(page)
    page.locator("[data-talk-who]").select_option("1")
    page.locator("[data-talk-like]").click()
    expect(page.locator("[data-talk-like]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-talk-text]").fill("孩子很喜欢这一讲")
    page.locator("[data-talk-send]").click()
    expect(page.locator("[data-talk-status]")).to_have_text(re.compile("学校看过后显示"))
    expect(page.locator("[data-talk-feed]")).not_to_contain_text("孩子很喜欢")
    page.locator("[data-talk-phrases] button").first.click()
    expect(page.locator("[data-talk-feed]")).to_contain_text("我们一家都在看", timeout=PATIENCE_MS)
    assert faults(page) == []
    picture(page, "comments-hall")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Like.objects.count() == 1

    desk = signed_in(browser, stage, stage.cast.teacher, size=DESK)
    queue = desk.new_page()
    queue.goto("/desk/comments")
    expect(queue.locator("[data-review]")).to_have_count(1)
    assert faults(queue) == []
    picture(queue, "comments-queue")
    queue.keyboard.press("j")
    queue.keyboard.press("a")
    expect(queue.locator(".review--done")).to_have_count(1)
    queue.keyboard.press("u")
    expect(queue.locator(".review--done")).to_have_count(0)
    queue.keyboard.press("a")
    expect(queue.locator(".review--done")).to_have_count(1)
    assert Comment.objects.get(phrase=None).state == "approved"
    desk.close()

    school = stage.evening.tree.school.public_id
    await_text(page, f"{FEED}{stage.evening.lecture.pk}/{school}.json", "孩子很喜欢")
    page.clock.fast_forward(AGAIN_MS)
    expect(page.locator("[data-talk-feed]")).to_contain_text("孩子很喜欢", timeout=PATIENCE_MS)


def test_a_like_that_was_not_sent_is_told_beside_the_closed_box(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    expect(page.locator("[data-talk]")).to_be_visible(timeout=PATIENCE_MS)
    phone.route("**/like", lambda route: route.abort())

    page.locator("[data-talk-like]").click()

    expect(page.locator("[data-talk-like-status]")).to_have_text(re.compile("没有发出去"))
    expect(page.locator("[data-talk-like-status]")).to_be_in_viewport()
    expect(page.locator("[data-talk-like]")).to_have_attribute("aria-pressed", "false")


def test_the_box_in_english_with_large_type_and_the_keyboard(
    browser: Browser, stage: Stage
) -> None:
    context = visit(browser, stage, locale="en-GB")
    page = context.new_page()
    enter(page, stage, 1)
    page.get_by_role("button", name=re.compile("Large")).first.click()
    open_box(page)

    page.locator("[data-talk-text]").focus()
    page.keyboard.type("I learnt a lot")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("[data-talk-status]")).to_have_text(re.compile("class teacher reads it"))
    picture(page, "comments-hall-en-large")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(page) == []
    context.close()


def test_a_box_that_did_not_come_opens_by_itself(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.clock.install()
    enter(page, stage, 0)
    expect(page.locator("[data-talk]")).to_be_visible(timeout=PATIENCE_MS)
    phone.route("**/like", lambda route: route.abort())
    page.locator("[data-talk-say] > summary").click()
    expect(page.locator("[data-talk-status]")).to_have_text(re.compile("现在连不上"))

    phone.unroute("**/like")
    page.clock.fast_forward(SOON_MS)

    expect(page.locator("[data-talk-phrases] button").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-talk-status]")).to_be_empty()


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 360), ("en-GB", 1280)])
def test_the_pages_of_the_desk_break_no_rule(
    browser: Browser, stage: Stage, locale: str, width: int
) -> None:
    tree, lecture = stage.evening.tree, stage.evening.lecture
    for number, text in enumerate(
        ["网络诈骗讲得很清楚", "网络诈骗怎么报警？", "谢谢老师的网络诈骗课"]
    ):
        said(text, lecture=lecture.pk, unit=tree.class_one, house=tree.school,
             state=State.APPROVED if number else State.WAITING,
             concerns="harm telephone" if not number else "", at=lecture.starts_at)  # fmt: skip
    size: ViewportSize = {"width": width, "height": 900}
    for user, paths in (
        (stage.cast.principal, ["/desk/comments", "/desk/comments/digests"]),
        (
            stage.cast.office,
            ["/desk/comments", "/desk/comments/words", "/desk/comments/words/0",
             f"/desk/comments/phrases/{stage.evening.campaign.public_id}/1"],
        ),
    ):  # fmt: skip
        context = signed_in(browser, stage, user, size=size, locale=locale)
        page = context.new_page()
        for path in paths:
            page.goto(path)
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            picture(page, f"comments-{'-'.join(path.split('/')[3:4])}-{user}-{width}")
        if user == stage.cast.principal:
            page.locator("main form button").first.click()
            page.wait_for_url(re.compile("/digests/[a-z0-9]{12}"))
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            picture(page, f"comments-digest-draft-{width}")
            page.locator("button[formaction$=release]").click()
            expect(page.locator("form[action$=recall]")).to_be_visible()
            picture(page, f"comments-digest-released-{width}")
        context.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_queue_by_keyboard_refers_and_tells_what_was_not_sent(
    browser: Browser, stage: Stage, size: ViewportSize
) -> None:
    tree, lecture = stage.evening.tree, stage.evening.lecture
    for concerns in ("harm", ""):
        said("孩子听得很认真，全家都学到了很多", lecture=lecture.pk, unit=tree.class_one,
             house=tree.school, concerns=concerns, at=lecture.starts_at)  # fmt: skip
    context = signed_in(browser, stage, stage.cast.principal, size=size)
    # From the beginning: a route set on a page that is there may come into force after the next key.
    context.route("**/decide", lambda route: route.abort())
    page = context.new_page()
    page.goto("/desk/comments")

    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator("[name=told]").first).to_be_focused()
    assert faults(page) == []
    picture(page, f"comments-refer-{size['width']}")
    page.keyboard.press("Escape")
    expect(page.locator("[data-review]").first).to_be_focused()

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[role=alert]")).to_be_visible()
    picture(page, f"comments-not-sent-{size['width']}")
    context.unroute("**/decide")
    page.keyboard.press("a")
    expect(page.locator(".review--done")).to_have_count(1)

    context.clear_cookies()
    page.keyboard.press("u")
    page.wait_for_url("**/sign-in**")
    context.close()
