"""The versions of the list of words."""

from dataclasses import dataclass
from datetime import datetime

from mingtian.comments.models import WordListVersion
from mingtian.comments.sieve.words import starting_text


@dataclass(frozen=True, kw_only=True, slots=True)
class WordListRow:
    """One version. Number 0 is the list that an installation begins with."""

    number: int
    text: str
    note: str
    made_by: str
    made_at: datetime | None


STARTING = "system:installation"


def newest_word_list() -> WordListRow:
    """Return the list that holds."""
    return next(iter(list_word_lists()))


def list_word_lists() -> list[WordListRow]:
    """Return all versions, the newest first."""
    rows = [
        WordListRow(
            number=row.number,
            text=row.text,
            note=row.note,
            made_by=row.made_by,
            made_at=row.made_at,
        )
        for row in WordListVersion.objects.order_by("-number")
    ]
    first = WordListRow(number=0, text=starting_text(), note="", made_by=STARTING, made_at=None)
    return [*rows, first]
