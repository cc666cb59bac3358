"""The list of words: sections in brackets, one word a line, phrases that are allowed.

    [harm]
    不想活
    [allow]
    珍爱生命

A word inside an allowed phrase raises no concern: a law lecture says 毒品 all evening.
"""

from dataclasses import dataclass
from pathlib import Path

from mingtian.comments.rules import Concern
from mingtian.comments.sieve.normal import tight

STARTING_LIST = Path(__file__).with_name("words.txt")
SECTIONS = (Concern.HARM, Concern.COARSE, Concern.ADVERT, Concern.LISTED)
ALLOW = "allow"
MOST_WORDS = 50_000
LONGEST_WORD = 40


class BadLine(ValueError):
    """A line that cannot be read; ``number`` counts from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Line {number} cannot be read.")
        self.number = number


@dataclass(frozen=True, slots=True)
class WordList:
    """Words by concern and allowed phrases, all in their tight form."""

    words: dict[str, Concern]
    allowed: frozenset[str]


def parse(text: str) -> WordList:
    """Read a list. Raises BadLine for a word outside a section, too long or without letters."""
    words: dict[str, Concern] = {}
    allowed: set[str] = set()
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.split("#")[0].strip()
        if not entry:
            continue
        if entry.startswith("["):
            section = _section(entry, number)
            continue
        word = tight(entry)
        if not section or not 1 < len(word) <= LONGEST_WORD or len(words) >= MOST_WORDS:
            raise BadLine(number)
        if section == ALLOW:
            allowed.add(word)
        else:
            words[word] = Concern(section)
    return WordList(words, frozenset(allowed))


def _section(entry: str, number: int) -> str:
    name = entry.strip("[] ").lower()
    if name != ALLOW and name not in SECTIONS:
        raise BadLine(number)
    return name


def starting_text() -> str:
    """Return the list that an installation begins with, as version 0."""
    return STARTING_LIST.read_text(encoding="utf-8")
