"""Pages to which no link alone leads: a family's own, a file that was sent, a printed sheet."""

import re
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.tour.camera import Camera
from tests.journeys.tour.stop import Frame
from tests.journeys.tour.town import Town

FAMILY = "a family's phone"
KIN = {"zh": "奶奶", "en": "Grandmother (paternal)"}
SETTLED_MS = 120_000
SLOTS_SHOWN = 3
SHEET_PPI = 60
SHEET = '#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("sheet.pdf", width: 100%)\n'
ROSTER = """学校,年级,班级,学号,姓名
{school},一年级,1班,901,林小雨
{school},一年级,1班,902,钟一诺
{school},一年级,1班,,赵安
{school},一年级,1班,904,
"""


def enter(camera: Camera[Town]) -> Page:
    """Enter as a family of the city and leave the lecture running; return the hall."""
    page, family = camera.page(FAMILY), camera.town.family
    (number, name), *_others = family.people
    page.set_viewport_size(PHONE)
    page.goto(f"/e/{family.code}")
    page.locator("[data-number]").fill(number)
    page.locator("[data-name]").fill(name)
    page.get_by_text(KIN[camera.language], exact=True).click()
    page.locator("[data-consent] label.choice", has=page.locator("[value=guardian]")).click()
    page.locator("[data-submit]").click()
    page.wait_for_url(re.compile("/hall/"))
    return page


def hall(camera: Camera[Town], page: Page) -> None:
    """Take the hall once some slots are recorded, then the family's own pages."""
    recorded = page.locator("[data-ribbon] .recorded").nth(SLOTS_SHOWN - 1)
    expect(recorded).to_be_attached(timeout=SETTLED_MS)
    camera.take(page, "hall", Frame.PHONE)
    page.goto("/my")
    page.wait_for_selector(".person")
    camera.take(page, "my", Frame.LONG)
    page.goto("/my/rights")
    camera.take(page, "rights", Frame.PHONE)


def roster(camera: Camera[Town]) -> None:
    """Send a roster with two broken rows, look at what it would do, and drop it."""
    page = camera.page("principal")
    page.goto("/desk/roster")
    school = page.locator("[name=under] option").first.inner_text().strip()
    page.locator("[name=file]").set_input_files(
        {"name": "roster.csv", "mimeType": "text/csv", "buffer": ROSTER.format(school=school).encode()}
    )  # fmt: skip
    page.locator("main form button.button--call").click()
    page.wait_for_url(re.compile("/desk/roster/.+"))
    camera.take(page, "roster", Frame.BOTH)
    page.locator("form[action$=drop] button").click()
    page.wait_for_url("**/desk/roster")


def sheet(camera: Camera[Town], folder: Path) -> None:
    """Fetch the sheet of the code as it is printed, and make a picture of the page."""
    page = camera.page("city")
    language = {"zh": "zh-hans", "en": "en"}[camera.language]
    answer = page.request.get(f"/desk/codes/{camera.town.code}/sheet.pdf?lang={language}")
    drawn = folder / "sheet.typ"
    drawn.write_text(SHEET)
    drawn.with_suffix(".pdf").write_bytes(answer.body())
    made = typst.compile(drawn, format="png", ppi=SHEET_PPI)
    assert isinstance(made, bytes)
    camera.keep("sheet", Image.open(BytesIO(made)))
