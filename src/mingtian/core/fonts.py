"""The typefaces of everything that is printed, read once per process.

The Chinese cuts of Noto Sans and Noto Serif come with the front-end packages; an operator adds
fonts for rarer characters to ``var/fonts``. What no font can draw is named before anything is
printed (:func:`undrawable`).
"""

from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from mingtian.core.glyphs import Coverage, coverage_of

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"


@cache
def fonts() -> typst.Fonts:
    """Return the shared fonts; reading them for each sheet would take ten times the sheet."""
    sans, serif, added = _folders()
    folders = [sans, serif / "400Regular", serif / "700Bold", added]
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )


def families(first: str) -> list[str]:
    """Return the family and then every other, in which its missing characters are looked for."""
    return [first, *(family for family in fonts().families() if family != first)]


def undrawable(text: str) -> str:
    """Return the characters of the text that no font here can draw, each once, in order."""
    return _coverage().missing(text)


@cache
def _coverage() -> Coverage:
    # Every weight of a family has the same characters; a test keeps that true.
    sans, _serif, added = _folders()
    return coverage_of([*sans.glob("400Regular/*.ttf"), *sorted(added.glob("*.[ot]tf"))])


def _folders() -> tuple[Path, Path, Path]:
    packages = Path(settings.NODE_MODULES) / "@expo-google-fonts"
    return (packages / "noto-sans-sc", packages / "noto-serif-sc", Path(settings.VAR_DIR) / "fonts")
