"""Who reads which comments and digests (domain.md 11.3; docs/mechanisms/comments.md).

Words stay in the house: the class teacher reads those of the own class, the principal those of
adults of the school and what was referred. Above the school only released digests are seen.
"""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.http import Http404

from mingtian.comments.models import Comment, Digest
from mingtian.comments.rules import KINDS_READ_AT_CLASS, DigestState, State
from mingtian.org.access import posts_of, units_visible_to
from mingtian.org.rules import IN_OFFICE, MORE_THAN_FIGURES, Role, UnitKind

Reader = User | AnonymousUser

OWN_HOUSES = {
    (Role.PRINCIPAL, UnitKind.SCHOOL),
    (Role.OFFICE, UnitKind.TOWNSHIP),
}
"""Posts that answer for a house: a school, or a township with its villages and five-old."""

KEEPERS_OF_WORDS = frozenset({UnitKind.CITY, UnitKind.PROVINCE, UnitKind.NATION})


def houses_of(user: Reader, day: date) -> list[int]:
    """Return the houses that the person answers for on the day."""
    return [
        post.unit_id
        for post in posts_of(user, day)
        if (Role(post.role), UnitKind(post.unit.kind)) in OWN_HOUSES
    ]


def classes_of(user: Reader, day: date) -> list[int]:
    """Return the classes whose teacher the person is on the day."""
    return [post.unit_id for post in posts_of(user, day) if post.role == Role.CLASS_TEACHER.value]


def comments_open_to(user: Reader, day: date) -> QuerySet[Comment]:
    """Return the texts that the person may read and decide; superusers see none."""
    in_house = Q(house__in=houses_of(user, day)) & (
        ~Q(kind__in=KINDS_READ_AT_CLASS) | Q(state=State.REFERRED.value)
    )
    in_class = Q(unit__in=classes_of(user, day))
    return Comment.objects.filter(in_house | in_class, phrase=None)


def can_review(user: Reader, day: date) -> bool:
    """Say whether the person has a queue at all."""
    return bool(houses_of(user, day) or classes_of(user, day))


def get_comment_for(user: Reader, public_id: str, day: date) -> Comment:
    """Return the comment, or 404 both when absent and when not the reader's to read."""
    found = comments_open_to(user, day).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def digests_visible_to(user: Reader, day: date) -> QuerySet[Digest]:
    """Return the digests of the own houses, and released ones within reach.

    A digest is made of families' words; auditors see figures.
    """
    own = Q(house__in=houses_of(user, day))
    reach = units_visible_to(user, day, roles=MORE_THAN_FIGURES)
    above = Q(state=DigestState.RELEASED.value, house__in=reach)
    return Digest.objects.filter(own | above).select_related("house", "lecture")


def get_digest_for(user: Reader, public_id: str, day: date) -> Digest:
    """Return the digest, or 404 both when absent and when not the reader's to see."""
    found = digests_visible_to(user, day).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_digest_to_change_for(user: Reader, public_id: str, day: date) -> Digest:
    """Return the digest of an own house, or 404."""
    found = get_digest_for(user, public_id, day)
    if found.house_id not in houses_of(user, day):
        raise Http404
    return found


def can_keep_words(user: Reader, day: date) -> bool:
    """Say whether the person keeps the list of words: the city's office or one above it."""
    return _stands_over_words(user, day, frozenset({Role.OFFICE}))


def can_see_words(user: Reader, day: date) -> bool:
    """Say whether the person may read the list: who keeps it, and director and clerk beside."""
    return _stands_over_words(user, day, IN_OFFICE)


def _stands_over_words(user: Reader, day: date, roles: Collection[Role]) -> bool:
    if isinstance(user, User) and user.is_superuser:
        return True
    return any(
        Role(post.role) in roles and UnitKind(post.unit.kind) in KEEPERS_OF_WORDS
        for post in posts_of(user, day)
    )
