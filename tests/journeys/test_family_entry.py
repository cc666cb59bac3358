"""Nobody is left out before the hall: consent, refusal, help, several homes, a voice."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from mingtian.attendance.actions.forget import forget
from mingtian.attendance.models import Seat
from mingtian.core.clock import now
from mingtian.people.actions.leaving import forget_household
from mingtian.people.models import Consent, Person
from mingtian.people.rules import CONSENT_VERSION, PersonKind
from mingtian.testing.make import invented_name, make_pupils
from tests.journeys.conftest import Stage, visit
from tests.journeys.test_family_evening import agree, enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CODE = "/e/c1ass001"
NOT_COUNTED = re.compile("未计入")


def name_child(page: Page, child: int) -> None:
    page.locator("[data-number]").fill(str(child + 1))
    page.locator("[data-name]").fill(invented_name(child))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_a_guardian_agrees_once_and_is_not_asked_again(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")

    consent = Consent.objects.get()
    assert (consent.given_by, consent.version) == ("guardian", CONSENT_VERSION)
    assert consent.language == "zh-hans"
    page.goto(f"{CODE}?add=1")
    expect(page.locator("[data-submit]")).to_have_text("进入大讲堂")
    expect(page.locator("[data-consent]")).to_be_hidden()


def test_entering_without_saying_who_agrees_sends_nothing(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.post_data else None)
    page.goto(CODE)
    name_child(page, 0)

    button(page, "同意并进入").click()

    expect(page.locator("[data-error-consent]")).to_contain_text("请点选由谁同意")
    assert sent == []


def test_both_answers_weigh_the_same(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto(CODE)

    looks = [
        each.evaluate(
            "e => { const s = getComputedStyle(e); const box = e.getBoundingClientRect();"
            "return [s.backgroundColor, s.color, s.fontSize, s.fontWeight, s.borderColor,"
            " box.width, box.height] }"
        )
        for each in (button(page, "同意并进入"), button(page, "只收看，不计入"))
    ]

    assert looks[0] == looks[1]


def test_who_does_not_agree_watches_uncounted_and_may_come_back(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto(CODE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.post_data else None)

    button(page, "只收看，不计入").click()

    page.wait_for_url(re.compile(f"/hall/{stage.evening.lecture.pk}"))
    expect(page.locator("[data-standing-word]")).to_have_text(NOT_COUNTED)
    page.wait_for_function("() => document.querySelector('[data-video]').currentTime > 1")
    assert sent == []
    assert not Seat.objects.exists()

    page.goto(CODE)
    page.wait_for_url(re.compile("/hall/"))
    page.locator("[data-when-why] [data-add]").click()
    name_child(page, 3)
    agree(page)
    button(page, "同意并进入").click()
    page.wait_for_url(re.compile("/hall/"))
    expect(page.locator("[data-standing-word]")).to_have_text("已记录")


def test_a_home_that_withdrew_is_asked_again_on_the_page(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0)
    Consent.objects.all().delete()
    page.goto(f"{CODE}?add=1")
    name_child(page, 0)
    button(page, "进入大讲堂").click()

    expect(page.locator("[data-error-consent]")).to_be_visible()
    agree(page)
    button(page, "同意并进入").click()

    page.wait_for_url(re.compile("/hall/"))
    assert Consent.objects.count() == 1


def test_one_helper_signs_in_one_family_after_the_other(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto(CODE)
    page.get_by_role("link", name="我在帮别人").click()
    for child in (0, 1):
        name_child(page, child)
        page.get_by_text("奶奶", exact=True).click()
        agree(page)
        button(page, "同意并进入").click()
        expect(page.locator("[data-done]")).to_contain_text(f"{child + 1} 号学生、奶奶")
        button(page, "登记下一家").click()

    seats = list(Seat.objects.all())
    assert [seat.assisted for seat in seats] == [True, True]
    assert len({seat.household_id for seat in seats}) == 2
    assert Person.objects.filter(kin="paternal_grandmother").count() == 2
    expect(page.locator("[data-homes-list] .home")).to_have_count(2)
    expect(page.locator("[data-number]")).to_have_value("")
    expect(page.locator("[name=by]:checked")).to_have_count(0)


def test_a_family_that_says_no_to_the_helper_leaves_no_trace(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto(f"{CODE}?help=1")
    name_child(page, 0)

    button(page, "只收看，不计入").click()

    expect(page.locator("[data-done]")).to_contain_text("没有记录任何内容")
    assert not Seat.objects.exists()
    page.goto(CODE)
    expect(page.locator("[data-submit]")).to_be_visible()


def test_a_helper_counts_two_homes_of_a_village_apart(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto("/e/v111age1?help=1")
    for _ in range(2):
        page.locator("[data-counter=resident] [data-step='1']").click(click_count=2)
        button(page, "同意并进入").click()
        button(page, "登记下一家").click()

    assert Person.objects.filter(kind=PersonKind.RESIDENT).count() == 4
    assert Seat.objects.values("household").distinct().count() == 2
    assert {one.given_by for one in Consent.objects.all()} == {"self"}


def test_two_children_in_two_classes_are_one_home_on_one_phone(
    phone: BrowserContext, stage: Stage
) -> None:
    make_pupils(stage.evening.tree.class_two, 3)
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    page.goto("/e/c1ass002")
    name_child(page, 1)
    page.get_by_text("妈妈", exact=True).click()
    button(page, "进入大讲堂").click()
    page.wait_for_url(re.compile("/hall/"))

    assert Seat.objects.count() == 1
    assert Person.objects.filter(kin="mother").count() == 1
    assert len(Seat.objects.get().persons) == 3
    page.goto(f"{CODE}?add=1")
    home = page.locator("[data-homes-list] .home")
    expect(home).to_have_count(1)
    expect(home.locator("[data-home-units]")).to_have_text("三年级一班、三年级二班")


def test_cousins_on_one_phone_stay_two_homes_and_one_can_be_taken_off(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "奶奶")
    page.goto(f"{CODE}?add=1")
    name_child(page, 1)
    page.get_by_text("另一家", exact=False).click()
    page.locator("[data-kin]").get_by_text("奶奶", exact=True).click()
    agree(page)
    button(page, "同意并进入").click()
    page.wait_for_url(re.compile("/hall/"))
    assert Seat.objects.values("household").distinct().count() == 2

    page.goto(f"{CODE}?add=1")
    page.get_by_role("button", name="从这部手机移除：2 号学生、奶奶").click()
    button(page, "移除").click()

    expect(page.locator("[data-homes-list] .home")).to_have_count(1)
    expect(page.locator("[data-homes-list]")).to_contain_text("1 号学生、奶奶")
    assert Seat.objects.count() == 2


def test_a_preview_of_wechat_is_explained_and_enters_nobody(
    phone: BrowserContext, stage: Stage
) -> None:
    phone.add_cookies([{"name": "snapshot", "value": "1", "url": stage.origin}])
    page = phone.new_page()
    page.goto(CODE)

    expect(page.get_by_text("微信现在只显示预览")).to_be_visible()
    expect(page.locator("[data-enter]")).to_be_hidden()
    page.get_by_role("link", name="已经点了，重新打开").click()

    expect(page.locator("[data-enter]")).to_be_visible()


def test_reading_aloud_marks_the_line_and_stops_or_says_that_it_cannot(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(CODE)
    read = page.locator("[data-read]")

    read.click()
    is_reading_or_cannot = (
        "() => document.querySelector('[data-now]')"
        " || !document.querySelector('[data-read-fault]').hidden"
    )
    page.wait_for_function(is_reading_or_cannot)
    if read.get_attribute("aria-pressed") == "true":
        read.click()

    expect(read).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-now]")).to_have_count(0)
    assert faults == []


def test_a_network_that_breaks_while_entering_keeps_what_was_chosen(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto(CODE)
    name_child(page, 0)
    agree(page)
    phone.set_offline(True)
    button(page, "同意并进入").click()
    expect(page.locator("[data-trouble]")).to_contain_text("没有网络")
    assert not Seat.objects.exists()

    phone.set_offline(False)

    page.wait_for_url(re.compile("/hall/"))
    assert Consent.objects.get().given_by == "guardian"


def test_a_phone_without_a_voice_shows_no_button_and_enters_all_the_same(
    phone: BrowserContext, stage: Stage
) -> None:
    phone.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
    page = phone.new_page()
    enter(page, stage, 0)

    page.goto(f"{CODE}?add=1")
    expect(page.locator("[data-read]")).to_be_hidden()


def test_the_keyboard_alone_leads_through_the_entry(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto(CODE)
    press = page.keyboard.press

    def go_to(selector: str) -> None:
        for _ in range(40):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            press("Tab")
        raise AssertionError(f"Tab never reached {selector}")

    go_to("[data-number]")
    page.keyboard.type("1")
    go_to("[data-name]")
    page.keyboard.insert_text(invented_name(0))
    go_to("[value=mother]")
    press("Space")
    go_to("[name=by]")
    press("Space")
    go_to("[data-submit]")
    press("Enter")

    page.wait_for_url(re.compile("/hall/"))
    assert Person.objects.filter(kin="mother").exists()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_what_a_chat_shows_of_the_page_baits_nobody(
    browser: Browser, stage: Stage, locale: str
) -> None:
    context = visit(browser, stage, locale=locale)
    page = context.new_page()
    page.goto(CODE)

    metas = dict(
        page.eval_on_selector_all(
            "meta[name], meta[property]",
            "all => all.map(m => [m.getAttribute('name') || m.getAttribute('property'), m.content])",
        )
    )
    assert metas["description"]
    assert metas["format-detection"] == "telephone=no"
    assert metas["robots"] == "noindex"
    assert not any("image" in name for name in metas)
    assert page.locator("img").count() == 0
    context.close()


def test_a_home_that_was_erased_enters_anew(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    before = Seat.objects.get()
    forget(before.persons, now=now(), actor="family")
    forget_household(before.household_id, now=now(), actor="family")
    page.goto(f"{CODE}?add=1")
    name_child(page, 0)

    button(page, "进入大讲堂").click()

    expect(page.locator("[data-error-consent]")).to_be_visible()
    agree(page)
    button(page, "同意并进入").click()
    page.wait_for_url(re.compile("/hall/"))
    expect(page.locator("[data-standing-word]")).to_have_text("已记录")
    assert Seat.objects.get().household_id != before.household_id


def test_the_way_to_all_that_is_kept_stands_on_the_entry(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0)
    page.goto(f"{CODE}?add=1")

    page.get_by_role("link", name="我家的讲堂").click()

    expect(page.get_by_role("heading", name="我家的讲堂")).to_be_visible()
