"""Looks at a page at both widths, says what is wrong with it, and may keep a small picture."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from django.contrib.auth.models import User
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from tests.journeys.conftest import DESK, PHONE, OnTheAir, sign_in, visit
from tests.journeys.looking import fits
from tests.journeys.tour.stop import Frame, Stop

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
LONG: ViewportSize = {"width": 360, "height": 1480}
WALL: ViewportSize = {"width": 1920, "height": 1080}
SIZES = {
    Frame.PHONE: (PHONE,), Frame.LONG: (LONG,), Frame.BOTH: (DESK, PHONE), Frame.WALL: (WALL,),
}  # fmt: skip
HEIGHT = 560
"""Of a picture with desk and phone side by side."""
GAP = 12
WIDEST = 960
GROUND = (222, 222, 216)
QUALITY, EFFORT = 55, 6
MOST_BYTES = 60_000
"""A picture that is heavier burdens the repository."""

_KEY = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|%\(\w+\)|\{[{%]|\bNone\b(?! of)")
"""What only the program should see: codes, places that were not filled."""
_SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){3,}")
"""Four English words on a Chinese page: a sentence that nobody translated."""
_SHOWN = "document.body.innerText"
_MEANT = frozenset({"my_home", "wechat_asking", "wechat_known"})
"""Words of the program that the notice to families names on purpose: cookies."""


P = TypeVar("P", bound=OnTheAir)


@dataclass
class Camera(Generic[P]):
    """One browser in one language, which keeps pictures where it has a ``folder``.

    ``faults`` collects what is wrong, by picture.
    """

    browser: Browser
    town: P
    language: str
    folder: Path | None
    faults: dict[str, list[str]] = field(default_factory=dict)
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def page(self, who: str = "") -> Page:
        """Return the page of somebody's browser, signed in where it is an account's."""
        if who not in self._contexts:
            self._contexts[who] = visit(
                self.browser, self.town, size=DESK, locale=LOCALES[self.language]
            )
            for user in User.objects.filter(username=who):
                sign_in(self._contexts[who], user, self.town.origin)
            return self._contexts[who].new_page()
        (page,) = self._contexts[who].pages
        return page

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()

    def visit(self, stop: Stop) -> None:
        """Open a stop's page and look at it."""
        page = self.page(stop.who)
        page.set_viewport_size(SIZES[stop.frame][0])
        address = stop.at(self.town)
        answer = page.goto(address)
        if answer is None or not answer.ok:
            self.blame(stop.name, f"{address}: {answer.status if answer else 'no answer'}")
        seen = stop.act(page) if stop.act else None
        self.take(page, stop.name, stop.frame, in_codes=stop.in_codes, seen=seen)

    def take(
        self, page: Page, name: str, frame: Frame, *, in_codes: bool = False,
        seen: Locator | None = None,
    ) -> None:  # fmt: skip
        """Look for faults at each size of the frame, and keep the page from its top, or from what is to
        be ``seen``."""
        shots = []
        for size in SIZES[frame]:
            if page.viewport_size != size:
                page.set_viewport_size(size)
            if not fits(page):
                self.blame(name, f"scrolls sideways at {size['width']} px")
            if self.folder:
                shots.append(shoot(page, seen))
        if not in_codes:
            self.read(page, name)
        if shots:
            self.keep(name, beside(shots) if len(shots) > 1 else shots[0])

    def read(self, page: Page, name: str) -> None:
        """Look for words that no reader should see."""
        text = str(page.evaluate(_SHOWN))
        for word in sorted(set(_KEY.findall(text)) - _MEANT):
            self.blame(name, f"shows {word!r}")
        if self.language == "zh" and (found := _SENTENCE.search(text)):
            self.blame(name, f"says in English {found[0]!r}")

    def blame(self, name: str, what: str) -> None:
        self.faults.setdefault(f"{name}-{self.language}", []).append(what)

    def keep(self, name: str, image: Image.Image) -> None:
        """Write the picture where pictures are kept."""
        if self.folder is None:
            return
        if image.width > WIDEST:
            image = to_width(image, WIDEST)
        path = self.folder / f"{name}-{self.language}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        image.convert("RGB").save(path, "WEBP", quality=QUALITY, method=EFFORT)


def shoot(page: Page, seen: Locator | None) -> Image.Image:
    """Return the picture of a page from its top, or from what is to be ``seen``."""
    page.evaluate("scrollTo(0, 0)")
    if seen is not None:
        seen.evaluate("one => one.scrollIntoView()")
    return Image.open(io.BytesIO(page.screenshot(animations="disabled")))


def beside(shots: Sequence[Image.Image]) -> Image.Image:
    """Return the shots side by side, at one height."""
    scaled = [
        each.resize((round(each.width * HEIGHT / each.height), HEIGHT), Image.Resampling.LANCZOS)
        for each in shots
    ]
    width = sum(each.width for each in scaled) + GAP * (len(scaled) - 1)
    whole = Image.new("RGB", (width, HEIGHT), GROUND)
    left = 0
    for each in scaled:
        whole.paste(each.convert("RGB"), (left, 0))
        left += each.width + GAP
    return whole


def to_width(image: Image.Image, width: int) -> Image.Image:
    height = round(image.height * width / image.width)
    return image.resize((width, height), Image.Resampling.LANCZOS)
