"""What a family on a weak network waits for: bytes of every page, seconds to a usable hall.

Chromium as a small phone, 400 kbit/s each way with 400 ms of latency (over the DevTools
protocol), an empty cache, the sample lecture on the air. Usable means: the line says where the
family stands, and the sound or the picture moves. ``python -m bench.weak`` prints JSON.
"""

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
BYTES_A_SECOND = 400_000 / 8
LATENCY_MS = 400
PATIENCE_MS = 60_000
ROUNDS = 3
TYPING_MS = 10_000
SEGMENT_SECONDS = 4
"""A whole evening's segments, twice as long as a demonstration's: the harder case."""

SAMPLE_SECONDS = 600
ON_AIR_FOR = timedelta(seconds=60)
BROADCAST = "bench0weak01"
CODE = "c1ass001"

PLAYER = "/static/npm/hls.js/"
FAMILY = re.compile(r"/(e|hall|my|notice|c|wechat)(/[^.]*)?\Z")
MOST_PAGES = 60
SETTLING_MS = 3000

TAKE_A_SEAT = """async ({ code, name }) => {
  const { openStore } = await import("/static/attendance/store.js");
  const { saveSeat } = await import("/static/attendance/seats.js");
  const body = { v: 1, code, phone: "AAAAAAAAAAAAAAAAAAAAAA", people: [{ number: "1", name }],
    kin: ["mother"], consent: { version: 2, by: "guardian" } };
  const answer = await fetch("/enter", { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } });
  const reply = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(reply));
  saveSeat(openStore(localStorage, Date.now), reply, { code, unit: "", joined: null, now: Date.now() });
}"""

USABLE = """() => {
  const word = document.querySelector("[data-standing-word]");
  const moving = Array.from(document.querySelectorAll("video, audio"))
    .some((media) => media.currentTime > (media.benchFrom ?? (media.benchFrom = media.currentTime)));
  return Boolean(word && word.textContent) && moving;
}"""


def slow_link_usable() -> dict[str, float]:
    """Return the median seconds of a later evening and of a first one."""
    return _apart("seconds")


def family_page_kb_max() -> dict[str, float]:
    """Return the size of the largest family page, gzipped, with its style sheets and scripts."""
    return _apart("pages")


def _apart(what: str) -> dict[str, float]:
    """Measure in a process of its own, which has a database and settings of its own."""
    asked = [sys.executable, "-m", "bench.weak", what]
    done = subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@dataclass(frozen=True, kw_only=True)
class Evening:
    """A server with a lecture on the air."""

    origin: str
    lecture: int
    child: str


def measure(what: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="mingtian-weak-") as name, evening(Path(name)) as stage:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        with sync_playwright() as playwright:
            path = CHROMIUM if Path(CHROMIUM).exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            found = {"seconds": seconds, "pages": sizes}[what](browser, stage)
            browser.close()
    return found


def seconds(browser: Browser, stage: Evening) -> dict[str, float]:
    later = [later_evening(browser, stage) for _ in range(ROUNDS)]
    first = [first_evening(browser, stage) for _ in range(ROUNDS)]
    return {
        "slow_link_usable_s": round(statistics.median(later), 2),
        "slow_link_first_time_s": round(statistics.median(first), 2),
        "slow_link_usable_worst_s": round(max(later), 2),
    }


def sizes(browser: Browser, stage: Evening) -> dict[str, float]:
    """Follow every link of the pages that families see and weigh each page by itself."""
    waiting = [
        f"/e/{CODE}?add=1",
        f"/hall/{stage.lecture}",
        "/my",
        "/notice",
        "/c",
        "/wechat/phone",
    ]
    weights: dict[str, float] = {}
    with phone(browser, stage.origin) as (_context, page):
        take_a_seat(page, stage)
        while waiting and len(weights) < MOST_PAGES:
            address = waiting.pop(0)
            if address in weights:
                continue
            weights[address], links = weigh(page, address)
            waiting += [link for link in links if link not in weights and FAMILY.match(link)]
    for address, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        sys.stderr.write(f"{weight:6.1f} kB  {address}\n")
    return {"family_page_kb_max": max(weights.values()), "family_pages_weighed": len(weights)}


def weigh(page: Page, address: str) -> tuple[float, list[str]]:
    """Return kB (1,024 bytes) of the page with what it loads, and the addresses it links to."""
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLING_MS)
    page.remove_listener("response", keep)
    # A page that leads on to another is weighed as that other one.
    documents = [n for n, one in enumerate(responses) if one.request.resource_type == "document"]
    own = [one for one in responses[documents[-1] :] if counts_as_page(one)]
    size = sum(len(gzip.compress(one.body())) for one in own)
    links: list[str] = page.eval_on_selector_all(
        "a[href^='/']", "links => links.map(link => link.pathname)"
    )
    return round(size / 1024, 1), links


def counts_as_page(response: Response) -> bool:
    kind = response.request.resource_type
    return (
        response.ok and kind in {"document", "stylesheet", "script"} and PLAYER not in response.url
    )


@contextmanager
def evening(folder: Path) -> Iterator[Evening]:
    """Lay an evening in a fresh cluster and put it on the air."""
    from mingtian.run.place import Place
    from mingtian.run.server import Server, free_port

    port = free_port()
    place = Place(folder)
    origin = f"http://127.0.0.1:{port}"
    os.environ["MINGTIAN_VAR"] = str(folder / "var")
    environment = place.open(origin=origin) | {"MINGTIAN_VAR": str(folder / "var")}
    try:
        place.migrate()
        for command in (["collectstatic", "--noinput"], ["build_pages"]):
            manage = [sys.executable, str(ROOT / "manage.py"), *command, "--verbosity", "0"]
            subprocess.run(manage, check=True, stdout=subprocess.DEVNULL)
        lecture, child = put_on_air(folder / "var")
        server = Server(port=port, environment=environment, log=place.log)
        server.start()
        try:
            yield Evening(origin=origin, lecture=lecture, child=child)
        finally:
            server.stop()
    finally:
        place.cluster.remove()


def put_on_air(var: Path) -> tuple[int, str]:
    """Prepare the sample lecture, begin an evening with it a minute ago; return lecture, name."""
    import msgspec
    from django.conf import settings

    from mingtian.campaigns.broadcasts.prepare import prepare
    from mingtian.campaigns.broadcasts.sample import make_sample
    from mingtian.campaigns.models import Broadcast, Campaign, Lecture
    from mingtian.core.clock import SHANGHAI, now
    from mingtian.testing.evening import make_evening
    from mingtian.testing.make import invented_name

    kept = ROOT / "var" / "samples"
    source = make_sample(kept, seconds=SAMPLE_SECONDS, node_modules=settings.NODE_MODULES)
    shelf = ROOT / "var" / "bench" / BROADCAST
    ladder = prepare(source, shelf, segment_seconds=SEGMENT_SECONDS)
    shutil.copytree(shelf, var / "media" / "broadcasts" / BROADCAST)
    made = make_evening()
    broadcast = Broadcast.objects.create(
        public_id=BROADCAST, title="样片", state="ready", ladder=msgspec.to_builtins(ladder)
    )
    begun = now() - ON_AIR_FOR
    today = begun.astimezone(SHANGHAI).date()
    Campaign.objects.filter(pk=made.campaign.pk).update(
        first_on=today, last_on=today, replay_until=begun + timedelta(days=7)
    )
    Lecture.objects.filter(pk=made.lecture.pk).update(
        held_on=today, broadcast=broadcast, doors_at=begun - timedelta(minutes=10),
        starts_at=begun, ends_at=begun + timedelta(seconds=SAMPLE_SECONDS),
        closes_at=begun + timedelta(hours=12),
    )  # fmt: skip
    return made.lecture.pk, invented_name(0)


@contextmanager
def phone(browser: Browser, origin: str) -> Iterator[tuple[BrowserContext, Page]]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", base_url=origin
    )
    try:
        yield context, context.new_page()
    finally:
        context.close()


def slow_down(context: BrowserContext, page: Page) -> CDPSession:
    """Put the page behind the weak network, with nothing kept from before."""
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    return devtools


def take_a_seat(page: Page, stage: Evening) -> None:
    page.goto(f"/e/{CODE}?add=1")
    page.evaluate(TAKE_A_SEAT, {"code": CODE, "name": stage.child})


def sign_in(page: Page, stage: Evening) -> None:
    """Fill in the entry of the first child and send it."""
    page.locator("[data-number]").first.fill("1")
    page.locator("[data-name]").first.fill(stage.child)
    consent = page.locator("[data-consent] input")
    if consent.count():
        consent.first.check(force=True)
    page.locator("[data-submit]").click()


def later_evening(browser: Browser, stage: Evening) -> float:
    """Open the code on a phone that entered on another evening."""
    with phone(browser, stage.origin) as (context, page):
        take_a_seat(page, stage)
        page.goto(f"/hall/{stage.lecture}", wait_until="commit")
        page.locator("[data-standing-word]:not(:empty)").wait_for()
        page.goto("about:blank")
        slow_down(context, page)
        return seconds_until_usable(page, f"/e/{CODE}")


def first_evening(browser: Browser, stage: Evening) -> float:
    """Open the code on a phone that nobody entered on; the time people type is not waiting."""
    with phone(browser, stage.origin) as (context, page):
        slow_down(context, page)
        begun = time.perf_counter()
        page.goto(f"/e/{CODE}", wait_until="commit")
        page.locator("[data-number]").first.wait_for(timeout=PATIENCE_MS)
        until_form = time.perf_counter() - begun
        page.wait_for_timeout(TYPING_MS)
        begun = time.perf_counter()
        sign_in(page, stage)
        page.wait_for_url(re.compile("/hall/"), timeout=PATIENCE_MS, wait_until="commit")
        page.wait_for_function(USABLE, timeout=PATIENCE_MS, polling=50)
        return until_form + time.perf_counter() - begun


def seconds_until_usable(page: Page, address: str) -> float:
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_url(re.compile("/hall/"), timeout=PATIENCE_MS, wait_until="commit")
    page.wait_for_function(USABLE, timeout=PATIENCE_MS, polling=50)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1] if len(sys.argv) > 1 else "seconds")) + "\n")
