"""Contrast of the tokens (domain.md 11.7): text 4.5:1, marks and edges 3:1, by day and at night."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static/web/tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")

TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-soft", "ink-faint", "link")
    for ground in ("paper", "sheet", "earth")
] + [
    ("on-call", "call"), ("on-call", "call-deep"), ("paper", "ink"),
    ("good", "good-ground"), ("wait", "wait-ground"), ("off", "off-ground"), ("live", "live-ground"),
    ("ink", "good-ground"), ("ink", "wait-ground"), ("ink", "off-ground"), ("ink", "live-ground"),
    ("live", "paper"), ("live", "sheet"), ("wait", "paper"), ("good", "paper"), ("ink-soft", "off-ground"),
]  # fmt: skip
MARKS = [
    ("edge", "paper"), ("edge", "sheet"), ("call", "paper"), ("focus", "paper"), ("bar", "bar-ground"),
    ("bar-own", "bar-ground"), ("kept", "paper"), ("good", "bar-ground"),
]  # fmt: skip


def palette(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", TOKENS, re.DOTALL)
    assert block
    return dict(COLOUR.findall(block[1]))


DAY = palette(":root")
THEMES = {"day": DAY, "night": DAY | palette('[data-theme="night"]')}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(theme: str, front: str, ground: str) -> None:
    colours = THEMES[theme]

    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), MARKS)
def test_marks_and_edges_can_be_seen(theme: str, front: str, ground: str) -> None:
    colours = THEMES[theme]

    assert contrast(colours[front], colours[ground]) >= 3


def test_no_style_sheet_names_a_colour_of_its_own() -> None:
    """One token file: a colour written elsewhere would be missing at night."""
    allowed = {"#0d1626", "#1b2240", "#46304a", "#1c2b45", "#fff", "#000"}
    sheets = [
        path
        for path in Path(__file__).parents[2].glob("*/static/*/*.css")
        if path.name != "tokens.css"
    ]

    named = {
        (path.name, colour)
        for path in sheets
        for colour in re.findall(r"#[0-9a-f]{3,6}\b", path.read_text(encoding="utf-8"))
    }

    assert {each for each in named if each[1] not in allowed} == set()
