"""Write a document and change it as long as it is a draft."""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.core.seal import Place
from mingtian.core.sealing import sealer
from mingtian.documents import guard
from mingtian.documents.files import PICTURES, kind_of
from mingtian.documents.models import Attachment, Document, Partner
from mingtian.documents.pictures import redraw
from mingtian.documents.queries.receivers import circle_of, partners_offered
from mingtian.documents.rules import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ATTACHMENTS,
    NOTHING,
    OUT,
    VERSIONED,
    Cited,
    Genre,
    State,
    address_of,
    check_state,
)
from mingtian.documents.wording import parse, to_plain
from mingtian.papers.paper import Urgency

LOCKS = 0x646F6373
"""The class of this module's advisory locks; "docs"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a document says, as it was typed. ``text`` is read by wording.parse.

    ``to_lists`` are keys of rules.Address, ``partners`` and ``to_units`` keys of units.
    """

    genre: Genre
    title: str
    text: str = ""
    addressee: str = ""
    copies_to: str = ""
    urgency: Urgency = Urgency.ORDINARY
    indicators: Sequence[str] = ()
    campaign_id: int | None = None
    cited: Cited = NOTHING
    partners: Sequence[int] = ()
    to_lists: Sequence[str] = ()
    to_units: Sequence[int] = ()
    relay_by: date | None = None


def create_draft(
    *, unit_id: int, draft: Draft, by: Actor, now: datetime, key: str = ""
) -> Document:
    """Begin a document at a unit. Refuses what :func:`save_draft` refuses.

    ``key`` is the public id that the page drew for it: sent twice, it is the same draft.
    """
    with transaction.atomic():
        if key and (there := _sent_before(key, unit_id, by)) is not None:
            return there
        own_id = key if key and not Document.objects.filter(public_id=key).exists() else public_id()
        made = Document(public_id=own_id, unit_id=unit_id, drafted_by_id=by.user_id, drafted_at=now)
        _write(made, draft)
        made.save(force_insert=True)
        _set_partners(made, draft, now)
        note("documents.drafted", made, by, now)
    return made


def save_draft(
    *, document_id: int, draft: Draft, by: Actor, now: datetime, edits: int | None = None
) -> Document:
    """Write the draft anew. Refuses one that has left the drafter's desk, and forbidden scores.

    ``edits`` is the count that the writer saw: another one means that somebody wrote meanwhile.
    """
    with transaction.atomic():
        document = locked(document_id, {State.DRAFT})
        if edits is not None and edits != document.edits:
            raise RuleBroken("draft_changed")
        _write(document, draft)
        document.edits += 1
        document.save(update_fields=[*_WRITTEN, "edits"])
        _set_partners(document, draft, now)
        note("documents.changed", document, by, now)
    return document


_WRITTEN = [
    "genre", "title", "addressee", "copies_to", "urgency", "body", "indicators", "campaign",
    "parent", "parent_issuer", "parent_number", "parent_on", "to_lists", "to_units", "relay_by",
]  # fmt: skip


def drop_draft(*, document_id: int, by: Actor, now: datetime) -> None:
    """Throw a draft away. It never had a number, so the register keeps no gap."""
    with transaction.atomic():
        document = locked(document_id, {State.DRAFT})
        note("documents.dropped", document, by, now)
        document.delete()


def new_version(*, document_id: int, by: Actor, now: datetime) -> Document:
    """Begin the next version of measures or a plan, or return the one that was begun."""
    with transaction.atomic():
        before = locked(document_id, OUT)
        if before.genre not in VERSIONED:
            raise RuleBroken("genre_without_versions")
        begun = Document.objects.filter(replaces=before).first()
        if begun is not None:
            return begun
        made = Document(unit_id=before.unit_id, drafted_by_id=by.user_id, drafted_at=now)
        for name in _WRITTEN:
            setattr(made, name, getattr(before, name))
        made.replaces, made.version = before, before.version + 1
        made.save(force_insert=True)
        old = Partner.objects.filter(document=before)
        Partner.objects.bulk_create(Partner(document=made, unit_id=p.unit_id) for p in old)
        note("documents.drafted", made, by, now, version=made.version)
    return made


def attach(*, document_id: int, name: str, content: bytes, by: Actor, now: datetime) -> Attachment:
    """Add a file to a draft, sealed; the same file again is the one that is there.

    A picture is drawn anew: where and with what it was taken is nobody's business.
    """
    kind = kind_of(content)
    if kind in PICTURES:
        content = redraw(content)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        document = locked(document_id, {State.DRAFT})
        standing = Attachment.objects.filter(document=document)
        if there := standing.filter(digest=digest).first():
            return there
        if standing.count() >= MOST_ATTACHMENTS:
            raise RuleBroken("too_many_attachments", most=MOST_ATTACHMENTS)
        own_id = public_id()
        packed = base64.b64encode(zlib.compress(content, 1)).decode()
        made = Attachment.objects.create(
            public_id=own_id,
            document=document,
            name=_file_name(name, kind.value),
            kind=kind.value,
            size=len(content),
            digest=digest,
            content_sealed=sealer().seal(packed, _place(own_id)),
        )
        note("documents.attached", document, by, now, attachment=own_id, size=len(content))
    return made


def detach(*, document_id: int, attachment: str, by: Actor, now: datetime) -> None:
    """Take a file off a draft; one that is gone already is gone."""
    with transaction.atomic():
        document = locked(document_id, {State.DRAFT})
        Attachment.objects.filter(document=document, public_id=attachment).delete()
        note("documents.detached", document, by, now, attachment=attachment)


def open_attachment(attachment: Attachment) -> bytes:
    """Return the file as it is kept."""
    packed = sealer().open(bytes(attachment.content_sealed), _place(attachment.public_id))
    return zlib.decompress(base64.b64decode(packed))


def note_refused(*, document: Document, code: str, by: Actor, now: datetime) -> None:
    """Write into the trail that somebody was refused a step, and with which code."""
    note("documents.refused", document, by, now, code=code)


def locked(document_id: int, allowed: "frozenset[State] | set[State]") -> Document:
    """Return the document with its row locked. Refuses one that is at another step."""
    document = Document.objects.select_for_update().get(pk=document_id)
    check_state(State(document.state), allowed)
    return document


def note(
    action: str, document: Document, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    """Write the trail: ids and codes only, no word of the document."""
    audit.record(
        actor=by.username, action=action, subject=f"document:{document.public_id}", now=now,
        **detail,
    )  # fmt: skip


def check_note(text: str) -> str:
    """Return a short text of people without its margins. Refuses a long one."""
    text = text.replace("\0", "").strip()
    if len(text) > LONGEST_NOTE:
        raise RuleBroken("note_too_long", most=LONGEST_NOTE)
    return text


def _sent_before(key: str, unit_id: int, by: Actor) -> Document | None:
    """Return the draft that the same page has begun already; two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, key])
    return Document.objects.filter(public_id=key, unit_id=unit_id, drafted_by_id=by.user_id).first()


def _write(document: Document, draft: Draft) -> None:
    if len(draft.text) > LONGEST_TEXT:
        raise RuleBroken("text_too_long", most=LONGEST_TEXT)
    title = " ".join(draft.title.replace("\0", "").split())
    if not title:
        raise RuleBroken("paper_without_title")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken("text_too_long", most=LONGEST_TITLE)
    body = parse(draft.text)
    indicators = [each for each in map(check_note, draft.indicators) if each]
    guard.check_indicators(indicators)
    if draft.genre in VERSIONED:
        guard.check_scoring(body)
    for key in draft.to_lists:
        address_of(key)
    document.genre, document.title, document.body = draft.genre.value, title, to_plain(body)
    document.addressee, document.copies_to = (
        check_note(draft.addressee),
        check_note(draft.copies_to),
    )
    document.urgency, document.indicators = draft.urgency.value, indicators
    document.campaign_id, document.relay_by = draft.campaign_id, draft.relay_by
    document.to_lists, document.to_units = [*draft.to_lists], [*draft.to_units]
    _cite(document, draft.cited)


def _cite(document: Document, cited: Cited) -> None:
    """Keep what is cited. One kept here must have been issued; it stands before outside words."""
    if cited.document_id is not None:
        parent = Document.objects.get(pk=cited.document_id)
        if not parent.is_out:
            raise RuleBroken("parent_not_issued")
        cited = Cited(document_id=parent.pk)
    document.parent_id = cited.document_id
    document.parent_issuer, document.parent_number = cited.issuer.strip(), cited.number.strip()
    document.parent_on = cited.issued_on


def _set_partners(document: Document, draft: Draft, now: datetime) -> None:
    """Keep with whom it is issued. Who agreed to other words has not agreed to these."""
    wanted = set(draft.partners)
    if wanted:
        offered = partners_offered(circle_of(document.unit_id, day_of(now)))
        if wanted - {unit.id for unit in offered}:
            raise RuleBroken("wrong_partner")
    Partner.objects.filter(document=document).delete()
    Partner.objects.bulk_create(
        Partner(document=document, unit_id=unit_id) for unit_id in dict.fromkeys(draft.partners)
    )


def _file_name(name: str, ending: str) -> str:
    """Return a name without folders and unseen signs that ends as the file's kind says."""
    base = "".join(sign for sign in name.replace("\\", "/").split("/")[-1] if sign.isprintable())
    stem = base.rpartition(".")[0] or base or "attachment"
    return f"{stem[:110].strip()}.{ending}"


def _place(own_id: str) -> Place:
    return Place("documents_attachment", "content", own_id)
