"""Reads of posts: sent, received, still to be pasted, and who has acknowledged."""

from datetime import date, datetime
from typing import cast

from mingtian.groups.rows import STILL_PASTED, NoteRow, PostRow, ReceiptRow, as_post
from mingtian.groups.statements import Values, rows
from mingtian.org.queries import shown_name
from mingtian.org.rules import UnitKind

MOST = 100


def list_sent(unit_id: int, day: date) -> list[PostRow]:
    """Return the latest posts of a unit."""
    more = " WHERE p.unit_id = %(unit)s ORDER BY p.posted_at DESC LIMIT %(most)s"
    return [
        as_post(each) for each in rows("post", {"unit": unit_id, "day": day, "most": MOST}, more)
    ]


def list_received(unit_id: int, day: date) -> list[NoteRow]:
    """Return the latest posts that are for a unit."""
    values: Values = {"unit": unit_id, "day": day, "most": MOST}
    return [_note(each) for each in rows("received", values)]


def list_to_paste(unit_id: int, day: date, now: datetime) -> list[NoteRow]:
    """Return the posts of the last days that nobody has pasted into the unit's groups yet."""
    values: Values = {
        "unit": unit_id, "day": day, "after": now - STILL_PASTED, "most": MOST
    }  # fmt: skip
    return [_note(each) for each in rows("to_paste", values)]


def list_receipts(post: PostRow, day: date) -> list[ReceiptRow]:
    """Return the units that a post is for; those that have not acknowledged come first."""
    values: Values = {"post": post.id, "sender": post.unit_id, "day": day}
    return [
        ReceiptRow(
            public_id=str(public_id),
            kind=UnitKind(str(kind)),
            unit=shown_name(str(name), str(name_en)),
            acknowledged_at=cast("datetime | None", when),
            by=str(by or ""),
        )
        for public_id, kind, name, name_en, when, by in rows("receipts", values)
    ]


def _note(found: tuple[object, ...]) -> NoteRow:
    public_id, title, text, asks, when, name, name_en, acknowledged = found
    return NoteRow(
        public_id=str(public_id),
        title=str(title),
        text=str(text),
        asks=bool(asks),
        posted_at=cast("datetime", when),
        sender=shown_name(str(name), str(name_en)),
        acknowledged_at=cast("datetime | None", acknowledged),
    )
