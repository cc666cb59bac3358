"""The family's own page on its phone: evenings, rights, and what the phone does afterwards."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.attendance.access import mint_seat
from mingtian.attendance.actions.bring_in import Attended, bring_in
from mingtian.attendance.models import ByHand, Seat
from mingtian.campaigns.models import Campaign, Lecture
from mingtian.core.clock import SHANGHAI, now
from mingtian.family.tests.conftest import make_family
from mingtian.people.models import Household, Person
from mingtian.people.rules import Kin
from mingtian.testing.make import ACTOR
from tests.journeys.conftest import DESK, Stage, visit
from tests.journeys.looking import faults, fits, hold, picture
from tests.journeys.test_family_evening import PATIENCE_MS, enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MOST_BYTES = 60 * 1024
FULL = (1 << 60) - 1
MAPS = {1: FULL, 2: FULL >> 35, 3: None, 4: 0x0FFF0FFF0FFF000, 5: FULL >> 2}


def plan_week(stage: Stage) -> None:
    """Give the campaign five evenings before tonight's and two after it."""
    tonight = stage.evening.lecture
    Lecture.objects.filter(pk=tonight.pk).update(number=6)
    for number in (1, 2, 3, 4, 5, 7, 8):
        moved = timedelta(days=number - 6)
        Lecture.objects.create(
            campaign=stage.evening.campaign, number=number,
            held_on=(tonight.starts_at + moved).astimezone(SHANGHAI).date(),
            title=f"第{number}讲 家庭与法", title_en=f"Lecture {number}: Family and law",
            doors_at=tonight.doors_at + moved, starts_at=tonight.starts_at + moved,
            ends_at=tonight.ends_at + moved, closes_at=tonight.closes_at + moved,
        )  # fmt: skip
    Campaign.objects.filter(pk=stage.evening.campaign.pk).update(
        first_on=tonight.held_on - timedelta(days=5), last_on=tonight.held_on + timedelta(days=2)
    )


def remember(stage: Stage) -> None:
    """Record the earlier evenings of whoever entered, and let them have been there from the first."""
    Person.objects.update(created_at=now() - timedelta(days=30))
    for number, live in MAPS.items():
        lecture = Lecture.objects.get(campaign=stage.evening.campaign, number=number)
        people = Person.objects.filter(household__isnull=False)
        replay = FULL >> 5 if live is None else 0
        bring_in(
            lecture_id=lecture.pk,
            needed_slots=40,
            attended=[
                Attended(one.pk, one.unit_id, one.kind, live, replay)
                for one in people
                if one.kind == 1
            ],
            actor=ACTOR,
            now=now(),
        )
    grandmother = Person.objects.get(kin="paternal_grandmother")
    ByHand.objects.create(
        lecture=Lecture.objects.get(campaign=stage.evening.campaign, number=1),
        person=grandmother, unit_id=grandmother.unit_id, kind=3, how="telephone",
        recorded_at=now(),
    )  # fmt: skip


@pytest.fixture
def page(phone: BrowserContext, stage: Stage) -> Page:
    """A phone on which a pupil has entered with mother and grandmother, on its own page."""
    plan_week(stage)
    page = phone.new_page()
    enter(page, stage, 0, "妈妈", "奶奶")
    remember(stage)
    open_own_page(page)
    return page


def open_own_page(page: Page) -> None:
    page.goto("/my")
    expect(page.locator(".person, [data-state=none]:not([hidden])").first).to_be_visible(
        timeout=PATIENCE_MS
    )


@pytest.fixture
def english(browser: Browser, stage: Stage, page: Page) -> Iterator[Page]:
    """The same phone's seats in an English browser on a wide screen."""
    context = visit(browser, stage, size=DESK, locale="en-GB")
    kept = page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    context.add_init_script(f"Object.assign(localStorage, {kept})")
    other = context.new_page()
    open_own_page(other)
    yield other
    context.close()


def test_eight_evenings_at_a_glance(page: Page, english: Page) -> None:
    for shown, name in ((page, "my-zh-360"), (english, "my-en-1280")):
        pupil = shown.locator(".person").first
        expect(pupil.locator("[data-outcome]")).to_have_count(8)
        states = [
            one.get_attribute("data-outcome") for one in pupil.locator("[data-outcome]").all()
        ]
        assert states == [
            "recorded", "partly", "replay", "partly", "recorded", states[5], "upcoming", "upcoming",
        ]  # fmt: skip
        assert states[5] in {"tonight", "tonight_in"}
        hold(shown, name)


def test_a_question_goes_to_the_class_teacher_by_keyboard_alone(page: Page) -> None:
    page.locator("[data-outcome=partly] a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/my/ask/2/"))
    assert faults(page) == []
    picture(page, "ask-zh-360")
    page.locator("textarea").focus()
    page.keyboard.type("我们在邻居家的电视上看的。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/my$"))
    expect(page.get_by_text("等待答复")).to_be_visible()


def test_withdrawing_is_told_in_the_hall(page: Page, stage: Stage) -> None:
    page.goto("/my/withdraw")
    page.get_by_role("button", name="撤回").click()
    page.wait_for_url(re.compile("/my/receipt/"))
    picture(page, "receipt-withdrawn")

    open_own_page(page)
    expect(page.locator(".notice--off")).to_be_visible()
    assert Seat.objects.exists()


def test_erasing_takes_two_steps_and_the_phone_forgets_its_seat(
    page: Page, browser: Browser, stage: Stage
) -> None:
    page.goto("/my/erase")
    page.locator("[name=number]").fill("1")
    page.get_by_role("button", name="到最后一步").click()
    picture(page, "erase-last")
    assert faults(page) == []
    page.get_by_role("button", name="现在全部删除").click()
    page.wait_for_url(re.compile("/my/done"))
    page.wait_for_selector("[data-renewed]", state="attached")
    picture(page, "done")
    code = page.locator(".receipt__number").inner_text()

    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('mt:seat:'))") == []
    assert not Household.objects.exists()
    stranger = visit(browser, stage).new_page()
    stranger.goto(f"/my/receipt/{code}")
    expect(stranger.get_by_text("一个家庭已删除")).to_be_visible()
    picture(stranger, "receipt-erased")
    stranger.context.close()
    open_own_page(page)
    expect(page.locator("[data-state=none]")).to_be_visible()
    picture(page, "my-none")


def test_taking_a_relative_off_renews_the_seat_on_the_phone(page: Page) -> None:
    page.goto("/my/correct")
    page.locator("section", has_text="奶奶").get_by_role("link").click()
    picture(page, "take-off")
    page.get_by_role("button", name=re.compile("移出")).click()
    page.wait_for_selector("[data-renewed]", state="attached")

    kin = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('mt:seat:'))"
        ".map(k => JSON.parse(localStorage[k]).value.members.map(m => m.kin))"
    )
    assert kin == [[None, "mother"]]


def test_two_homes_on_one_phone_stand_apart(page: Page, stage: Stage) -> None:
    cousin = make_family(stage.evening, stage.evening.pupils[7], kin=(Kin.MATERNAL_GRANDFATHER,))
    seat = {
        "home": 1, "campaign": stage.evening.campaign.pk, "token": mint_seat(cousin.seat.pk),
        "members": [], "expiresAt": (now() + timedelta(days=9)).timestamp() * 1000,
        "unit": 0, "codes": ["c1ass001"],
    }  # fmt: skip
    page.evaluate(
        "seat => localStorage.setItem(`mt:seat:${seat.campaign}:1`,"
        " JSON.stringify({at: Date.now(), value: seat}))",
        seat,
    )
    page.get_by_role("button", name="在这部手机上关闭本页").click()
    page.wait_for_url(re.compile("left=1"))
    open_own_page(page)

    page.get_by_role("button", name="8 号学生").click()

    expect(page.locator(".person__name b").first).to_have_text("8 号学生")
    assert faults(page) == []
    assert fits(page)
    picture(page, "two-homes")


def test_the_page_can_be_closed_and_stays_closed(page: Page) -> None:
    page.get_by_role("button", name="在这部手机上关闭本页").click()
    page.wait_for_url(re.compile("left=1"))
    expect(page.locator(".person")).to_have_count(0)
    picture(page, "left")

    page.get_by_role("button", name="重新打开").click()
    expect(page.locator(".person").first).to_be_visible()


def test_the_page_with_its_styles_and_scripts_is_small(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda reply: sizes.append(len(gzip.compress(reply.body()))))

    page.goto("/my")
    page.wait_for_load_state("networkidle")

    assert 0 < sum(sizes) <= MOST_BYTES, sizes
