"""Review, sign, agree, issue and close a document (DOC-3, ORG-1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.actions.drafting import LOCKS, locked, note
from mingtian.documents.models import Document, Partner, Receipt
from mingtian.documents.queries.documents import letterhead_of
from mingtian.documents.queries.receivers import Sent, circle_of, resolve
from mingtian.documents.rules import (
    NOTHING,
    OUT,
    SIGNERS,
    WITHOUT_RECEIVERS,
    Cited,
    Genre,
    State,
    check_parent,
    check_signer,
    missing_sections,
)
from mingtian.documents.sheet import paper_of
from mingtian.documents.wording import from_plain, to_plain
from mingtian.documents.words import SECTIONS
from mingtian.org.queries import UnitRow, list_holders, unit_rows
from mingtian.papers.paper import Block, check, document_number
from mingtian.web.refusals import sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A document that another module has written to the end: a bulletin, say.

    ``source`` names it there ("bulletin:12"): the same source is the same document. ``body`` are
    blocks of a paper. Receivers are given as a draft gives them.
    """

    source: str
    unit_id: int
    title: str
    body: Sequence[Block]
    genre: Genre = Genre.BULLETIN
    addressee: str = ""
    copies_to: str = ""
    campaign_id: int | None = None
    cited: Cited = NOTHING
    to_lists: Sequence[str] = ()
    to_units: Sequence[int] = ()


def review(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Hand a complete draft on to be signed. Refuses one that lacks something; a second time is one.

    Complete means: title and text, the document above cited, the sections that its kind needs,
    and somebody to receive it.
    """
    with transaction.atomic():
        document = _at(document_id, State.DRAFT, State.REVIEWED)
        if document.state == State.REVIEWED:
            return document
        _check_complete(document, now)
        document.state, document.reviewed_at = State.REVIEWED.value, now
        document.reviewed_by_id = by.user_id
        document.save(update_fields=["state", "reviewed_at", "reviewed_by"])
        note("documents.reviewed", document, by, now)
    return document


def send_back(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Give a document back to its drafter; signatures and agreements to these words fall."""
    with transaction.atomic():
        document = _at(document_id, State.REVIEWED, State.SIGNED, State.DRAFT)
        if document.state == State.DRAFT:
            return document
        document.state = State.DRAFT.value
        document.reviewed_by = document.reviewed_at = document.signed_by = None
        document.signed_at, document.one_person = None, False
        document.save(
            update_fields=[
                "state", "reviewed_by", "reviewed_at", "signed_by", "signed_at", "one_person",
            ]
        )  # fmt: skip
        Partner.objects.filter(document=document).update(agreed_by=None, agreed_at=None)
        note("documents.sent_back", document, by, now)
    return document


def sign(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Sign a reviewed document. Who drafted it does not, unless the unit has nobody else."""
    with transaction.atomic():
        document = _at(document_id, State.REVIEWED, State.SIGNED)
        if document.state == State.SIGNED:
            return document
        holders = list_holders([document.unit_id], day_of(now), SIGNERS)
        document.one_person = check_signer(
            drafted_by=document.drafted_by_id,
            signer=by.user_id,
            people={post.user_id for post in holders},
        )
        document.state, document.signed_at = State.SIGNED.value, now
        document.signed_by_id = by.user_id
        document.save(update_fields=["state", "signed_at", "signed_by", "one_person"])
        note("documents.signed", document, by, now, one_person=document.one_person)
    return document


def agree(*, document_id: int, unit_id: int, by: Actor, now: datetime) -> Partner:
    """Agree for a body that issues it together with the drafting one; a second time is one."""
    with transaction.atomic():
        document = _at(document_id, State.REVIEWED, State.SIGNED)
        partner = Partner.objects.get(document=document, unit_id=unit_id)
        if partner.agreed_at is None:
            partner.agreed_at, partner.agreed_by_id = now, by.user_id
            partner.save(update_fields=["agreed_at", "agreed_by"])
            note("documents.agreed", document, by, now, unit=unit_id)
    return partner


def issue(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Give the document its number and send it to its receivers; a second time returns it.

    Refuses one that is not signed, or to which a partner has not agreed.
    """
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document_id)
        if document.is_out:
            return document
        document = _at(document_id, State.SIGNED)
        _check_complete(document, now)
        _check_agreed(document, now)
        _give_out(document, by, now)
    return document


def issue_ready(*, ready: Ready, by: Actor, now: datetime) -> Document:
    """Make and issue a document that another module has written; the same source returns the one.

    The text came from the day's figures, so nobody drafted it: whoever acts has signed it. Refuses
    what :func:`review` refuses.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two who press together: the second waits here and then finds the first one's.
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, ready.source])
        standing = Document.objects.filter(source=ready.source).first()
        if standing is not None:
            return standing
        cited = ready.cited
        document = Document.objects.create(
            unit_id=ready.unit_id, genre=ready.genre.value, title=ready.title,
            addressee=ready.addressee, copies_to=ready.copies_to, body=to_plain(ready.body),
            campaign_id=ready.campaign_id, source=ready.source, parent_id=cited.document_id,
            parent_issuer=cited.issuer, parent_number=cited.number, parent_on=cited.issued_on,
            to_lists=[*ready.to_lists], to_units=[*ready.to_units], state=State.SIGNED.value,
            drafted_at=now, reviewed_by_id=by.user_id, reviewed_at=now, signed_by_id=by.user_id,
            signed_at=now,
        )  # fmt: skip
        _check_complete(document, now)
        _give_out(document, by, now)
    return document


def close(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Ask nothing more of the receivers of an issued document; a second time is one."""
    with transaction.atomic():
        document = _at(document_id, *OUT)
        if document.state == State.CLOSED:
            return document
        document.state, document.closed_at = State.CLOSED.value, now
        document.save(update_fields=["state", "closed_at"])
        note("documents.closed", document, by, now)
    return document


_NEXT_NUMBER = """
    INSERT INTO documents_register (unit_id, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (unit_id, year) DO UPDATE SET last = documents_register.last + 1
    RETURNING last
"""


def _at(document_id: int, *allowed: State) -> Document:
    return locked(document_id, set(allowed))


def _check_complete(document: Document, now: datetime) -> None:
    """Refuse what lacks something: one thing by its own code, several all at once."""
    unit = _unit(document, now)
    checks: list[Callable[[], None]] = [
        lambda: _check_text(document, now),
        lambda: check_parent(document.cited, kind=document.kind, unit=unit.kind),
        lambda: _check_sections(document),
        lambda: _check_receivers(document, now),
    ]
    wanting: list[RuleBroken] = []
    for each in checks:
        try:
            each()
        except RuleBroken as refusal:
            wanting.append(refusal)
    if len(wanting) > 1:
        told = " ".join(sentence(one) for one in wanting)
        raise RuleBroken("document_incomplete", wanting=told)
    if wanting:
        raise wanting[0]


def _check_text(document: Document, now: datetime) -> None:
    if not document.body:
        raise RuleBroken("paper_without_body")
    check(paper_of(document, now))


def _check_sections(document: Document) -> None:
    # Where there is no text at all, that is what is said of it.
    missing = missing_sections(Genre(document.genre), from_plain(document.body))
    if missing and document.body:
        words = ", ".join(str(SECTIONS[section]) for section in missing)
        raise RuleBroken("section_missing", sections=words)


def _check_receivers(document: Document, now: datetime) -> None:
    if not _receivers(document, now) and document.kind not in WITHOUT_RECEIVERS:
        raise RuleBroken("receivers_missing")


def _check_agreed(document: Document, now: datetime) -> None:
    waiting = Partner.objects.filter(document=document, agreed_at=None)
    units = unit_rows([each.unit_id for each in waiting], day_of(now))
    if units:
        raise RuleBroken("not_agreed", bodies=", ".join(unit.title for unit in units.values()))


def _receivers(document: Document, now: datetime) -> list[Sent]:
    partners = Partner.objects.filter(document=document).values_list("unit_id", flat=True)
    circles = [circle_of(key, day_of(now)) for key in (document.unit_id, *partners)]
    return resolve(circles, document.to_lists, document.to_units, document.kind)


def _give_out(document: Document, by: Actor, now: datetime) -> None:
    """Take the number, send to all receivers, and note it where this answers a higher document."""
    unit, day = _unit(document, now), day_of(now)
    head = letterhead_of(unit)
    sent = _receivers(document, now)
    with connection.cursor() as cursor:
        # The row of the register stays locked until the commit: what fails leaves no gap.
        cursor.execute(_NEXT_NUMBER, [document.unit_id, day.year])
        (number,) = cursor.fetchone()
    document.mark, document.symbol = head.mark, head.symbol
    document.year, document.number = day.year, number
    document.reference = document_number(head.symbol, day.year, number)
    document.state, document.issued_at = State.ISSUED.value, now
    document.issued_by_id = by.user_id
    document.save(
        update_fields=[
            "mark", "symbol", "year", "number", "reference", "state", "issued_at", "issued_by",
        ]
    )  # fmt: skip
    Receipt.objects.bulk_create(
        Receipt(
            document=document, unit_id=each.unit_id, through_id=document.unit_id,
            line=each.line.value, sent_at=now,
        )
        for each in sent
    )  # fmt: skip
    if document.replaces_id is not None:
        _take_the_place(document, document.replaces_id, now)
    _answer_parent(document, now)
    note("documents.issued", document, by, now, number=number, receivers=len(sent))


def _take_the_place(document: Document, before_id: int, now: datetime) -> None:
    """Close the version before, and send this one to everybody who had got that one on the way."""
    before = Document.objects.select_for_update().get(pk=before_id)
    if before.state == State.ISSUED:
        before.state, before.closed_at = State.CLOSED.value, now
        before.save(update_fields=["state", "closed_at"])
    issuers = {document.unit_id, *document.partners.values_list("unit_id", flat=True)}
    Receipt.objects.bulk_create(
        (
            Receipt(
                document=document, unit_id=old.unit_id, through_id=old.through_id, line=old.line,
                sent_at=now,
            )
            for old in Receipt.objects.filter(document=before).exclude(unit_id__in=issuers)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _answer_parent(document: Document, now: datetime) -> None:
    """An own document under a received one is the unit's requirements, and passes it on."""
    if document.parent_id is None:
        return
    partners = Partner.objects.filter(document=document).values_list("unit_id", flat=True)
    own = Receipt.objects.select_for_update().filter(
        document_id=document.parent_id, unit_id__in=[document.unit_id, *partners]
    )
    for receipt in own.order_by("pk"):
        receipt.received_at = receipt.received_at or now
        receipt.relayed_at = receipt.relayed_at or now
        if receipt.requirements_at is None:
            receipt.requirements_at, receipt.requirements = now, document
        receipt.save(update_fields=["received_at", "relayed_at", "requirements_at", "requirements"])


def _unit(document: Document, now: datetime) -> UnitRow:
    return unit_rows([document.unit_id], day_of(now))[document.unit_id]
