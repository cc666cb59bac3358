"""Set the prepared phrases of one lecture."""

from datetime import datetime

from django.db import transaction

from mingtian.comments.models import Phrase
from mingtian.comments.rules import LONGEST_PHRASE, MOST_PHRASES
from mingtian.core import audit
from mingtian.core.errors import RuleBroken

BETWEEN = "|"


def read_phrases(text: str) -> list[tuple[str, str]]:
    """Return pairs of Chinese and English, one a line with ``|`` between. Raises RuleBroken."""
    pairs = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        chinese, _, english = (part.strip() for part in line.replace("｜", BETWEEN).partition("|"))
        if not chinese or not english:
            raise RuleBroken("phrase_needs_both")
        if len(chinese) > LONGEST_PHRASE or len(english) > 2 * LONGEST_PHRASE:
            raise RuleBroken("phrase_too_long")
        pairs.append((chinese, english))
    if len(pairs) > MOST_PHRASES:
        raise RuleBroken("too_many_phrases")
    return pairs


def set_phrases(*, lecture_id: int, text: str, actor: str, now: datetime) -> int:
    """Replace the phrases of a lecture; an empty text brings the defaults back.

    Phrases that stay keep their number; the others are retired, never rewritten.
    """
    wanted = list(dict.fromkeys(read_phrases(text)))
    with transaction.atomic():
        present = {
            (row.text, row.text_en): row
            for row in Phrase.objects.select_for_update(no_key=True).filter(
                lecture_id=lecture_id, retired_at=None
            )
        }
        for pair, row in present.items():
            if pair not in wanted:
                row.retired_at = now
                row.save(update_fields=["retired_at"])
        for place, pair in enumerate(wanted, start=1):
            if (kept := present.get(pair)) is not None:
                kept.place = place
                kept.save(update_fields=["place"])
            else:
                Phrase.objects.create(
                    lecture_id=lecture_id, place=place, text=pair[0], text_en=pair[1]
                )
        audit.record(
            actor=actor,
            action="comments.phrases_set",
            subject=f"lecture:{lecture_id}",
            now=now,
            phrases=len(wanted),
        )
    return len(wanted)
