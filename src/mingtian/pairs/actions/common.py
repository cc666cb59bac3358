"""What changes of pairs share: the lock, the trail, and parts in the child's life."""

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.pairs import rules
from mingtian.pairs.access import PairPlace
from mingtian.pairs.models import Duty, Pair
from mingtian.pairs.queries.helpers import line_of
from mingtian.pairs.rules import Ending
from mingtian.vault import actions as vault
from mingtian.vault.access import Door
from mingtian.vault.rules import Part


def locked(place: PairPlace) -> Pair:
    """Return the pair, locked; refuses one that has ended."""
    row = Pair.objects.select_for_update().get(pk=place.row.pk)
    if row.ended_at is not None:
        raise RuleBroken("pair_ended")
    return row


def check_in_line(door: Door, child: int, user_id: int) -> None:
    """Refuse a helper outside the child's line, and one whom nobody vetted, or not lately."""
    day = day_of(door.now)
    own = next((row for row in line_of(door, child) if row.user_id == user_id), None)
    if own is None:
        raise RuleBroken("pair_handover_outside")
    rules.check_helper(own.holds_until, day)


def begin(door: Door, pair: Pair, *, user_id: int, is_lead: bool) -> Duty:
    """Let a helper help from now on, until its check or the pair runs out."""
    own = Duty.objects.create(
        pair=pair, child_id=pair.child_id, user_id=user_id, is_lead=is_lead, starts_at=door.now,
        by_id=door.user_id,
    )  # fmt: skip
    give(door, pair, own)
    note(door, "helper_began", pair, user=user_id, lead=is_lead)
    return own


def give(door: Door, pair: Pair, duty: Duty) -> None:
    """Give the part that a duty carries, as long as check and pair hold."""
    row = next(
        (each for each in line_of(door, pair.child_id) if each.user_id == duty.user_id), None
    )
    if row is None or row.holds_until is None:
        return
    vault.give_part(
        door, pair.child_id, user_id=duty.user_id, part=Part.HELPER, source=source(duty),
        until=rules.until_of(row.holds_until, pair.until),
    )  # fmt: skip


def end(door: Door, pair: Pair, duty: Duty, why: Ending) -> None:
    """End a helper's duty and sight at once."""
    vault.end_parts(door, pair.child_id, source=source(duty))
    duty.ends_at, duty.ended_for = max(door.now, duty.starts_at), why
    duty.save(update_fields=["ends_at", "ended_for"])
    note(door, "helper_ended", pair, user=duty.user_id, why=why.value)


def source(duty: Duty) -> str:
    """Return the source by which a duty's part is given and ended."""
    return f"pairs.duty:{duty.public_id}"


def note(door: Door, action: str, pair: Pair, **facts: str | int | bool | None) -> None:
    """Leave a line in the trail."""
    audit.record(
        actor=door.username, action=f"pairs.{action}", subject=f"pair:{pair.public_id}",
        now=door.now, child=pair.child_id, **facts,
    )  # fmt: skip
