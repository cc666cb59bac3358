"""Approved lines are put into a batch, and the batch is paid; both by the cashier's hand."""

from django.db import connection
from django.db.models import Sum

from mingtian.aid.access import books
from mingtian.aid.models import Batch, Export, Fund, Grant
from mingtian.aid.queries.files import away_in
from mingtian.aid.rules import FILE_KEPT, MOST_LINES, State
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.ledger.actions import post
from mingtian.ledger.rules import EntrySpec, move
from mingtian.vault.access import Door


def prepare_batch(door: Door, fund: Fund) -> Batch:
    """Put the approved lines of a fund into a batch, the oldest first, 10,000 at most.

    Lines that another batch takes at this moment are passed over. Raises RuleBroken when there are
    none, and when the person entered or approved one of them.
    """
    waiting = Grant.objects.filter(fund=fund, state=State.APPROVED).order_by("pk")
    taken = list(
        waiting.select_for_update(skip_locked=True).values_list(
            "pk", "entered_by_id", "approved_by_id"
        )[:MOST_LINES]
    )
    if not taken:
        raise RuleBroken("aid_nothing_to_pay")
    if any(door.user_id in hands for _, *hands in taken):
        raise RuleBroken("aid_own_entry")
    batch = Batch.objects.create(
        unit_id=fund.unit_id, fund=fund, made_by_id=door.user_id, made_at=door.now
    )
    Grant.objects.filter(pk__in=[pk for pk, *_ in taken]).update(state=State.BATCHED, batch=batch)
    audit.record(
        actor=door.username, action="aid.batch_made", subject=f"batch:{batch.public_id}",
        now=door.now, fund=fund.public_id, lines=len(taken),
    )  # fmt: skip
    return batch


def hold_back(door: Door, batch: Batch) -> int:
    """Put lines on hold whose child has moved out of the cashier's reach; returns how many.

    They leave the batch with their money still set aside, and the rest can be paid. A batch of which
    nothing is left is taken apart.
    """
    row = _unpaid(batch)
    if row.dissolved_at is not None:
        return 0
    lines = Grant.objects.filter(batch=row, state=State.BATCHED)
    held = lines.filter(pk__in=away_in(row)).update(state=State.HELD, batch=None, held_at=door.now)
    if held:
        audit.record(
            actor=door.username, action="aid.held", subject=f"batch:{row.public_id}", now=door.now,
            lines=held,
        )  # fmt: skip
    if not lines.exists():
        _dissolve(door, row)
    return held


def dissolve(door: Door, batch: Batch) -> None:
    """Take a batch apart that is not paid; its lines wait again. A second time changes nothing."""
    row = _unpaid(batch)
    if row.dissolved_at is None:
        lines = Grant.objects.filter(batch=row, state=State.BATCHED)
        lines.update(state=State.APPROVED, batch=None)
        _dissolve(door, row)


def pay(door: Door, batch: Batch) -> bool:
    """Note that a batch has been paid; says False when it was so already.

    Raises RuleBroken when the person entered or approved one of the lines, for a batch that was taken
    apart, and when a child has moved away before the bank could have its line.
    """
    row = Batch.objects.select_for_update(of=("self",)).select_related("fund").get(pk=batch.pk)
    if row.paid_at is not None:
        return False
    if row.dissolved_at is not None:
        raise RuleBroken("aid_batch_dissolved")
    lines = Grant.objects.filter(batch=row, state=State.BATCHED)
    if (
        lines.filter(entered_by_id=door.user_id) | lines.filter(approved_by_id=door.user_id)
    ).exists():
        raise RuleBroken("aid_own_entry")
    if row.fetched_at is None and away_in(row):
        raise RuleBroken("aid_child_moved")
    total = lines.aggregate(total=Sum("amount"))["total"]
    assert total, "a batch is made of lines, and lines leave it only together"
    paid = lines.update(state=State.PAID, paid_by_id=door.user_id, paid_at=door.now)
    row.lines = _print_of(row)
    row.paid_by_id, row.paid_at = door.user_id, door.now
    row.save(update_fields=["lines", "paid_by", "paid_at"])
    audit.record(
        actor=door.username, action="aid.batch_paid", subject=f"batch:{row.public_id}",
        now=door.now, lines=paid, fen=total,
    )  # fmt: skip
    entry = EntrySpec(
        kind="aid_payment", source=f"aid.batch:{row.public_id}.{row.lines}",
        lines=move(total, out_of=row.fund.reserved, into=row.fund.paid),
    )  # fmt: skip
    with books(door):
        post(entry, now=door.now, actor=door.actor)
    return True


def open_export(door: Door, batch: Batch) -> Export:
    """Let the cashier fetch the file for the bank for a day. Nothing of it is kept.

    The view asks for the password first. Raises RuleBroken for a batch that is paid or taken apart,
    and for one of whose children one has moved out of reach.
    """
    _check_payable(batch)
    export = Export.objects.create(
        batch=batch, made_by_id=door.user_id, made_at=door.now, expires_at=door.now + FILE_KEPT
    )
    audit.record(
        actor=door.username, action="aid.file_opened", subject=f"batch:{batch.public_id}",
        now=door.now, export=export.public_id,
    )  # fmt: skip
    return export


def give_file(door: Door, batch: Batch) -> None:
    """Note that the file for the bank is given out: whatever stands in the batch may be paid now.

    Raises RuleBroken as :func:`open_export`.
    """
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    _check_payable(row)
    if row.fetched_at is None:
        row.fetched_at = door.now
        row.save(update_fields=["fetched_at"])


def _check_payable(batch: Batch) -> None:
    if batch.paid_at is not None or batch.dissolved_at is not None:
        raise RuleBroken("aid_file_not_needed")
    if away_in(batch):
        raise RuleBroken("aid_child_moved")


def _unpaid(batch: Batch) -> Batch:
    """Lock a batch; raises RuleBroken for one that is paid."""
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.paid_at is not None:
        raise RuleBroken("aid_paid_already")
    return row


def _dissolve(door: Door, row: Batch) -> None:
    row.dissolved_at = door.now
    row.save(update_fields=["dissolved_at"])
    audit.record(
        actor=door.username, action="aid.batch_dissolved", subject=f"batch:{row.public_id}",
        now=door.now,
    )  # fmt: skip


def _print_of(batch: Batch) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT aid_lines(NULL, %s)", [batch.pk])
        (found,) = cursor.fetchone() or ("",)
    return str(found)
