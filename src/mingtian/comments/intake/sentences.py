"""What a refused like or comment is told, in the language of the request."""

from pathlib import Path

from mingtian.comments.intake.reasons import Objection
from mingtian.core.catalogue import gettext_noop, translated

LOCALE = Path(__file__).resolve().parents[1] / "locale"

SENTENCES: dict[Objection, str] = {
    Objection.NOBODY_THERE: gettext_noop("Please choose first who is speaking."),
    Objection.NOTHING_SAID: gettext_noop("Please choose a phrase or write something first."),
    Objection.TOO_LONG: gettext_noop("Please write at most 200 characters."),
    Objection.UNKNOWN_PHRASE: gettext_noop(
        "This phrase is no longer offered. Please open the page again and choose another one."
    ),
    Objection.ENOUGH_SAID: gettext_noop(
        "You have said five things at this lecture, thank you. More is possible at the next one."
    ),
    Objection.TALK_NOT_OPEN: gettext_noop(
        "The doors are not open yet. Please come back when the lecture begins."
    ),
    Objection.TALK_OVER: gettext_noop(
        "This lecture is closed. Please say it at the next one, or tell your class teacher."
    ),
    Objection.LEFT: gettext_noop(
        "This home has withdrawn, so nothing is taken. To take part again, scan the learning code."
    ),
    Objection.UNKNOWN_FEED: gettext_noop(
        "There are no comments at this address. Please open the lecture again."
    ),
}


def sentence(objection: Objection, language: str) -> str:
    """Return the sentence for an objection in ``zh-hans`` or ``en``."""
    return translated(SENTENCES[objection], language, LOCALE)
