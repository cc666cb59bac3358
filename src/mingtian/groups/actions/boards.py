"""Write on a board, change it, take it back; the owner reads it before anybody else (PUB-3)."""

from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.groups.doer import Sender
from mingtian.groups.models import Entry
from mingtian.groups.rows import EntryRow, GroupRow
from mingtian.groups.rules import Board, EntryState, check_entry


def write(*, group: GroupRow, board: Board, text: str, by: Sender, now: datetime) -> str:
    """Put something on a board and return its public id.

    It waits for the owner of the group, unless the owner wrote it.
    """
    if group.closed_on is not None:
        raise RuleBroken("group_closed")
    kept = check_entry(text)
    with transaction.atomic():
        entry = Entry(
            group_id=group.id, unit_id=by.unit_id, board=board.value, text=kept, written_at=now,
            written_by_id=by.user_id,
        )  # fmt: skip
        _wait_or_show(entry, group.unit_id == by.unit_id, by.user_id, now)
        entry.save(force_insert=True)
        _note("groups.written", entry.public_id, by.username, now, state=entry.state)
    return entry.public_id


def edit(*, entry: EntryRow, owner_id: int, text: str, by: Sender, now: datetime) -> None:
    """Change what the own unit wrote; it waits for the owner again, and leaves the tips."""
    kept = check_entry(text)
    with transaction.atomic():
        row = _locked(entry)
        if row.state == EntryState.WITHDRAWN.value:
            raise RuleBroken("entry_gone")
        if row.text == kept:
            return
        row.text, row.version, row.tip_at = kept, row.version + 1, None
        _wait_or_show(row, owner_id == by.unit_id, by.user_id, now)
        row.save(
            update_fields=["text", "version", "tip_at", "state", "decided_at", "decided_by"]
        )  # fmt: skip
        _note("groups.rewritten", entry.public_id, by.username, now, version=row.version)


def withdraw(*, entry: EntryRow, by: Actor, now: datetime) -> bool:
    """Take back what the own unit wrote; False the second time."""
    with transaction.atomic():
        row = _locked(entry)
        if row.state == EntryState.WITHDRAWN.value:
            return False
        row.state, row.tip_at = EntryState.WITHDRAWN.value, None
        row.save(update_fields=["state", "tip_at"])
        _note("groups.withdrawn", entry.public_id, by.username, now)
    return True


def decide(*, entry: EntryRow, version: int, show: bool, by: Actor, now: datetime) -> None:
    """Show what was read, or decline it.

    Raises RuleBroken when the text has changed since it was read, when it was taken back, and when
    somebody else has decided otherwise.
    """
    wanted = EntryState.SHOWN if show else EntryState.DECLINED
    with transaction.atomic():
        row = _locked(entry)
        if row.state == EntryState.WITHDRAWN.value:
            raise RuleBroken("entry_gone")
        if row.version != version:
            raise RuleBroken("entry_changed")
        if row.state == wanted.value:
            return
        if row.state != EntryState.WAITING.value:
            raise RuleBroken("entry_decided")
        row.state, row.decided_at, row.decided_by_id = wanted.value, now, by.user_id
        row.save(update_fields=["state", "decided_at", "decided_by"])
        _note("groups.decided", entry.public_id, by.username, now, state=row.state)


def set_tip(*, entry: EntryRow, on: bool, by: Actor, now: datetime) -> None:
    """Put something shown on the board about entering on the sheet of tips, or off it (COD-2)."""
    with transaction.atomic():
        row = _locked(entry)
        if row.state != EntryState.SHOWN.value or row.board != Board.ENTER.value:
            raise RuleBroken("entry_not_shown")
        if (row.tip_at is not None) == on:
            return
        row.tip_at = now if on else None
        row.save(update_fields=["tip_at"])
        _note("groups.tip", entry.public_id, by.username, now, on=on)


def _wait_or_show(row: Entry, own: bool, user_id: int | None, now: datetime) -> None:
    """Let a text wait for the owner; the owner's own needs no second reading."""
    row.state = (EntryState.SHOWN if own else EntryState.WAITING).value
    row.decided_at = now if own else None
    row.decided_by_id = user_id if own else None


def _locked(entry: EntryRow) -> Entry:
    return Entry.objects.select_for_update(no_key=True).get(pk=entry.id)


def _note(
    action: str, entry: str, username: str, now: datetime, **detail: str | int | bool
) -> None:
    audit.record(actor=username, action=action, subject=f"entry:{entry}", now=now, **detail)
