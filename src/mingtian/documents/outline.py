"""Reads what the page of a document shows, as its reader stands before it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.documents.access import Place, readable, units_of
from mingtian.documents.models import Attachment, Document, Receipt
from mingtian.documents.queries.cascade import (
    CascadeRow,
    ReceiverRow,
    StepRow,
    cascade_below,
    list_beside,
    steps_of,
)
from mingtian.documents.queries.documents import DocumentRow, letterheads_of, list_lower
from mingtian.documents.rules import VERSIONED, Genre, Stage, State, form_of
from mingtian.documents.sheet import citation_of
from mingtian.documents.wording import from_plain
from mingtian.documents.words import GAPS, GENRES, STAGES, STATE_CHIPS, STATES
from mingtian.org.queries import UnitRow, shown_name, unit_rows
from mingtian.papers.paper import Block, numbered
from mingtian.web.tables import Cell, Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """What one of the reader's units did with the document."""

    receipt: Receipt
    unit: UnitRow
    steps: Sequence[StepRow]

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps)


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """A body that issues the document."""

    unit: UnitRow
    mark: str
    agreed_at: datetime | None
    leads: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """The version before or after; ``public_id`` is empty where the reader may not open it."""

    number: int
    reference: str
    public_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything on the page of a document."""

    genre: str
    state: str
    chip: str
    mark: str
    citation: str
    parent: str
    newer: Version | None
    older: Version | None
    campaign: str
    unit: UnitRow
    body: Sequence[tuple[Block, str]]
    signatories: Sequence[Signatory]
    attachments: Sequence[Attachment]
    own: Sequence[Own]
    lower: Sequence[DocumentRow]
    cascade: CascadeRow | None
    gaps: Sequence[tuple[ReceiverRow, str]]
    beside: Sequence[tuple[UnitRow, datetime | None]]
    stages: Sequence[tuple[Stage, str]]
    versioned: bool
    agreed: bool
    waits_for_me: bool


def page_of(place: Place, now: datetime) -> Page:
    """Return the page. At most nine statements, however many receivers there are."""
    document, day = place.document, day_of(place.document.issued_at or now)
    keys = {document.unit_id, *(each.unit_id for each in place.partners)}
    units = unit_rows(keys | {each.unit_id for each in place.receipts}, day)
    signatories = _signatories(place, keys, units)
    out = document.issued_at is not None
    partner, newer = place.partner, document.newer
    may_open = _open_to([document.parent, newer, document.replaces], units_of(place.posts))
    cascade = cascade_below(document, place.standing) if out else None
    return Page(
        genre=str(GENRES[Genre(document.genre)]),
        state=str(STATES[State(document.state)]),
        chip=STATE_CHIPS[State(document.state)],
        mark=signatories[0].mark + form_of(document.genre),
        citation=citation_of(document),
        campaign=shown_name(document.campaign.name, document.campaign.name_en)
        if document.campaign
        else "",
        parent=document.parent.public_id
        if document.parent and document.parent.pk in may_open
        else "",
        newer=_version(newer, may_open),
        older=_version(document.replaces, may_open),
        unit=signatories[0].unit,
        body=numbered(from_plain(document.body)),
        signatories=signatories,
        attachments=list(
            Attachment.objects.filter(document=document).defer("content_sealed").order_by("pk")
        ),
        own=[
            Own(receipt=each, unit=units[each.unit_id], steps=steps_of(each, document.issued_at))
            for each in place.handled
            if document.issued_at is not None
        ],
        lower=list_lower(document, units_of(place.posts)) if out else [],
        cascade=cascade,
        gaps=[(row, str(GAPS[row.gap])) for row in cascade.gaps if row.gap] if cascade else [],
        beside=list_beside(document, place.standing) if out and place.at_lead else [],
        stages=[(stage, str(word)) for stage, word in STAGES.items()],
        versioned=document.genre in VERSIONED,
        agreed=all(each.agreed_at for each in place.partners),
        waits_for_me=partner is not None
        and partner.agreed_at is None
        and document.state in {State.REVIEWED, State.SIGNED},
    )


def _signatories(
    place: Place, keys: Collection[int], units: Mapping[int, UnitRow]
) -> list[Signatory]:
    """Return the bodies that issue it, the leading one first. One statement."""
    document = place.document
    heads = letterheads_of([units[key] for key in keys if key in units])
    lead = Signatory(
        unit=units[document.unit_id],
        mark=document.mark or heads[document.unit_id].mark,
        agreed_at=document.signed_at,
        leads=True,
    )
    partners = [
        Signatory(unit=units[each.unit_id], mark=heads[each.unit_id].mark, agreed_at=each.agreed_at)
        for each in place.partners
        if each.unit_id in units
    ]
    return [lead, *partners]


def _open_to(documents: Collection[Document | None], unit_ids: Sequence[int]) -> set[int]:
    """Return which of these the units may open."""
    keys = [each.pk for each in documents if each is not None]
    return (
        set(readable(unit_ids).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    )


def _version(document: Document | None, may_open: Collection[int]) -> Version | None:
    if document is None:
        return None
    return Version(
        number=document.version,
        reference=document.reference,
        public_id=document.public_id if document.pk in may_open else "",
    )


def table_of(cascade: CascadeRow, title: str) -> list[Row]:
    """Return the way down for a spreadsheet: each unit right below, and numbers beneath it."""
    steps = [str(word) for word in STAGES.values()]
    hours = [_("%(step)s, hours") % {"step": step} for step in steps]
    head: Row = [
        _("Unit"), *(cell for pair in zip(steps, hours, strict=True) for cell in pair),
        _("Receivers below"), _("Behind among them"),
    ]  # fmt: skip
    body: list[Row] = []
    for row in cascade.rows:
        cells: list[Cell] = []
        for stage in Stage:
            step = row.step(stage)
            cells += [step.done_at, step.hours] if step else [None, None]
        body.append([row.unit.title, *cells, row.below or None, row.behind if row.below else None])
    return [[title], [], head, *body]
