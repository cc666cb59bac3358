"""The receiver confirms, or the money comes back; a grant on hold is decided."""

from collections.abc import Collection
from datetime import date

from mingtian.aid.access import books
from mingtian.aid.models import Grant
from mingtian.aid.queries.children import sight_of
from mingtian.aid.rules import PAID_OUT, Receiver, ReturnReason, State
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.ledger.actions import post
from mingtian.ledger.rules import EntrySpec, move
from mingtian.vault.access import Door


def receive(door: Door, grants: Collection[int], *, on: date, who: Receiver) -> int:
    """Note for paid lines that the money has come; returns how many are noted now.

    Lines noted before stay as they are. Raises RuleBroken for a day to come or before the payment.
    """
    if on > day_of(door.now):
        raise RuleBroken("aid_received_in_future")
    waiting = Grant.objects.filter(pk__in=grants, state=State.PAID)
    found = list(waiting.select_for_update().order_by("pk").values_list("paid_at", flat=True))
    if any(paid_at is not None and on < day_of(paid_at) for paid_at in found):
        raise RuleBroken("aid_received_too_early")
    noted = waiting.update(
        state=State.RECEIVED, received_on=on, received_from=who.value,
        received_noted_by_id=door.user_id,
    )  # fmt: skip
    if noted:
        audit.record(
            actor=door.username, action="aid.received", subject="grant:many", now=door.now,
            lines=noted, on=on.isoformat(), who=who.value,
        )  # fmt: skip
    return noted


def give_back(door: Door, grant: Grant, reason: ReturnReason) -> None:
    """Let the money of a line return to its fund, once: it came back, or the line is on hold.

    Raises RuleBroken for a line that is back already, or was never paid and is not on hold.
    """
    row = _locked(grant)
    if row.state == State.RETURNED:
        raise RuleBroken("aid_reversed_already")
    if row.state not in PAID_OUT | {State.HELD}:
        raise RuleBroken("aid_not_paid")
    was_in = row.fund.reserved if row.state == State.HELD else row.fund.paid
    row.state = State.RETURNED
    row.returned_at, row.returned_by_id, row.return_reason = door.now, door.user_id, reason.value
    row.save(update_fields=["state", "returned_at", "returned_by", "return_reason"])
    audit.record(
        actor=door.username, action="aid.returned", subject=f"grant:{row.public_id}", now=door.now,
        reason=reason.value, fen=row.amount,
    )  # fmt: skip
    entry = EntrySpec(
        kind="aid_return", source=f"aid.return:{row.public_id}",
        lines=move(row.amount, out_of=was_in, into=row.fund.money),
    )  # fmt: skip
    with books(door):
        post(entry, now=door.now, actor=door.actor)


def take_up(door: Door, grant: Grant) -> None:
    """Let a grant on hold wait for a batch again, once its child is back in the cashier's reach.

    A second time changes nothing. Raises RuleBroken while the child is out of reach.
    """
    row = _locked(grant)
    if row.state == State.APPROVED:
        return
    if row.state != State.HELD:
        raise RuleBroken("aid_not_on_hold")
    if row.payee_id is None or not sight_of([row.child_id]).mine:
        raise RuleBroken("aid_still_away")
    row.state, row.held_at = State.APPROVED, None
    row.save(update_fields=["state", "held_at"])
    audit.record(
        actor=door.username, action="aid.taken_up", subject=f"grant:{row.public_id}", now=door.now
    )


def _locked(grant: Grant) -> Grant:
    return Grant.objects.select_for_update(of=("self",)).select_related("fund").get(pk=grant.pk)
