"""What a receiver does with a document: opens it, passes it on, meets, requires (DOC-4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.actions.drafting import check_note, note
from mingtian.documents.models import Document, Receipt
from mingtian.documents.queries.receivers import circle_of, resolve
from mingtian.documents.rules import State, check_meeting


@dataclass(frozen=True, kw_only=True, slots=True)
class Onward:
    """To whom a unit passes a document on: units below it, and others in words."""

    to_lists: Sequence[str] = ()
    to_units: Sequence[int] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A meeting as the module of meetings recorded it; ``meeting`` is its public id there."""

    meeting: str
    at: datetime
    words: str


def receive(*, receipt_id: int, by: Actor, now: datetime) -> Receipt:
    """Note that a receiver has opened the document. The first opening counts."""
    with transaction.atomic():
        receipt = (
            Receipt.objects.select_for_update(of=("self",))
            .select_related("document")
            .get(pk=receipt_id)
        )
        if receipt.received_at is None:
            receipt.received_at, receipt.received_by_id = now, by.user_id
            receipt.save(update_fields=["received_at", "received_by"])
            note("documents.received", receipt.document, by, now, unit=receipt.unit_id)
    return receipt


def relay(*, receipt_id: int, onward: Onward, by: Actor, now: datetime) -> Receipt:
    """Pass a document on. Units that have it already do not get it twice.

    A second time adds receivers; the time of the first stays. Refuses nobody at all, and a unit
    that is not below.
    """
    words = check_note(onward.words)
    if not (onward.to_lists or onward.to_units or words):
        raise RuleBroken("relay_without_anybody")
    with transaction.atomic():
        receipt = _open(receipt_id, now, by)
        document = receipt.document
        circle = circle_of(receipt.unit_id, day_of(now))
        sent = resolve([circle], onward.to_lists, onward.to_units, document.kind)
        if not sent and not words:
            raise RuleBroken("receivers_missing")
        # The issuers wrote it: it does not come back to them as received.
        issuers = {document.unit_id, *document.partners.values_list("unit_id", flat=True)}
        Receipt.objects.bulk_create(
            (
                Receipt(
                    document=document, unit_id=each.unit_id, through_id=receipt.unit_id,
                    line=each.line.value, sent_at=now,
                )
                for each in sent
                if each.unit_id not in issuers
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        receipt.relayed_at = receipt.relayed_at or now
        receipt.relayed_to = words or receipt.relayed_to
        receipt.save(update_fields=["relayed_at", "relayed_to"])
        note("documents.relayed", document, by, now, unit=receipt.unit_id, receivers=len(sent))
    return receipt


def note_meeting(
    *, receipt_id: int, held_at: datetime, words: str, by: Actor, now: datetime
) -> Receipt:
    """Note that the unit has met about the document. The first meeting counts."""
    words = check_note(words)
    with transaction.atomic():
        receipt = _open(receipt_id, now, by)
        issued_at = receipt.document.issued_at
        assert issued_at is not None, "a receipt is of an issued document"
        check_meeting(held_at=held_at, issued_at=issued_at, now=now)
        if receipt.meeting_at is None or held_at < receipt.meeting_at:
            receipt.meeting_at, receipt.meeting_note, receipt.met_in = held_at, words, ""
            receipt.save(update_fields=["meeting_at", "meeting_note", "met_in"])
            note("documents.met", receipt.document, by, now, unit=receipt.unit_id)
    return receipt


def note_requirements(*, receipt_id: int, words: str, by: Actor, now: datetime) -> Receipt:
    """Note that the unit has told its own requirements otherwise than by a numbered document."""
    words = check_note(words)
    if not words:
        raise RuleBroken("requirements_without_words")
    with transaction.atomic():
        receipt = _open(receipt_id, now, by)
        if receipt.requirements_at is None:
            receipt.requirements_at, receipt.requirements_note = now, words
            receipt.save(update_fields=["requirements_at", "requirements_note"])
            note("documents.required", receipt.document, by, now, unit=receipt.unit_id)
    return receipt


def take_meeting(
    *, document_id: int, unit_id: int, find: Callable[[], Held | None], by: Actor, now: datetime
) -> None:
    """Keep the recorded meeting that ``find`` returns as the unit's own, or let go of one that fell.

    What was typed here stands where it says an earlier time. A closed document, and one that the
    unit did not receive, stay as they are. ``find`` is called with the receipt locked.
    """
    with transaction.atomic():
        found = Receipt.objects.select_for_update(of=("self",)).select_related("document")
        receipt = found.filter(document_id=document_id, unit_id=unit_id).first()
        if receipt is None or receipt.document.state == State.CLOSED:
            return
        held = find()
        if held is None:
            _let_go(receipt, by, now)
        else:
            _take(receipt, held, by, now)


def _take(receipt: Receipt, held: Held, by: Actor, now: datetime) -> None:
    issued_at = receipt.document.issued_at
    assert issued_at is not None, "a receipt is of an issued document"
    check_meeting(held_at=held.at, issued_at=issued_at, now=now)
    typed = receipt.meeting_at if not receipt.met_in else None
    before = (receipt.meeting_at, receipt.meeting_note, receipt.met_in)
    if (typed is not None and typed < held.at) or before == (held.at, held.words, held.meeting):
        return
    if receipt.received_at is None:
        receipt.received_at, receipt.received_by_id = now, by.user_id
    receipt.meeting_at, receipt.meeting_note, receipt.met_in = held.at, held.words, held.meeting
    receipt.save(
        update_fields=["received_at", "received_by", "meeting_at", "meeting_note", "met_in"]
    )
    note("documents.met", receipt.document, by, now, unit=receipt.unit_id, meeting=held.meeting)


def _let_go(receipt: Receipt, by: Actor, now: datetime) -> None:
    if not receipt.met_in:
        return
    meeting = receipt.met_in
    receipt.meeting_at, receipt.meeting_note, receipt.met_in = None, "", ""
    receipt.save(update_fields=["meeting_at", "meeting_note", "met_in"])
    note("documents.unmet", receipt.document, by, now, unit=receipt.unit_id, meeting=meeting)


def _open(receipt_id: int, now: datetime, by: Actor) -> Receipt:
    """Return the receipt, locked; whoever does something with a document has received it."""
    receipt = receive(receipt_id=receipt_id, by=by, now=now)
    document: Document = receipt.document
    if document.state == State.CLOSED:
        raise RuleBroken("document_elsewhere")
    return receipt
