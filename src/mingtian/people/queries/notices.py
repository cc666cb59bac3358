"""The notice that families read before they agree (PIPL 17, 30, 31; Regulation 34).

Each version is a text of its own in each language, below ``templates/people/notices/``. A text
that families have agreed to never changes: a new wording is a new version, and CONSENT_VERSION
rises with it, so that everybody is asked again.
"""

from typing import Literal

from mingtian.people.rules import CONSENT_VERSION

LANGUAGES = ("zh-hans", "en")
Form = Literal["short", "full"]


def notice_template(version: int, language: str, form: Form) -> str | None:
    """Return the template of a version's text, or None where there is no such version.

    A language that the notice does not speak gets the Chinese text.
    """
    if not 1 <= version <= CONSENT_VERSION:
        return None
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return f"people/notices/{version}/{spoken}/{form}.html"
