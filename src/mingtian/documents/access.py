"""Who may read a document, change it, sign it, and who answers for a receiver.

A document is read where it is made and where it was sent, and nowhere else: bodies may name staff.
A unit whose units below have received a document without it sees numbers on its own documents
only. A draft is read where it is written; partners see it from its review on.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.documents.models import Attachment, Document, Partner, Receipt
from mingtian.documents.rules import (
    HANDLERS,
    ISSUING,
    OUT,
    READERS,
    SIGNERS,
    WRITERS,
    State,
)
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Role

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A document as a reader stands before it, with the reader's posts that have to do with it."""

    document: Document
    partners: Sequence[Partner]
    receipts: Sequence[Receipt]
    posts: Sequence[PostRow]

    @property
    def at_lead(self) -> bool:
        return any(post.unit.id == self.document.unit_id for post in self.posts)

    @property
    def as_issuer(self) -> bool:
        return self.at_lead or any(
            post.unit.id == partner.unit_id for post in self.posts for partner in self.partners
        )

    @property
    def may_write(self) -> bool:
        return self.at(self.document.unit_id, WRITERS)

    @property
    def may_sign(self) -> bool:
        return self.at(self.document.unit_id, SIGNERS)

    @property
    def partner(self) -> Partner | None:
        """The partner for which the reader may agree, first one that has not."""
        own = [each for each in self.partners if self.at(each.unit_id, SIGNERS)]
        return next((each for each in own if each.agreed_at is None), own[0] if own else None)

    @property
    def handled(self) -> list[Receipt]:
        """The receipts of units for which the reader answers."""
        return [each for each in self.receipts if self.at(each.unit_id, HANDLERS)]

    @property
    def standing(self) -> PostRow:
        """The post through which the reader looks at the way down: the issuer's first."""
        lead = [post for post in self.posts if post.unit.id == self.document.unit_id]
        return (lead or list(self.posts))[0]

    def at(self, unit_id: int, roles: Collection[Role]) -> bool:
        """Say whether the reader holds one of the roles at a unit that has to do with it."""
        return any(post.unit.id == unit_id and post.role in roles for post in self.posts)


def posts_of_reader(reader: Reader, now: datetime) -> list[PostRow]:
    """Return the posts with which somebody reads documents; none for a superuser without posts."""
    if reader.pk is None:
        return []
    return [post for post in list_posts(reader.pk, day_of(now)) if post.role in READERS]


def units_of(posts: Iterable[PostRow], roles: Collection[Role] = READERS) -> list[int]:
    """Return the units of the posts of these roles, each once."""
    return list(dict.fromkeys(post.unit.id for post in posts if post.role in roles))


def writing_posts(reader: Reader, now: datetime) -> list[PostRow]:
    """Return the posts at which the reader may draft documents, one for each unit."""
    found = {
        post.unit.id: post
        for post in posts_of_reader(reader, now)
        if post.role in WRITERS and post.unit.kind in ISSUING
    }
    return list(found.values())


def get_writing_post(reader: Reader, unit: str, now: datetime) -> PostRow:
    """Return the post at a unit with which the reader drafts its documents, or 404."""
    for post in writing_posts(reader, now):
        if post.unit.public_id == unit:
            return post
    raise Http404


def readable(unit_ids: Sequence[int]) -> QuerySet[Document]:
    """Return the documents that are made or received at these units, drafts among them."""
    partner = Partner.objects.filter(document=OuterRef("pk"), unit_id__in=unit_ids)
    receipt = Receipt.objects.filter(document=OuterRef("pk"), unit_id__in=unit_ids)
    return Document.objects.filter(
        Q(unit_id__in=unit_ids)
        | (Exists(partner) & ~Q(state=State.DRAFT.value))
        | (Exists(receipt) & Q(state__in=[state.value for state in OUT]))
    )


def get_place_for(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the document and what the reader is to it, or 404. Four statements."""
    posts = posts_of_reader(reader, now)
    units = units_of(posts)
    document = (
        readable(units)
        .select_related("parent", "campaign", "replaces", "next")
        .filter(public_id=public_id)
        .first()
    )
    if document is None:
        raise Http404
    partners = list(Partner.objects.filter(document=document).order_by("pk"))
    receipts = list(
        Receipt.objects.filter(document=document, unit_id__in=units)
        .select_related("requirements")
        .order_by("pk")
    )
    concerned = {document.unit_id, *(p.unit_id for p in partners), *(r.unit_id for r in receipts)}
    return Place(
        document=document,
        partners=partners,
        receipts=receipts if document.is_out else [],
        posts=[post for post in posts if post.unit.id in concerned],
    )


def get_place_to_write(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return a document of a unit for which the reader writes, or 404."""
    return _only(get_place_for(reader, public_id, now), "may_write")


def get_place_to_sign(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return a document of a unit for which the reader signs, or 404."""
    return _only(get_place_for(reader, public_id, now), "may_sign")


def get_place_to_agree(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return a document that the reader's unit issues together with another, or 404."""
    return _only(get_place_for(reader, public_id, now), "partner")


def get_receipt_for(
    reader: Reader, public_id: str, unit: str, now: datetime
) -> tuple[Place, Receipt, PostRow]:
    """Return the receipt of a unit for which the reader answers, or 404."""
    place = get_place_for(reader, public_id, now)
    for receipt in place.handled:
        for post in place.posts:
            if post.unit.id == receipt.unit_id and post.unit.public_id == unit:
                return place, receipt, post
    raise Http404


def get_attachment_for(place: Place, public_id: str) -> Attachment:
    """Return an attachment of the document, or 404."""
    found = Attachment.objects.filter(document=place.document, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _only(place: Place, right: str) -> Place:
    if not getattr(place, right):
        raise Http404
    return place
