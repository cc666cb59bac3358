"""The pictures of docs/tour.md and of the README, made from a running demo by a real browser.

    .venv/bin/python -m scenarios.suihua.tour --origin http://127.0.0.1:8000 \
        --password … --code … --number … --name …

The values stand in what bin/demo prints. Every page is taken in Chinese and in English.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import typst
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from rich.console import Console

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
PHONE: ViewportSize = {"width": 360, "height": 740}
TALL: ViewportSize = {"width": 360, "height": 1600}
DESK: ViewportSize = {"width": 1280, "height": 900}
BOARD: ViewportSize = {"width": 1280, "height": 1240}
WALL: ViewportSize = {"width": 1920, "height": 1080}
DESK_SHOWN = 960
SHEET_PPI = 60
COLOURS = 96
# Long enough for the player to begin, the first slots to be acknowledged, the curve to be drawn.
WATCHING_MS = 60_000
SETTLING_MS = 1_500
SHEET = '#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("sheet.pdf", width: 100%)\n'
ROSTER = """学校,年级,班级,学号,姓名
{school},一年级,1班,901,林小雨
{school},一年级,1班,902,钟一诺
{school},一年级,1班,,赵安
{school},一年级,1班,904,
"""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the demo printed, and where the pictures go."""

    origin: str
    password: str
    code: str
    number: str
    name: str
    kin: dict[str, str]
    pictures: Path
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Camera:
    """One browser, one language: takes pages and keeps them small."""

    browser: Browser
    order: Order
    language: str

    @contextmanager
    def open(self, size: ViewportSize, account: str = "", *, sharp: int = 1) -> Iterator[Page]:
        """Open a page of this size, signed in when an account is named."""
        context = self.browser.new_context(
            viewport=size,
            locale=LOCALES[self.language],
            base_url=self.order.origin,
            device_scale_factor=sharp,
        )
        page = context.new_page()
        if account:
            self.sign_in(page, account)
        try:
            yield page
        finally:
            context.close()

    def sign_in(self, page: Page, account: str) -> None:
        page.goto("/desk/sign-in")
        page.locator("[name=username]").fill(account)
        page.locator("[name=password]").fill(self.order.password)
        page.locator("main form button").click()
        page.wait_for_url(re.compile("/desk$"))
        page.goto("/boards/")

    def take(self, page: Page, name: str, *, width: int = 0) -> None:
        """Keep the page under docs/pictures/tour, or what ``name`` says."""
        page.wait_for_timeout(SETTLING_MS)
        path = self.order.pictures / "tour" / f"{name}-{self.language}.png"
        # The first screen of a page tells what it is for; the rest is more of the same.
        shot = page.screenshot(full_page=self.order.whole)
        keep(shot, path, width=0 if self.order.whole else width)

    def visit(self, page: Page, address: str, name: str) -> None:
        page.goto(address)
        self.take(page, name, width=DESK_SHOWN if page_width(page) > DESK_SHOWN else 0)


def page_width(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


def keep(shot: bytes, path: Path, *, width: int = 0) -> None:
    """Write a picture with few colours, scaled to ``width`` when given."""
    image: Image.Image = Image.open(io.BytesIO(shot)).convert("RGB")
    if width and image.width > width:
        height = round(image.height * width / image.width)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    few = image.quantize(palette=palette(image), dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def palette(image: Image.Image) -> Image.Image:
    """Return the colours to keep: the frequent ones as they are, the rare ones by their spread.

    So the ground of a page stays what it is, and a few points of vermilion are not lost.
    """
    counted = cast(
        "list[tuple[int, tuple[int, int, int]]]", image.getcolors(image.width * image.height)
    )
    frequent = [part for _, colour in sorted(counted, reverse=True)[:COLOURS] for part in colour]
    spread = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).getpalette() or []
    kept = Image.new("P", (1, 1))
    kept.putpalette([*frequent, *spread])
    return kept


def of_family(camera: Camera) -> None:
    """Entry, hall, the check of a code, and the family's own page, on a phone."""
    order = camera.order
    with camera.open(PHONE) as page:
        camera.visit(page, f"/check/{order.code}", "check")
        camera.visit(page, f"/e/{order.code}", "entry")
        camera.visit(page, f"/e/{order.code}?help=1", "helping")
        camera.visit(page, "/notice", "notice")
        watch(camera, page)
        camera.take(page, "hall")
        page.set_viewport_size(TALL)
        page.goto("/my")
        page.wait_for_selector(".person")
        camera.take(page, "my")
        page.set_viewport_size(PHONE)
        camera.visit(page, "/my/rights", "rights")
        camera.visit(page, "/c", "certificate-check")


def watch(camera: Camera, page: Page) -> None:
    """Enter as the demo's family and watch until several slots are recorded."""
    order = camera.order
    page.goto(f"/e/{order.code}")
    page.locator("[data-number]").fill(order.number)
    page.locator("[data-name]").fill(order.name)
    page.get_by_text(order.kin[camera.language], exact=True).click()
    page.locator("[data-consent] label.choice", has=page.locator("[value=guardian]")).click()
    page.locator("[data-submit]").click()
    page.wait_for_url(re.compile("/hall/"))
    page.wait_for_timeout(WATCHING_MS)


def of_class(camera: Camera) -> None:
    """The class teacher's evening, on a phone."""
    with camera.open(TALL, "teacher") as page:
        camera.take(page, "class")
        page.set_viewport_size(PHONE)
        page.locator("#my-class a[href*='/pupil']").first.click()
        camera.take(page, "pupil")
        page.goto("/desk/codes")
        page.locator("table th a").first.click()
        camera.take(page, "code")


def of_school(camera: Camera) -> None:
    """The principal brings in a roster with two broken rows and sees what it would do."""
    with camera.open(DESK, "principal") as page:
        page.goto("/desk/roster")
        school = page.locator("[name=under] option").first.inner_text().strip()
        roster = {
            "name": "roster.csv",
            "mimeType": "text/csv",
            "buffer": ROSTER.format(school=school).encode(),
        }
        page.locator("[name=file]").set_input_files(roster)  # type: ignore[arg-type]
        page.locator("main form button.button--call").click()
        page.wait_for_url(re.compile("/desk/roster/.+"))
        camera.take(page, "roster", width=DESK_SHOWN)
        page.locator("form[action$=drop] button").click()
        camera.visit(page, "/desk/comments", "comments")
        camera.visit(page, "/desk/comments/digests", "digests")


def of_office(camera: Camera) -> None:
    """The city's office: boards, units, campaigns, codes."""
    with camera.open(DESK) as page:
        camera.visit(page, "/desk/sign-in", "sign-in")
    with camera.open(BOARD, "city") as page:
        board = page.url
        camera.take(page, "board", width=DESK_SHOWN)
        page.set_viewport_size(DESK)
        camera.visit(page, f"{board}/evenings", "evenings")
        camera.visit(page, "/desk/units", "units")
        camera.visit(page, "/desk/campaigns", "campaigns")
        page.locator("table a").first.click()
        camera.take(page, "campaign", width=DESK_SHOWN)
        camera.visit(page, "/desk/codes", "codes")
        camera.visit(page, "/desk/certificates", "certificates")
        sheet(camera, page.context)
    with camera.open(WALL, "city") as page:
        camera.visit(page, f"{board}/wall", "wall")


def of_committee(camera: Camera) -> None:
    """The committee's day: desks, a day's figures, documents, readiness, help, comparison, staff."""
    with camera.open(TALL, "principal") as page:
        camera.visit(page, "/desk", "desk-school")
        camera.visit(page, last_day(page), "day-school")
    with camera.open(BOARD, "city") as page:
        camera.visit(page, "/desk", "desk")
        day = last_day(page)
        camera.visit(page, day, "day")
        camera.visit(page, "/desk/documents/register", "documents")
        page.locator("main table a").first.click()
        camera.take(page, "document", width=DESK_SHOWN)
        for name in ("readiness", "supervision", "staff"):
            camera.visit(page, f"/desk/{name}/", name)
        address = day.replace("/desk/days/", "/desk/bulletins/")
        camera.visit(page, f"{address}/units?of=campaign&by=pupils", "comparison")


def last_day(page: Page) -> str:
    """Return the address of the evening before tonight's, from the desk."""
    page.goto("/desk")
    found = page.locator(".lastly a").nth(-2).get_attribute("href")
    assert found, "the desk lists the days"
    return found


def sheet(camera: Camera, context: BrowserContext) -> None:
    """Fetch the sheet of the code as it is printed, and make a picture of the page."""
    language = {"zh": "zh-hans", "en": "en"}[camera.language]
    address = f"/desk/codes/{camera.order.code}/sheet.pdf?lang={language}"
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "sheet.typ"
        drawn.write_text(SHEET)
        drawn.with_suffix(".pdf").write_bytes(context.request.get(address).body())
        made = typst.compile(drawn, format="png", ppi=SHEET_PPI)
    assert isinstance(made, bytes)
    keep(made, camera.order.pictures / "tour" / f"sheet-{camera.language}.png")


def of_readme(camera: Camera) -> None:
    """The two pictures of the README: the city's board in English, the hall in Chinese."""
    pictures = camera.order.pictures
    if camera.language == "en":
        with camera.open(BOARD, "city") as page:
            page.wait_for_timeout(SETTLING_MS)
            keep(page.screenshot(), pictures / "board.png")
    else:
        with camera.open(PHONE, sharp=2) as page:
            watch(camera, page)
            keep(page.screenshot(), pictures / "hall.png")


PARTS = {
    "readme": of_readme,
    "office": of_office,
    "committee": of_committee,
    "class": of_class,
    "school": of_school,
    "family": of_family,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("origin", "password", "code", "number", "name"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--kin", default="奶奶,Grandmother (paternal)", help="Chinese,English")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--whole", action="store_true", help="whole pages, for a look-through")
    parser.add_argument("--part", choices=PARTS, action="append")
    options = parser.parse_args(arguments)
    chinese, english = options.kin.split(",")
    order = Order(
        origin=options.origin,
        password=options.password,
        code=options.code,
        number=options.number,
        name=options.name,
        kin={"zh": chinese, "en": english},
        pictures=options.out,
        whole=options.whole,
    )
    (order.pictures / "tour").mkdir(parents=True, exist_ok=True)
    console = Console()
    with sync_playwright() as running:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = running.chromium.launch(executable_path=path, args=FLAGS)
        for language in LOCALES:
            for part in options.part or PARTS:
                PARTS[part](Camera(browser=browser, order=order, language=language))
                console.print(f"{language}: {part}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
