"""What every page is held against: axe, the width of a phone, doubled text, the keyboard, and the
measured sizes of large type (domain.md 11.7).

Measured in the browser, on what is really shown and only once it holds still. Large type: text at
least 18 px, lines 1.3 of the type, paragraphs 1.3 lines apart, targets 60 by 60, contrast 4.5 to 1.
"""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = os.environ.get("MINGTIAN_PICTURES")

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").strip()


def ask(page: Page, question: str) -> Any:
    """Return what the page's script answers."""
    return page.evaluate(f"async () => {SCRIPT}.{question}()")


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture when asked to (MINGTIAN_PICTURES names the folder)."""
    if PICTURES:
        ask(page, "atRest")
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole)


def faults(page: Page, *, colours: bool = True) -> list[str]:
    """Return the rules of axe that the page breaks once it is at rest, with the first element.

    Where the contrast of ``colours`` is measured otherwise, axe need not: it takes most of its time.
    """
    ask(page, "atRest")
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]


def fits(page: Page) -> bool:
    """Return whether nothing must be scrolled sideways once the page is at rest."""
    ask(page, "atRest")
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def hold(page: Page, name: str, *, doubled: bool = False) -> None:
    """Keep a picture when asked to, and hold the page against axe and its width, also with all text
    doubled."""
    picture(page, name)
    assert faults(page) == [], name
    assert fits(page), name
    if doubled:
        enlarge(page)
        assert fits(page), f"{name} with doubled text"
        enlarge(page, back=True)


def enlarge(page: Page, *, back: bool = False) -> None:
    """Double all text, as the reader's browser can (WCAG 1.4.4)."""
    page.evaluate(
        "size => { document.documentElement.style.fontSize = size; }", "" if back else "200%"
    )


def cut_off(page: Page) -> list[str]:
    """Return what is shown in part only."""
    wide = [] if fits(page) else ["the page itself, at its right"]
    return [*ask(page, "cutOff"), *wide]


def cut_off_when_doubled(page: Page) -> list[str]:
    """Return what is cut off when the reader's browser doubles all text (WCAG 1.4.4)."""
    enlarge(page)
    # The list that a choice opens shows it whole.
    found = [each for each in cut_off(page) if not each.startswith("select.")]
    enlarge(page, back=True)
    return found


def not_reached(page: Page) -> list[str]:
    """Return what the tabulator key never reaches, or reaches without showing it."""
    stops: list[str] = ask(page, "stops")
    page.evaluate("document.activeElement.blur()")
    seen: dict[int, bool] = {}
    # Twice around: the key begins wherever the page's last step left it.
    for _ in range(2 * len(stops) + 20):
        page.keyboard.press("Tab")
        if found := ask(page, "focus"):
            seen[found[0]] = found[1]
        if len(seen) == len(stops):
            break
    return [stop for place, stop in enumerate(stops) if not seen.get(place)]


def too_small(page: Page) -> list[str]:
    """Return everything shown that misses a size of large type."""
    ask(page, "atRest")
    found = ask(page, "sizes")
    assert len(found["texts"]) > 3
    missed: list[dict[str, Any]] = [
        *(one for one in found["texts"] if one["size"] < 18 or one["line"] < 1.295),
        *(one for one in found["texts"] if one["contrast"] < 4.5 and not one["isOnPicture"] and not one["isOff"]),
        *(one for one in found["targets"] if one["width"] < 59.5 or one["height"] < 59.5),
        *(one for one in found["gaps"] if one["lines"] < 1.295),
    ]  # fmt: skip
    return [str(one) for one in missed]


def missed(page: Page) -> dict[str, list[str]]:
    """Return all that a family's page on a phone misses, in usual and in large type; {} is good."""
    found = {"axe": faults(page), "cut off": cut_off(page), "keyboard": not_reached(page)}
    found["cut off when doubled"] = cut_off_when_doubled(page)
    usual = page.evaluate("document.documentElement.dataset.type || ''")
    page.evaluate("document.documentElement.dataset.type = 'large'")
    found["large: sizes"] = too_small(page)
    found["large: cut off"] = cut_off(page)
    found["large: axe"] = faults(page, colours=False)
    page.evaluate(
        "kind => { if (kind) document.documentElement.dataset.type = kind;"
        " else delete document.documentElement.dataset.type; }",
        usual,
    )
    return {kind: faulty for kind, faulty in found.items() if faulty}
