"""The prepared phrases of lectures."""

from collections.abc import Collection

from mingtian.comments.models import Phrase
from mingtian.comments.rules import DEFAULT_PHRASES, PhraseText


def list_phrases(lecture_id: int) -> tuple[list[PhraseText], bool]:
    """Return the phrases offered at a lecture, and whether they are its own."""
    own = [_text(row) for row in _present(lecture_id)]
    return (own, True) if own else (list(DEFAULT_PHRASES), False)


def phrase_texts(numbers: Collection[int]) -> dict[int, PhraseText]:
    """Return phrases by number, retired ones too."""
    found = {one.number: one for one in DEFAULT_PHRASES if one.number in numbers}
    rows = Phrase.objects.filter(pk__in=[n for n in numbers if n not in found])
    return found | {row.pk: _text(row) for row in rows}


def _present(lecture_id: int) -> list[Phrase]:
    return list(
        Phrase.objects.filter(lecture_id=lecture_id, retired_at=None).order_by("place", "pk")
    )


def _text(row: Phrase) -> PhraseText:
    return PhraseText(number=row.pk, text=row.text, text_en=row.text_en)
