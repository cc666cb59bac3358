"""Take away everything that persons said and liked (PIPL 47)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingtian.comments.models import Comment, Like
from mingtian.core import audit


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Delete likes and comments of the persons; return how many rows went."""
    ids = list(person_ids)
    with transaction.atomic():
        likes, _ = Like.objects.filter(person__in=ids).delete()
        comments, _ = Comment.objects.filter(person__in=ids).delete()
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
