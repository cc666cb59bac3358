"""Lists are approved by another hand, and money is set aside for them; or they go back."""

from collections.abc import Collection, Mapping

from django.db import connection

from mingtian.aid.access import books
from mingtian.aid.actions.entering import withdrawn_among
from mingtian.aid.models import Grant, Listing
from mingtian.aid.queries.limits import limits_on
from mingtian.aid.rules import (
    ListState,
    SendBackReason,
    State,
    check_approver,
    check_other_hand,
)
from mingtian.aid.statements import rows
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.ledger.actions import post_many
from mingtian.ledger.rules import EntrySpec, move
from mingtian.org.rules import Role
from mingtian.vault.access import Door

Sums = Mapping[int, tuple[int, int]]

MOST_LISTS = 500
"""So many lists are approved in one step; a county's schools send fewer."""


def approve(
    door: Door, listings: Collection[int], roles: Mapping[int, frozenset[Role]]
) -> list[Listing]:
    """Approve lists and set their money aside, all or none; returns those that are approved now.

    ``roles`` are the roles that the person holds at each fund's unit. What was approved before stays as it is, so
    that a second click does nothing. Raises RuleBroken for an own list, one above the limit, one
    with a rate that does not hold, and when the fund has not enough. A fixed number of statements.
    """
    if len(listings) > MOST_LISTS:
        raise RuleBroken("aid_too_many_lists", most=MOST_LISTS)
    locked = (
        Listing.objects.select_related("fund").select_for_update(of=("self",))
        .filter(pk__in=listings).order_by("pk")
    )  # fmt: skip
    waiting = [row for row in locked if row.state == ListState.ENTERED]
    if not waiting:
        return []
    keys = [row.pk for row in waiting]
    sums = _locked_sums(keys)
    limits = limits_on([row.fund for row in waiting], day_of(door.now))
    for row in waiting:
        _check(door, row, sums, roles, limits[row.fund_id])
    if _wrong_rates(keys):
        raise RuleBroken("aid_rate_changed")
    children = Grant.objects.filter(listing_id__in=keys).values_list("child_id", flat=True)
    if withdrawn_among(list(children), day_of(door.now)):
        raise RuleBroken("aid_consent_withdrawn")
    Grant.objects.filter(listing_id__in=keys, state=State.ENTERED).update(
        state=State.APPROVED, approved_by_id=door.user_id, approved_at=door.now
    )
    prints = _mark_approved(keys, door)
    _note(door, waiting, sums)
    entries = [
        EntrySpec(
            kind="aid_approval", source=f"aid.approval:{row.public_id}.{prints[row.pk]}",
            lines=move(sums[row.pk][1], out_of=row.fund.money, into=row.fund.reserved),
        )
        for row in waiting
    ]  # fmt: skip
    with books(door):
        post_many(entries, now=door.now, actor=door.actor)
    return waiting


def send_back(door: Door, listing: Listing, reason: SendBackReason) -> None:
    """Send a list back that nobody has approved: its lines go, and can be entered anew.

    A second time changes nothing. Raises RuleBroken for one that is approved.
    """
    row = Listing.objects.select_for_update().get(pk=listing.pk)
    if row.state == ListState.SENT_BACK:
        return
    if row.state != ListState.ENTERED:
        raise RuleBroken("aid_approved_already")
    lines, _by_model = Grant.objects.filter(listing=row).delete()
    Listing.objects.filter(pk=row.pk).update(
        state=ListState.SENT_BACK, decided_by_id=door.user_id, decided_at=door.now,
        reason=reason.value,
    )  # fmt: skip
    audit.record(
        actor=door.username, action="aid.list_sent_back", subject=f"list:{row.public_id}",
        now=door.now, reason=reason.value, lines=lines,
    )  # fmt: skip


def _locked_sums(listings: Collection[int]) -> Sums:
    """Return how many lines each list has and their sum. No line goes any more: an erasure waits."""
    found = rows("locked_sums", {"listings": list(listings)})
    return {listing: (lines, total) for listing, lines, total in found}


def _check(
    door: Door, row: Listing, sums: Sums, roles: Mapping[int, frozenset[Role]], limit: int
) -> None:
    held = roles.get(row.fund.unit_id, frozenset())
    if not held:
        raise RuleBroken("aid_not_approver")
    check_other_hand(door.user_id, row.entered_by_id)
    if row.pk not in sums:
        raise RuleBroken("aid_list_empty")
    check_approver(held, sums[row.pk][1], limit)


def _wrong_rates(listings: Collection[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WRONG_RATES, [list(listings)])
        return cursor.fetchone() is not None


def _mark_approved(listings: Collection[int], door: Door) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [ListState.APPROVED, door.user_id, door.now, list(listings)])
        return dict(cursor.fetchall())


def _note(door: Door, waiting: Collection[Listing], sums: Sums) -> None:
    # One entry for all of a step: five hundred would be five hundred statements.
    single = len(waiting) == 1
    names = [row.public_id for row in waiting]
    audit.record(
        actor=door.username, action="aid.lists_approved",
        subject=f"list:{names[0] if single else 'many'}", now=door.now, lists=",".join(names),
        lines=sum(sums[row.pk][0] for row in waiting), fen=sum(sums[row.pk][1] for row in waiting),
    )  # fmt: skip


_MARK = """
    UPDATE aid_list SET state = %s, decided_by_id = %s, decided_at = %s, lines = aid_lines(id, NULL)
    WHERE id = ANY (%s) RETURNING id, lines
"""

# A rate that has been ended since, or that is not for such a child.
_WRONG_RATES = """
    SELECT FROM aid_grant line JOIN aid_rate rate ON rate.id = line.rate_id,
         make_date(left(line.term, 4)::int, CASE right(line.term, 1) WHEN '1' THEN 3 ELSE 9 END, 1) AS first
    WHERE line.listing_id = ANY (%s)
      AND NOT (rate.valid_from <= first AND (rate.valid_to IS NULL OR first < rate.valid_to)
               AND rate.level IN (line.level, 'any') AND coalesce(rate.boarding, line.boarding) = line.boarding)
    LIMIT 1
"""
