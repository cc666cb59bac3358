"""Take away everything that persons said and liked (PIPL 47)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingtian.comments.models import Comment, Like
from mingtian.comments.queries.kept import NEEDED, comments_of, likes_of
from mingtian.core import audit
from mingtian.core.keeping import Term


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Delete likes and comments of the persons, but for :data:`NEEDED`; return how many rows."""
    ids = list(person_ids)
    with transaction.atomic():
        likes, _ = Like.objects.filter(person__in=ids).delete()
        comments, _ = Comment.objects.filter(person__in=ids).exclude(NEEDED).delete()
        if likes or comments:
            audit.record(
                actor=actor,
                action="comments.forgotten",
                subject="persons",
                now=now,
                likes=likes,
                comments=comments,
            )
    return likes + comments


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Delete the likes and comments of a campaign, but for :data:`NEEDED`."""
    with transaction.atomic():
        likes, _ = likes_of(term).delete()
        comments, _ = comments_of(term).delete()
        if likes or comments:
            audit.record(
                actor=actor,
                action="comments.term_over",
                subject=f"campaign:{term.public_id}",
                now=now,
                likes=likes,
                comments=comments,
            )
    return {"comments": likes + comments}
