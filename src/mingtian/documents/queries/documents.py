"""Reads of documents as frozen rows: registers, inboxes, what may be cited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from mingtian.documents.access import readable
from mingtian.documents.models import Document, Letterhead, Receipt
from mingtian.documents.rules import (
    OUT,
    Genre,
    State,
    default_mark,
    default_symbol,
)
from mingtian.org.queries import UnitRow, shown_name

_OUT = [state.value for state in OUT]
MOST_CITED = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentRow:
    """A document in a list. ``reference`` is empty until it is issued."""

    id: int
    public_id: str
    unit_id: int
    unit: str
    genre: Genre
    state: State
    title: str
    reference: str
    version: int
    drafted_at: datetime
    issued_at: datetime | None
    replaced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedRow:
    """A document at one of the reader's units, and what that unit has done with it."""

    document: DocumentRow
    unit_id: int
    unit: str
    unit_public_id: str
    received_at: datetime | None
    relayed_at: datetime | None
    meeting_at: datetime | None
    requirements_at: datetime | None
    relay_by: date | None

    @property
    def in_hand(self) -> bool:
        """Whether something is still to be done; a closed document asks for nothing."""
        open_ = self.document.state is State.ISSUED
        return open_ and not (self.relayed_at and self.meeting_at and self.requirements_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterheadRow:
    """How a unit's papers are headed and numbered."""

    mark: str
    symbol: str
    chosen: bool


def list_register(unit_ids: Sequence[int], q: str = "") -> QuerySet[Document]:
    """Return what was issued or received at these units, the latest first, by title or number.

    The page cuts it; :func:`rows_of` makes rows of the cut.
    """
    found = readable(unit_ids).filter(state__in=_OUT)
    for word in q.replace("\0", "").split():
        found = found.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    return found.select_related("unit", "next").order_by("-issued_at", "-pk")


def rows_of(documents: QuerySet[Document] | Sequence[Document]) -> list[DocumentRow]:
    """Return rows of documents that were loaded with their unit and next version."""
    return [_row(each) for each in documents]


def list_unissued(unit_ids: Sequence[int]) -> list[DocumentRow]:
    """Return the drafts at these units and what waits there for a signature or an agreement."""
    found = readable(unit_ids).exclude(state__in=_OUT).select_related("unit", "next")
    return rows_of(found.order_by("-drafted_at", "-pk"))


def list_received(unit_ids: Sequence[int]) -> list[ReceivedRow]:
    """Return open documents that these units received and have still something to do with."""
    found = (
        Receipt.objects.filter(unit_id__in=unit_ids, document__state=State.ISSUED.value)
        .filter(Q(relayed_at=None) | Q(meeting_at=None) | Q(requirements_at=None))
        .select_related("document__unit", "document__next", "unit")
        .order_by("-sent_at", "-pk")
    )
    return [
        ReceivedRow(
            document=_row(each.document),
            unit_id=each.unit_id,
            unit=shown_name(each.unit.name, each.unit.name_en),
            unit_public_id=each.unit.public_id,
            received_at=each.received_at,
            relayed_at=each.relayed_at,
            meeting_at=each.meeting_at,
            requirements_at=each.requirements_at,
            relay_by=each.document.relay_by,
        )
        for each in found
    ]


def list_citable(unit_ids: Sequence[int]) -> list[DocumentRow]:
    """Return the newest issued documents that a draft at these units may cite as its parent.

    What a newer version has replaced is cited no more.
    """
    standing = list_register(unit_ids).exclude(next__state__in=_OUT)
    return rows_of(standing[:MOST_CITED])


def find_document(public_id: str) -> DocumentRow | None:
    """Return a document for another module; who may read it is asked elsewhere."""
    found = Document.objects.select_related("unit", "next").filter(public_id=public_id).first()
    return None if found is None else _row(found)


def find_by_source(source: str) -> DocumentRow | None:
    """Return the document that another module asked for under this key, or None."""
    found = Document.objects.select_related("unit", "next").filter(source=source).first()
    return None if found is None else _row(found)


def list_of_campaign(campaign_id: int) -> list[DocumentRow]:
    """Return the issued documents that carry a campaign, the first issued (its mandate) first."""
    found = Document.objects.filter(campaign_id=campaign_id, state__in=_OUT)
    return rows_of(found.select_related("unit", "next").order_by("issued_at", "pk"))


def list_lower(document: Document, unit_ids: Sequence[int]) -> list[DocumentRow]:
    """Return the issued documents that cite this one, as far as these units may read them."""
    found = readable(unit_ids).filter(parent=document, state__in=_OUT)
    return rows_of(found.select_related("unit", "next").order_by("issued_at", "pk"))


def letterhead_of(unit: UnitRow) -> LetterheadRow:
    """Return how the unit's papers are headed: as it chose, else as its name says."""
    return letterheads_of([unit])[unit.id]


def letterheads_of(units: Collection[UnitRow]) -> dict[int, LetterheadRow]:
    """Return the same for several units by key. One statement."""
    chosen = Letterhead.objects.in_bulk([unit.id for unit in units])
    return {
        unit.id: LetterheadRow(
            mark=own.mark if own else default_mark(unit.kind, unit.name),
            symbol=own.symbol if own else default_symbol(unit.kind, unit.name),
            chosen=own is not None,
        )
        for unit in units
        for own in [chosen.get(unit.id)]
    }


def _row(document: Document) -> DocumentRow:
    return DocumentRow(
        id=document.pk,
        public_id=document.public_id,
        unit_id=document.unit_id,
        unit=shown_name(document.unit.name, document.unit.name_en),
        genre=Genre(document.genre),
        state=State(document.state),
        title=document.title,
        reference=document.reference,
        version=document.version,
        drafted_at=document.drafted_at,
        issued_at=document.issued_at,
        replaced=document.newer is not None,
    )
