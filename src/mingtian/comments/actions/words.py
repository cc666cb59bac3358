"""A new version of the list of words. Old ones stay, so that anybody can see what held when."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.comments.models import WordListVersion
from mingtian.comments.sieve.words import BadLine, parse
from mingtian.core import audit
from mingtian.core.errors import RuleBroken

LONGEST_LIST = 500_000


def save_word_list(*, text: str, note: str, based_on: int, actor: str, now: datetime) -> int:
    """Add a version and return its number. ``based_on`` is the version that was edited."""
    if len(text) > LONGEST_LIST:
        raise RuleBroken("word_list_too_long")
    try:
        words = parse(text)
    except BadLine as error:
        raise RuleBroken("word_list_line", line=error.number) from error
    try:
        with transaction.atomic():
            WordListVersion.objects.create(
                number=based_on + 1, text=text, note=note, made_by=actor, made_at=now
            )
            audit.record(
                actor=actor,
                action="comments.word_list_saved",
                subject=f"word_list:{based_on + 1}",
                now=now,
                words=len(words.words),
                allowed=len(words.allowed),
            )
    except IntegrityError as error:
        raise RuleBroken("word_list_changed") from error
    return based_on + 1
