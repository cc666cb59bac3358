"""Take away everything that persons said and liked (PIPL 47)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mingtian.comments.models import Comment, Like
from mingtian.comments.rules import Concern, State
from mingtian.core import audit

NEEDED = Q(state=State.REFERRED.value) | Q(
    state=State.WAITING.value, concerns__contains=Concern.HARM.value
)


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Delete likes and comments of the persons; return how many rows went.

    What was referred stays, and what may tell of harm and nobody has read yet: whoever asks for
    erasure may be the one it is about (Minors Online Regulation 38: keep the record). It goes
    the next time once the school has decided that it needs no help.
    """
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
