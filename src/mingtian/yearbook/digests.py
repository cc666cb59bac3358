"""The fingerprint of an edition: SHA-256 over a text that anybody can write down again.

It is made of what was given out and of nothing else: over exact numbers it would let whoever holds a paper
try which of the few that a masked one can be fits. UTF-8, each line ends with one newline, instants as the
ledger writes them (decision 0024), ``-`` where there is nothing::

    mingtian yearbook 2
    previous <digest of the edition before>
    edition <public id>
    unit <public id>
    year <year> number <number>
    taken <instant> by <key of the user>
    closing <yes or no>
    book <public id> <fingerprint>
    cell <place or -> <measure> <word or -> <*, or bound and value>      one line each, sorted
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from mingtian.yearbook.masking import MASKED, Shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What an edition says beside its cells."""

    previous: str
    edition: str
    unit: str
    year: int
    number: int
    taken_at: datetime
    taken_by: int
    closing: bool
    book: str
    book_head: str


def digest_of(head: Head, cells: Iterable[tuple[str, str, str, Shown]]) -> str:
    """Return the digest of an edition with cells of place's public id, measure, word and number."""
    at = head.taken_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = [
        "mingtian yearbook 2",
        f"previous {head.previous or '-'}",
        f"edition {head.edition}",
        f"unit {head.unit}",
        f"year {head.year} number {head.number}",
        f"taken {at} by {head.taken_by}",
        f"closing {'yes' if head.closing else 'no'}",
        f"book {head.book or '-'} {head.book_head or '-'}",
        *sorted(
            f"cell {place or '-'} {measure} {word or '-'} {_text_of(shown)}"
            for place, measure, word, shown in cells
        ),
    ]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _text_of(shown: Shown) -> str:
    return MASKED if shown.value is None else f"{shown.bound}{shown.value}"
