"""A document as it is laid out: head, number, citation, body, indicators, signatures."""

from collections.abc import Sequence
from datetime import datetime

from mingtian.core.clock import day_of
from mingtian.documents.models import Attachment, Document, Partner
from mingtian.documents.queries.documents import letterheads_of
from mingtian.documents.rules import Genre, form_of
from mingtian.documents.wording import from_plain, write
from mingtian.org.queries import unit_rows
from mingtian.papers.paper import (
    Block,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Shape,
    Urgency,
    day_in_words,
)

INDICATOR = "指标"
_SPLIT = "，,、;；"


def paper_of(document: Document, now: datetime) -> Paper:
    """Return the paper. One that is not issued has no number, and bears today's date."""
    day = day_of(document.issued_at or now)
    partners = list(Partner.objects.filter(document=document).order_by("pk"))
    units = unit_rows([document.unit_id, *(each.unit_id for each in partners)], day)
    heads = letterheads_of(list(units.values()))
    marks = [
        heads[key].mark
        for key in (document.unit_id, *(p.unit_id for p in partners))
        if key in heads
    ]
    attachments = Attachment.objects.filter(document=document).order_by("pk")
    return Paper(
        mark=document.mark or marks[0],
        number=document.reference,
        title=document.title,
        addressee=document.addressee.strip().rstrip("：:"),
        body=_body(document),
        issuers=marks,
        issued_on=day,
        urgency=Urgency(document.urgency),
        attachments=[_stem(name) for name in attachments.values_list("name", flat=True)],
        copies_to=_words(document.copies_to),
        printed_by=marks[0],
        form=form_of(document.genre),
        shape=Shape.LETTER if document.genre == Genre.LETTER else Shape.DOCUMENT,
    )


def citation_of(document: Document) -> str:
    """Return what the document cites, as papers write it; empty when it cites nothing."""
    parent = document.parent
    if parent is not None:
        return f"《{parent.title}》（{parent.reference}）"
    if document.parent_number:
        day = f"，{day_in_words(document.parent_on)}" if document.parent_on else ""
        return f"{document.parent_issuer}（{document.parent_number}{day}）"
    return ""


def _body(document: Document) -> list[Block]:
    """Return the body; the parent is cited in it even when the drafter did not write it there."""
    body = from_plain(document.body)
    cited = document.parent.reference if document.parent else document.parent_number
    if cited and cited not in write(body):
        body.insert(0, Paragraph(text=f"依据：{citation_of(document)}。"))
    if document.genre == Genre.EVALUATION and document.indicators:
        body.append(Heading(level=1, text="考评指标"))
        rows = [[str(place), text] for place, text in enumerate(document.indicators, start=1)]
        body.append(Grid(rows=[["序号", INDICATOR], *rows]))
    return body


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _words(text: str) -> Sequence[str]:
    for mark in _SPLIT[1:]:
        text = text.replace(mark, _SPLIT[0])
    return [word.strip() for word in text.split(_SPLIT[0]) if word.strip()]
