"""From the texts of an evening to the content of its digest. 20,000 texts take about a second."""

import re
from collections import Counter
from collections.abc import Sequence

from mingtian.comments.digest.content import Content, Counts, Theme
from mingtian.comments.digest.themes import count_words, themes, words_of
from mingtian.comments.sieve.normal import tight
from mingtian.comments.sieve.scrub import MASKS, Scrubber

MOST_LINES = 8
MOST_QUESTIONS = 20
SHORTEST_LINE, LONGEST_LINE = 8, 120
_QUESTION = re.compile(
    r"[?？]|吗[。!！,，]?$|怎么办|怎么[^样]|如何|能不能|可不可以|是不是|为什么|哪里|请问|什么时候"
)


def draft(
    texts: Sequence[str],
    others: Sequence[Sequence[str]],
    *,
    scrubber: Scrubber,
    counts: Counts,
    told: dict[str, int],
) -> Content:
    """Return the draft. ``texts`` are the evening's approved ones, ``others`` those of other
    evenings, each evening by itself."""
    clean = [scrubber.scrub(text) for text in texts]
    here = count_words(clean)
    beside = [count_words(map(scrubber.scrub, evening)) for evening in others]
    found = themes(here, beside)
    asked = [line for line in clean if is_question(line)]
    return Content(
        counts=counts,
        themes=[Theme(word, number) for word, number in found],
        lines=representative(clean, [word for word, _ in found]),
        questions=distinct(asked)[:MOST_QUESTIONS],
        told=told,
    )


def is_question(text: str) -> bool:
    """Say whether a text seems to ask something."""
    return _QUESTION.search(text) is not None


def representative(lines: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return one line for each theme, those without anything masked first, then the fuller."""
    chosen: list[str] = []
    usable = [
        line
        for line in distinct(lines)
        if SHORTEST_LINE <= len(line) <= LONGEST_LINE and not is_question(line)
    ]
    themes_of = {line: words_of(line) & set(words) for line in usable}
    usable.sort(key=lambda line: (masked(line), -len(themes_of[line]), -len(line), line))
    for word in words:
        line = next((one for one in usable if word in themes_of[one] and one not in chosen), None)
        if line is not None and len(chosen) < MOST_LINES:
            chosen.append(line)
    return chosen


def masked(line: str) -> int:
    """Return how many things were taken out of a line."""
    return sum(line.count(mask) for mask in MASKS)


def distinct(lines: Sequence[str]) -> list[str]:
    """Return lines that differ in more than signs, the most frequent first."""
    keys = [tight(line) for line in lines]
    counts = Counter(keys)
    first = dict(zip(reversed(keys), reversed(lines), strict=True))
    return [first[key] for key, _ in sorted(counts.items(), key=lambda one: -one[1]) if key]
