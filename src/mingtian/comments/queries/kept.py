"""Everything that is kept about persons here, for the family itself (Regulation 34)."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from mingtian.campaigns.queries.evenings import evenings_by_id
from mingtian.comments.models import Comment, Like
from mingtian.comments.queries.phrases import phrase_texts
from mingtian.comments.rules import Concern, PhraseText, State
from mingtian.comments.sealing import place_of_text
from mingtian.core.keeping import Kept, Term
from mingtian.core.sealing import sealer
from mingtian.org.queries import shown_name

NEEDED = Q(state=State.REFERRED.value) | Q(
    state=State.WAITING.value, concerns__contains=Concern.HARM.value
)
"""What is never removed with its person: what was referred, and what may tell of harm unread.

Whoever asks for erasure may be the one it is about (Minors Online Regulation 38: keep the
record). It goes once the school has decided that it needs no help.
"""


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return the likes and comments of the persons.

    A text that is not approved is listed without its words and without what became of it: this
    is read by the whole home, and a child may have told the school of somebody in it. Whether
    it waits, was not shown or was referred looks the same.
    """
    ids = list(person_ids)
    likes = list(Like.objects.filter(person__in=ids).order_by("at"))
    comments = list(Comment.objects.filter(person__in=ids).order_by("at", "number"))
    evenings = evenings_by_id({one.lecture for one in likes} | {one.lecture for one in comments})
    phrases = phrase_texts({one.phrase for one in comments if one.phrase is not None})
    return [
        *(
            Kept(
                what="like",
                person_id=like.person,
                at=like.at,
                facts={"lecture": evenings[like.lecture].title},
            )
            for like in likes
        ),
        *(_kept(one, evenings[one.lecture].title, phrases) for one in comments),
    ]


def count_term(term: Term) -> dict[str, int]:
    """Count the likes and comments of a campaign that nobody needs any more."""
    return {"comments": likes_of(term).count() + comments_of(term).count()}


def likes_of(term: Term) -> QuerySet[Like]:
    """Return the likes that go with a campaign."""
    return Like.objects.filter(lecture__in=term.lectures)


def comments_of(term: Term) -> QuerySet[Comment]:
    """Return the comments that go with a campaign; what tells of harm stays (:data:`NEEDED`)."""
    return Comment.objects.filter(lecture__in=term.lectures).exclude(NEEDED)


def _kept(comment: Comment, lecture: str, phrases: Mapping[int, PhraseText]) -> Kept:
    told = comment.state == State.APPROVED.value
    return Kept(
        what="comment",
        person_id=comment.person,
        at=comment.at,
        facts={
            "lecture": lecture,
            "words": _words_of(comment, phrases) if told else None,
            "state": comment.state if told else None,
        },
    )


def _words_of(comment: Comment, phrases: Mapping[int, PhraseText]) -> str:
    """Return what was said, in the reader's language where it was a phrase."""
    if comment.phrase is None:
        return text_of(comment)
    phrase = phrases.get(comment.phrase)
    return shown_name(phrase.text, phrase.text_en) if phrase else ""


def text_of(comment: Comment) -> str:
    """Return the own words of a comment, opened."""
    sealed = bytes(comment.text_sealed or b"")
    return sealer().open(sealed, place_of_text(comment.public_id))
