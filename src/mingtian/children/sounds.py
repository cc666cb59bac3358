"""How names sound, so that a child is found whose name was heard and not seen. No database.

A name with characters of several readings (单, 曾, 盖) has several sounds; a search finds it by each.
"""

import unicodedata
from itertools import islice, product

MOST_SOUNDS = 8
"""Names of many readings are cut here; the usual readings come first."""


def sounds_of(name: str) -> list[str]:
    """Return the ways in which a name is read, without tones and spaces: ``["hesiyuan"]``."""
    return _readings(name)


def initials_of(name: str) -> list[str]:
    """Return the first letters of each reading: ``["hsy"]``."""
    return _readings(name, initials=True)


def is_latin(text: str) -> bool:
    """Say whether something was typed as it sounds."""
    folded = fold_sound(text)
    return bool(folded) and folded.isascii() and folded.isalpha()


def fold_sound(text: str) -> str:
    """Return what was typed without tones, spaces and apostrophes; ü is v, as keyboards have it."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = plain.replace("u\u0308", "v").replace("u:", "v")
    return "".join(
        each for each in plain if not unicodedata.combining(each) and each not in _SILENT
    )


_SILENT = frozenset(" '’-·0123456789")


def _readings(name: str, *, initials: bool = False) -> list[str]:
    # Its tables take 60 MB and a quarter of a second: nothing for a process that looks for no name.
    from pypinyin import Style, pinyin

    style = Style.FIRST_LETTER if initials else Style.NORMAL
    letters = "".join(each for each in name if not each.isspace())
    each_way = [
        list(dict.fromkeys(fold_sound(way) for way in ways))
        for ways in pinyin(letters, style=style, heteronym=True, errors=_as_it_is)  # type: ignore[arg-type] # a list will do too
    ]
    return list(dict.fromkeys("".join(way) for way in islice(product(*each_way), MOST_SOUNDS)))


def _as_it_is(letters: str) -> list[str]:
    # Letters of other scripts stand for themselves; each is a syllable of its own.
    return [each.casefold() for each in letters if each.isalnum()]
