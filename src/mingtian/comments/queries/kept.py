"""Everything that is kept about persons here, for the family itself (Regulation 34)."""

from collections.abc import Collection

from mingtian.campaigns.queries.evenings import Evening, evenings_by_id
from mingtian.comments.models import Comment, Like
from mingtian.comments.queries.phrases import phrase_texts
from mingtian.comments.sealing import place_of_text
from mingtian.core.keeping import Kept
from mingtian.core.sealing import sealer
from mingtian.org.queries import shown_name


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return the likes and comments of the persons, with their words."""
    ids = list(person_ids)
    likes = list(Like.objects.filter(person__in=ids).order_by("at"))
    comments = list(Comment.objects.filter(person__in=ids).order_by("at"))
    evenings = evenings_by_id({one.lecture for one in likes} | {one.lecture for one in comments})
    return [
        *(_liked(one, evenings[one.lecture]) for one in likes),
        *(_said(one, evenings[one.lecture]) for one in comments),
    ]


def _liked(like: Like, evening: Evening) -> Kept:
    return Kept(what="like", person_id=like.person, at=like.at, facts={"lecture": evening.title})


def _said(comment: Comment, evening: Evening) -> Kept:
    facts: dict[str, str | int | bool | None] = {
        "lecture": evening.title,
        "words": words_of(comment),
        "state": comment.state,
    }
    return Kept(what="comment", person_id=comment.person, at=comment.at, facts=facts)


def words_of(comment: Comment) -> str:
    """Return what was said, in the reader's language where it was a phrase."""
    if comment.phrase is not None:
        phrase = phrase_texts([comment.phrase]).get(comment.phrase)
        return shown_name(phrase.text, phrase.text_en) if phrase else ""
    sealed = bytes(comment.text_sealed or b"")
    return sealer().open(sealed, place_of_text(comment.public_id))
