"""An evening on a bad link: cut off, held up, listened to. A beat never waits for the picture.

Network, player and server are real. Only where the hall's script counts seconds is the page's clock
moved on (`carry`): before the next beat, the next attempt, or what a standstill offers.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from mingtian.attendance.models import Record
from mingtian.attendance.rules import SLOTS
from mingtian.core.clock import now
from mingtian.testing.evening import Evening
from tests.journeys.conftest import Stage, visit

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_MS = 60_000
RECONNECTING = re.compile("信号弱，正在重新连接")
LIBRARY = re.compile(r"hls\.light")
SEGMENTS = re.compile(r"/media/.*\.ts$")

TAKE_A_SEAT = """async (body) => {
  const { openStore } = await import("/static/attendance/store.js");
  const { saveSeat } = await import("/static/attendance/seats.js");
  const answer = await fetch("/enter", { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } });
  const reply = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(reply));
  saveSeat(openStore(localStorage, Date.now), reply,
    { code: body.code, unit: "", joined: null, now: Date.now() });
}"""

CHOOSE_TO_BE_A_GUEST = """async ({ campaign, code }) => {
  const { openStore } = await import("/static/attendance/store.js");
  const { chooseGuest } = await import("/static/attendance/seats.js");
  chooseGuest(openStore(localStorage, Date.now), campaign, code);
}"""

STALL_MS = [2_000, 8_000, 1_000]
"""A standstill is noticed, has lasted long, and is told of."""
NEXT_BEAT_MS = 12_000
NEXT_SLIDE_MS = 30_000
RETRIES_MS = [1_250, 2_500, 5_000, 10_000, 18_750]
"""At most so long the hall waits before each further attempt at fetching its player."""

NO_MEDIA_SOURCE = """
  delete window.MediaSource; delete window.ManagedMediaSource; delete window.WebKitMediaSource;
"""
NO_HLS_OF_ITS_OWN = "HTMLMediaElement.prototype.canPlayType = () => '';"


def open_hall(page: Page, stage: Stage, child: int = 0, **more: Any) -> None:
    """Open the hall on a phone that has a seat."""
    entry = stage.evening.entry(child, **more)
    page.goto("/e/c1ass001?add=1")
    page.evaluate(TAKE_A_SEAT, entry)
    page.goto(hall_of(stage.evening))


def hall_of(evening: Evening) -> str:
    return f"/hall/{evening.lecture.pk}"


def await_movement(page: Page, seconds: float = 1) -> None:
    """Wait until the sound or the picture has moved on by so much."""
    before = page.evaluate("document.querySelector('[data-video]').currentTime")
    page.wait_for_function(
        "([before, seconds]) => {"
        "  const video = document.querySelector('[data-video]');"
        "  if (video.currentTime < before) return video.currentTime > seconds && !video.paused;"
        "  return video.currentTime > before + seconds; }",
        arg=[before, seconds],
        timeout=PATIENCE_MS,
    )


def carry(page: Page, *milliseconds: int) -> None:
    """Move the page's clock on, with the timers of its script; it must have been installed."""
    for step in milliseconds:
        page.clock.fast_forward(step)


def running_slot(evening: Evening) -> int:
    """Return the slot that runs by the server's clock."""
    lecture = evening.lecture
    passed = (now() - lecture.starts_at) / (lecture.ends_at - lecture.starts_at)
    return int(passed * SLOTS)


def use_up(page: Page) -> None:
    """Let the picture play out what it has in hand, until it stands still for want of more."""
    page.wait_for_function(
        "() => {"
        "  const video = document.querySelector('[data-video]');"
        "  const end = video.buffered.length ? video.buffered.end(video.buffered.length - 1) : 0;"
        "  if (end - video.currentTime > 1) video.currentTime = end - 0.5;"
        "  return video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !video.seeking; }",
        timeout=PATIENCE_MS,
    )


def requests_of(page: Page) -> list[Request]:
    """Return a list to which every request of the page from now on is added."""
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("request", keep)
    return requests


def failing(address: re.Pattern[str]) -> Callable[[Request], bool]:
    """Return what tells a request for an address from others."""
    return lambda request: address.search(request.url) is not None


def hold_up(route: Route) -> None:
    """Let a segment neither come nor fail, as a link does that is too slow."""


def test_the_picture_comes_back_after_the_network_was_away(
    phone: BrowserContext, stage: Stage
) -> None:
    """SES-2: the picture stands still until the network is back; then both go on, and beats arrive."""
    page = phone.new_page()
    page.clock.install()
    open_hall(page, stage)
    # The picture lags behind the clock: what it plays of slots before the arrival does not count.
    own = page.locator("[data-ribbon] i").nth(running_slot(stage.evening))
    expect(own).to_have_class(re.compile("kept|recorded"), timeout=PATIENCE_MS)
    carry(page, NEXT_BEAT_MS)
    expect(page.locator("[data-ribbon] .recorded").first).to_be_attached(timeout=PATIENCE_MS)
    stored = Record.objects.filter(kind=1).values_list("live", flat=True).get()

    phone.set_offline(True)
    use_up(page)
    carry(page, *STALL_MS)
    expect(page.locator("[data-offer]")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-standing-word]")).to_have_text(re.compile("保存在本机"))
    phone.set_offline(False)

    await_movement(page, seconds=3)
    expect(page.locator("[data-standing-word]")).to_have_text("已记录", timeout=PATIENCE_MS)
    recorded = page.locator("[data-ribbon] .recorded")
    played = page.locator("[data-ribbon] .kept, [data-ribbon] .recorded")
    before = recorded.count()
    expect(played.nth(played.count())).to_be_attached(timeout=PATIENCE_MS)
    carry(page, NEXT_BEAT_MS)
    expect(recorded.nth(before)).to_be_attached(timeout=PATIENCE_MS)
    later = Record.objects.filter(kind=1).values_list("live", flat=True).get()
    assert later is not None
    assert stored is not None
    assert later & stored == stored
    assert later.bit_count() > stored.bit_count()


def test_a_stall_offers_sound_with_slides_which_then_change(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.clock.install()
    requests = requests_of(page)
    open_hall(page, stage)
    await_movement(page)
    pieces = [one.url for one in requests if SEGMENTS.search(one.url)]
    assert "/240p/" in pieces[0], "it begins with the smallest picture"
    offer = page.locator("[data-offer]")
    expect(offer).to_be_hidden()

    page.route(re.compile("/240p/|/360p/|/480p/"), hold_up)
    use_up(page)
    carry(page, *STALL_MS)
    expect(offer).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-standing-why]")).to_contain_text("信号太弱")
    assert not any("/audio" in one.url for one in requests), "it is offered, never forced"
    page.locator("[data-offer-sound]").click()

    slide = page.locator("[data-slide]")
    expect(slide).to_be_visible(timeout=PATIENCE_MS)
    await_movement(page)
    first = slide.get_attribute("src")
    carry(page, NEXT_SLIDE_MS)
    expect(slide).not_to_have_attribute("src", str(first), timeout=PATIENCE_MS)
    expect(offer).to_be_hidden()

    page.unroute_all()
    page.locator("[data-sound]").click()
    await_movement(page)
    expect(slide).to_be_hidden()


def test_a_player_that_the_network_keeps_back_is_awaited(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.add_init_script(NO_HLS_OF_ITS_OWN)
    page.clock.install()
    page.route(LIBRARY, lambda route: route.abort())
    with page.expect_event("requestfailed", failing(LIBRARY), timeout=PATIENCE_MS):
        open_hall(page, stage)
    for attempt, wait in enumerate(RETRIES_MS[:-1], start=1):
        address = re.compile(rf"again={attempt}$")
        with page.expect_event("requestfailed", failing(address), timeout=PATIENCE_MS):
            carry(page, wait)
    expect(page.locator("[data-cover-title]")).to_have_text(RECONNECTING)
    page.unroute_all()

    carry(page, RETRIES_MS[-1])
    await_movement(page)
    expect(page.locator("[data-slide]")).to_be_hidden()


def test_whoever_keeps_the_picture_may_still_take_the_sound(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.clock.install()
    requests = requests_of(page)
    open_hall(page, stage)
    await_movement(page)
    page.route(SEGMENTS, hold_up)
    use_up(page)
    carry(page, *STALL_MS)
    page.locator("[data-offer-picture]").click(timeout=PATIENCE_MS)

    expect(page.locator("[data-offer]")).to_be_hidden()
    expect(page.locator("[data-sound]")).to_be_visible()
    assert not any("/audio" in one.url for one in requests)


def test_sound_is_remembered_for_the_evening(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    open_hall(page, stage)
    page.locator("[data-sound]").click(timeout=PATIENCE_MS)
    await_movement(page)

    page.reload()

    expect(page.locator("[data-slide]")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-sound]")).to_have_attribute("aria-pressed", "true")


def test_a_browser_without_media_source_plays_by_itself(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.add_init_script(NO_MEDIA_SOURCE)
    open_hall(page, stage)
    if not page.evaluate(
        "document.createElement('video').canPlayType('application/vnd.apple.mpegurl')"
    ):
        pytest.skip("This browser has no HLS of its own.")

    await_movement(page)

    assert ".m3u8" in page.evaluate("document.querySelector('[data-video]').src")


def test_where_nothing_plays_the_arrival_is_recorded_all_the_same(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.add_init_script(NO_MEDIA_SOURCE + NO_HLS_OF_ITS_OWN)
    open_hall(page, stage)

    expect(page.locator("[data-cover-title]")).to_have_text("放不出画面和声音", timeout=8_000)
    expect(page.locator("[data-standing-word]")).to_have_text("已记录", timeout=PATIENCE_MS)
    assert Record.objects.filter(kind=1).count() == 1


def test_a_beat_arrives_although_the_player_never_does(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.route(re.compile(r"hls\.light|\.m3u8|/media/"), hold_up)
    open_hall(page, stage)

    expect(page.locator("[data-standing-why]")).to_contain_text("到课", timeout=PATIENCE_MS)
    assert Record.objects.filter(kind=1).count() == 1


def test_a_guest_watches_and_nothing_is_sent(browser: Browser, stage: Stage) -> None:
    context = visit(browser, stage, locale="en-GB")
    page = context.new_page()
    requests = requests_of(page)
    page.goto("/e/c1ass001")
    page.evaluate(CHOOSE_TO_BE_A_GUEST, {"campaign": stage.evening.campaign.pk, "code": "c1ass001"})

    page.goto(hall_of(stage.evening))

    await_movement(page)
    expect(page.locator("[data-standing]")).to_contain_text("as you chose")
    back = page.get_by_role("link", name="Be counted after all")
    expect(back).to_have_attribute("href", "/e/c1ass001?add=1")
    assert [one.url for one in requests if one.method == "POST"] == []
    assert not Record.objects.exists()
    context.close()


def test_a_family_that_left_reads_so_and_finds_the_way_back(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    refusal = '{"code":"withdrawn","say":"","next":null,"now":0}'
    page.route("**/b", lambda route: route.fulfill(status=410, body=refusal))
    open_hall(page, stage)

    expect(page.locator("[data-standing]")).to_contain_text("已退出记录", timeout=PATIENCE_MS)
    expect(page.get_by_role("link", name="重新参加").first).to_be_visible()
    expect(page.locator("[data-members]")).to_be_hidden()


def test_a_later_scan_is_led_straight_to_the_lecture(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    open_hall(page, stage)
    expect(page.locator("[data-standing-word]")).to_have_text("已记录", timeout=PATIENCE_MS)
    requests = requests_of(page)

    answer = page.goto("/e/c1ass001")

    assert answer is not None
    assert answer.request.redirected_from is not None
    assert answer.url.endswith(hall_of(stage.evening))
    assert len([one for one in requests if one.is_navigation_request()]) == 2


def test_a_phone_that_lost_its_seat_is_not_led_in_circles(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    open_hall(page, stage)
    expect(page.locator("[data-standing-word]")).to_have_text("已记录", timeout=PATIENCE_MS)
    page.evaluate("localStorage.clear()")

    page.goto("/e/c1ass001")

    page.wait_for_url(re.compile("/e/c1ass001"), timeout=PATIENCE_MS)
    expect(page.locator("[data-number]").first).to_be_visible(timeout=PATIENCE_MS)
