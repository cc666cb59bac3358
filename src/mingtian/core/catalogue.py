"""Translated sentences for the hot path, from the same catalogues as the templates. No Django."""

import gettext
from functools import cache
from pathlib import Path


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it here."""
    return text


def translated(text: str, language: str, locale: Path) -> str:
    """Return the sentence in ``zh-hans`` or ``en``, from the catalogues in a module's locale."""
    return _catalogue(locale, language.replace("zh-hans", "zh_Hans")).gettext(text)


@cache
def _catalogue(locale: Path, language: str) -> gettext.NullTranslations:
    return gettext.translation("django", locale, [language], fallback=True)
