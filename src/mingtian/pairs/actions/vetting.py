"""Somebody was looked at, and no criminal record was found; or it no longer counts."""

from datetime import date

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.pairs import rules
from mingtian.pairs.access import get_helper_to_vet
from mingtian.pairs.actions.common import end, give
from mingtian.pairs.models import Duty, Vetting
from mingtian.pairs.rules import Ending, Kind
from mingtian.vault.access import Door


def note_vetting(door: Door, username: str, *, kind: Kind, checked_on: date) -> None:
    """Keep that a helper was vetted on a day. Nobody vets oneself; the same day twice is one.

    The pairs of the helper are open to it again, for as long as the check holds.
    """
    user_id, unit_id = get_helper_to_vet(door, username)
    if user_id == door.user_id:
        raise RuleBroken("pair_vets_oneself")
    until = rules.check_vetting(checked_on, day_of(door.now))
    row = Vetting(
        user_id=user_id, unit_id=unit_id, kind=kind, checked_on=checked_on, holds_until=until,
        by_id=door.user_id, at=door.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # It is kept already, perhaps by another office, which cannot open the pairs in sight here.
        pass
    else:
        _record(door, row, "vetted")
    for duty in Duty.objects.select_related("pair").filter(user_id=user_id, ends_at=None):
        give(door, duty.pair, duty)


def stop_helper(door: Door, username: str) -> int:
    """Let a helper help no more, at once: its checks count no longer and its duties in sight end.

    Returns how many duties ended.
    """
    user_id, _ = get_helper_to_vet(door, username)
    if user_id == door.user_id:
        raise RuleBroken("pair_vets_oneself")
    for row in Vetting.objects.filter(user_id=user_id, ended_at=None).select_for_update():
        row.ended_at = door.now
        row.save(update_fields=["ended_at"])
        _record(door, row, "vetting_ended")
    ended = 0
    duties = Duty.objects.select_related("pair").filter(user_id=user_id, ends_at=None)
    for duty in duties.select_for_update(of=("self",)):
        end(door, duty.pair, duty, Ending.HELPER_GONE)
        ended += 1
    return ended


def _record(door: Door, row: Vetting, action: str) -> None:
    audit.record(
        actor=door.username, action=f"pairs.{action}", subject=f"vetting:{row.public_id}",
        now=door.now, user=row.user_id, checked_on=row.checked_on.isoformat(),
    )  # fmt: skip
