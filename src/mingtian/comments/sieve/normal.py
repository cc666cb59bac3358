"""One spelling for the many ways to write the same: width, case, split characters, digits."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")
_DIGIT_WORDS = {
    "0": "〇零洞",
    "1": "一壹幺妖吆",
    "2": "二贰两俩",
    "3": "三叁伞",
    "4": "四肆",
    "5": "五伍舞",
    "6": "六陆溜",
    "7": "七柒拐漆",
    "8": "八捌扒",
    "9": "九玖勾酒",
}
"""How digits are written or said, homophones that hide telephone numbers among them."""

DIGIT_OF = {ord(sign): digit for digit, signs in _DIGIT_WORDS.items() for sign in signs}
DIGIT_SIGNS = "0-9" + "".join(_DIGIT_WORDS.values())
"""For the inside of a regular expression's brackets."""


def plain(text: str) -> str:
    """Level width, compatibility forms and case; keeps what stands between the words."""
    return unicodedata.normalize("NFKC", text).casefold()


def tight(text: str) -> str:
    """Level as :func:`plain` and drop everything that is neither letter nor digit."""
    return _BETWEEN.sub("", plain(text))


def tight_with_places(text: str) -> tuple[str, list[int]]:
    """Return the tight form of a text that is plain already, and where each sign stood."""
    places = [at for at, sign in enumerate(text) if sign.isalnum()]
    return "".join(text[at] for at in places), places


def digits(run: str) -> str:
    """Return a run of digit signs as digits."""
    return run.translate(DIGIT_OF)
