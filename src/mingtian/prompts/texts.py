"""The ready texts of offices and schools, at most 300 characters. That for families is boards'."""

from django.utils.translation import gettext as _

from mingtian.core.clock import SHANGHAI
from mingtian.prompts.evenings import EveningRow
from mingtian.prompts.rules import MOST_TEXT

LONGEST_TITLE = 60


def text_for_class_teachers(evening: EveningRow) -> str:
    """Return what a school says to its class teachers half an hour before."""
    return _fitting(
        _(
            "Tonight at %(time)s: %(title)s. Class teachers, please take the reminder into your "
            "class's group; it waits ready in your list. Whoever is exempt or does not wish to "
            "take part is not asked again. Thank you."
        )
        % {"time": _clock(evening), "title": _title(evening)}
    )


def text_for_next_link(evening: EveningRow) -> str:
    """Return what is said to units where children are not in yet: no number, no name of a unit."""
    return _fitting(
        _(
            "Tonight at %(time)s: %(title)s. In some classes families are not in yet. Please look "
            "at your list and pass the word on to those directly below you. Whoever is exempt or "
            "does not wish to take part is left alone. Thank you."
        )
        % {"time": _clock(evening), "title": _title(evening)}
    )


def _title(evening: EveningRow) -> str:
    title = evening.shown_title
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _clock(evening: EveningRow) -> str:
    return f"{evening.times.starts_at.astimezone(SHANGHAI):%H:%M}"


def _fitting(text: str) -> str:
    assert len(text) <= MOST_TEXT, "the sentences are of known length and the title was cut"
    return text
