"""Holds a page at both widths while somebody walks through it at one of them."""

from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looking import fits, hold, picture


def hold_at_both(page: Page, name: str) -> None:
    """Hold the page against axe and its width, then against the other width, and come back.

    Walked in Chinese on a phone and in English at a desk, each page meets axe in both languages and
    at both widths, and each language both widths; axe takes longer than all else.
    """
    walked = page.viewport_size
    assert walked is not None
    other = DESK if walked == PHONE else PHONE
    hold(page, f"{name}-{walked['width']}")
    page.set_viewport_size(other)
    picture(page, f"{name}-{other['width']}")
    assert fits(page), f"{name} at {other['width']} px"
    page.set_viewport_size(walked)
