"""The class teacher's evening on a phone: note, exempt, gather, answer; with and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.attendance.models import Appeal, ByHand
from mingtian.core.clock import now
from mingtian.people.models import Standing
from mingtian.testing.make import invented_name
from tests.journeys.conftest import WAYS, Stage, sign_in, signed_in, visit
from tests.journeys.looking import fits, picture
from tests.journeys.widths import hold_at_both

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def teacher(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """The class teacher's phone, signed in."""
    context = signed_in(browser, stage, stage.cast.teacher)
    yield context
    context.close()


def class_page(stage: Stage, path: str = "") -> str:
    return f"/boards/{stage.evening.lecture.pk}/{stage.evening.tree.class_one.public_id}{path}"


def on_list(page: Page, state: str) -> Locator:
    return page.locator(f'[data-state-list="{state}"]')


def ask(stage: Stage, child: int) -> Appeal:
    return open_appeal(
        person_id=stage.evening.pupils[child].pk, lecture_id=stage.evening.lecture.pk,
        text="昨晚我们一直在看，后来手机没电了，记录只到一半，能不能再看一下？", now=now(),
        actor="household:journey",
    )  # fmt: skip


def test_a_teacher_notes_and_exempts(teacher: BrowserContext, stage: Stage) -> None:
    page = teacher.new_page()
    page.goto(class_page(stage))
    picture(page, "class-zh-360")

    page.get_by_role("link", name=invented_name(0)).click()
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_be_visible()
    assert page.url.endswith(class_page(stage))
    picture(page, "pupil-sheet-zh-360", whole=False)
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    page.get_by_role("link", name=invented_name(0)).click()
    page.get_by_text("电话收听").click()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(on_list(page, "noted")).to_contain_text(invented_name(0))

    page.get_by_role("link", name=invented_name(1)).click()
    page.get_by_text("记为免于参加").click()
    page.get_by_text("家中没有智能手机").click()
    page.get_by_role("button", name="免于参加").click()
    expect(on_list(page, "exempt")).to_contain_text(invented_name(1))
    picture(page, "class-noted-zh-360")

    assert [note.how for note in ByHand.objects.all()] == ["telephone"]
    assert Standing.objects.get().state == "exempt"


def test_a_teacher_counts_the_room_and_answers_a_family(
    teacher: BrowserContext, stage: Stage
) -> None:
    ask(stage, 3)
    page = teacher.new_page()
    page.goto(class_page(stage))

    page.get_by_role("link", name="班级集中收看").click()
    page.get_by_role("button", name="登记集中收看").click()
    page.get_by_label("现场有多少人").fill("9")
    page.get_by_role("button", name="记下人数").click()
    page.get_by_label(invented_name(4)).check()
    page.get_by_role("button", name="记下勾选").click()
    expect(page.get_by_label(invented_name(4))).to_be_checked()
    picture(page, "gathering-zh-360")
    page.get_by_role("link", name="返回班级").click()
    expect(page.locator("[data-names]")).to_contain_text("集中收看：9 人")

    page.get_by_role("link", name="家庭提出的问题").click()
    picture(page, "appeals-zh-360")
    page.get_by_label("写给家庭的话").fill("好的，已补记。")
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已同意")).to_be_visible()

    hows = set(ByHand.objects.values_list("how", flat=True))
    assert hows == {"in_class", "other_screen"}
    assert Appeal.objects.get().state == "granted"


def test_a_teacher_who_was_signed_out_is_led_to_the_sign_in(
    teacher: BrowserContext, stage: Stage
) -> None:
    page = teacher.new_page()
    page.goto(class_page(stage))
    teacher.clear_cookies(name="sessionid")

    page.get_by_role("link", name=invented_name(0)).click()

    expect(page.locator("input[type=password]")).to_be_visible()
    expect(page.locator("[data-sheet]")).to_have_count(0)


def test_everything_works_without_script(browser: Browser, stage: Stage) -> None:
    context = signed_in(browser, stage, stage.cast.teacher, locale="en", script=False)
    page = context.new_page()
    page.goto(class_page(stage))

    page.get_by_role("link", name=invented_name(0)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(invented_name(0))
    page.get_by_label("Read it on paper").check()
    page.get_by_role("button", name="Note it").click()
    expect(on_list(page, "noted")).to_contain_text(invented_name(0))
    page.get_by_role("link", name=invented_name(0)).click()
    page.get_by_role("button", name="Take the note back").click()

    expect(on_list(page, "not_yet")).to_contain_text(invented_name(0))
    context.close()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_places_of_the_desk_are_one_row_to_the_last(
    browser: Browser, stage: Stage, language: str
) -> None:
    """Without script, by keyboard, also in large type: what has no room stands under "More"."""
    context = visit(browser, stage, locale=language, script=False)
    sign_in(context, stage.cast.teacher, stage.origin)
    page = context.new_page()
    for kind in ("normal", "large"):
        context.add_cookies([{"name": "type", "value": kind, "url": stage.origin}])
        page.goto(class_page(stage))
        row = page.locator(".places__row a:visible, .places__more > summary")
        tops = {box["y"] for one in row.all() if (box := one.bounding_box())}
        assert len(tops) == 1
        assert fits(page)
        expect(row.last).to_be_in_viewport(ratio=1)

        row.first.focus()
        for _step in range(row.count() - 1):
            page.keyboard.press("Tab")
        expect(row.last).to_be_focused()
        page.keyboard.press("Enter")
        rest = page.locator(".places__rest a:visible")
        for one in rest.all():
            page.keyboard.press("Tab")
            expect(one).to_be_focused()
            expect(one).to_be_in_viewport(ratio=1)
        assert fits(page)
        every = page.locator(".places__row a").count()
        assert row.count() - 1 + rest.count() == every, "each place stands in one of the two"

    page.goto("/desk/roster")
    page.locator(".places__more > summary").click()
    expect(page.locator(".places__rest [aria-current]")).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.parametrize(("language", "size"), WAYS[:2])
def test_the_pages_break_no_rule_and_fit(
    browser: Browser, stage: Stage, language: str, size: ViewportSize
) -> None:
    """Every page of the class teacher, in both languages and at both sizes."""
    ask(stage, 3)
    context = signed_in(browser, stage, stage.cast.teacher, size=size, locale=language)
    page = context.new_page()
    pupil = stage.evening.pupils[0].public_id
    page.goto(class_page(stage, "/in-class"))
    page.locator("form .button--call").click()
    page.locator("[name=present]").first.wait_for()

    for name, path in (
        ("class", ""), ("pupil", f"/pupils/{pupil}"), ("gathering", "/in-class"),
        ("appeals", "/questions"), ("evenings", "/evenings"),
    ):  # fmt: skip
        page.goto(class_page(stage, path))
        hold_at_both(page, f"all-{name}-{language}")
    context.close()
