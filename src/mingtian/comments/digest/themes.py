"""Words that mark an evening: frequent then, rare on the other evenings (TF-IDF).

An evening is one document. Without other evenings to compare with, frequency alone decides.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

STOP_WORDS = frozenset(
    Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split()
)
SHORTEST = 2
FEWEST = 2
"""A word of a single comment is no theme, and might be somebody's."""


def words_of(text: str) -> set[str]:
    """Return the words of a text that may become a theme, each once."""
    # Its tables take 35 MB: nothing for a process that writes no digest.
    import rjieba

    return {
        word
        for word in rjieba.cut(text)
        if len(word) >= SHORTEST and word not in STOP_WORDS and word.isalpha()
    }


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return in how many texts each word stands."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words_of(text))
    return counts


def themes(
    here: Counter[str], others: Sequence[Counter[str]], *, most: int = 8
) -> list[tuple[str, int]]:
    """Return the words that mark this evening, with the number of comments that hold them."""
    evenings = len(others) + 1

    def weight(word: str) -> float:
        present = 1 + sum(1 for other in others if word in other)
        return here[word] * (log((1 + evenings) / (1 + present)) + 1)

    candidates = [word for word, number in here.items() if number >= FEWEST]
    candidates.sort(key=lambda word: (-weight(word), word))
    chosen: list[str] = []
    for word in candidates:
        # "未成年" beside "未成年人" says nothing more.
        if len(chosen) < most and not any(word in one or one in word for one in chosen):
            chosen.append(word)
    return [(word, here[word]) for word in chosen]
