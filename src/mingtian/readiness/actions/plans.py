"""Keep the audience sheet of a unit's plan (CAM-2, CAM-3)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingtian.campaigns.queries import CampaignRow
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.readiness.actions.actor import note
from mingtian.readiness.models import AudienceLine
from mingtian.readiness.rules import Channel, Leg, check_chosen, check_size, check_words
from mingtian.readiness.rules.norms import check_free_text


@dataclass(frozen=True, kw_only=True, slots=True)
class LineWish:
    """A target group as it was typed. ``owner`` is an office, ``expected`` None for unknown."""

    kind: int
    leg: str
    channel: str
    expected: int | None
    owner: str
    due_on: date | None = None


def write_line(
    *, campaign: CampaignRow, unit: UnitRow, wish: LineWish, by: Actor, now: datetime
) -> AudienceLine:
    """Put a target group on the unit's sheet.

    Raises RuleBroken for a kind the campaign does not invite, a size that cannot be, no owner,
    and a group that is on the sheet by the same way already.
    """
    if wish.kind not in campaign.kinds:
        raise RuleBroken("kind_not_invited")
    check_size(wish.expected)
    owner = check_words(wish.owner, most=60)
    check_free_text(owner)
    leg, channel = check_chosen(wish.leg, Leg), check_chosen(wish.channel, Channel)
    with transaction.atomic():
        line, new = AudienceLine.objects.get_or_create(
            campaign_id=campaign.id,
            unit_id=unit.id,
            kind=wish.kind,
            channel=channel,
            defaults={
                "leg": leg,
                "expected": wish.expected,
                "owner": owner,
                "due_on": wish.due_on,
                "written_by_id": by.user_id,
                "written_at": now,
            },
        )
        if not new:
            same = (line.leg, line.expected, line.owner, line.due_on)
            if same != (leg, wish.expected, owner, wish.due_on):
                raise RuleBroken("line_twice")
            return line
        note(
            "line_written", f"unit:{unit.public_id}", by, now,
            campaign=campaign.public_id, kind=wish.kind, leg=leg, expected=wish.expected,
        )  # fmt: skip
    return line


def remove_line(
    *, campaign: CampaignRow, unit: UnitRow, line: str, by: Actor, now: datetime
) -> bool:
    """Take a target group off the unit's sheet; False when it is not there."""
    with transaction.atomic():
        own = AudienceLine.objects.filter(campaign_id=campaign.id, unit_id=unit.id, public_id=line)
        gone, _kinds = own.delete()
        if gone:
            note("line_removed", f"unit:{unit.public_id}", by, now, line=line)
    return bool(gone)
