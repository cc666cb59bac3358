"""Reads of what a campaign asks of each kind."""

from dataclasses import dataclass
from datetime import datetime

from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.certificates.models import Rule
from mingtian.certificates.rules import Demand, usual_demand


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandRow:
    """The rule for one kind; ``set_at`` is None while nobody has set another than the usual."""

    kind: int
    demand: Demand
    reason: str = ""
    set_at: datetime | None = None


def demand_of(rule: Rule) -> Demand:
    """Return a loaded rule as a value."""
    return Demand(
        evenings=rule.evenings,
        slots=rule.slots,
        completed=rule.completed,
        replay_counts=rule.replay_counts,
        by_hand_counts=rule.by_hand_counts,
    )


def usual_demand_of(campaign: CampaignRow, evenings: int | None = None) -> Demand:
    """Return the rule that stands until somebody sets another."""
    planned = len(list_lectures(campaign.id)) if evenings is None else evenings
    return usual_demand(
        evenings=max(planned, 1),
        needed_slots=campaign.needed_slots,
        replays=campaign.replay_until is not None,
    )


def list_demands(campaign: CampaignRow, evenings: int | None = None) -> dict[int, DemandRow]:
    """Return the rule in force for every kind of the campaign, set or usual."""
    usual = usual_demand_of(campaign, evenings)
    found = {kind: DemandRow(kind=kind, demand=usual) for kind in campaign.kinds}
    for rule in Rule.objects.filter(campaign_id=campaign.id, ended_at=None):
        found[rule.kind] = DemandRow(
            kind=rule.kind,
            demand=demand_of(rule),
            reason=rule.reason,
            set_at=rule.set_at if rule.set_by_id else None,
        )
    return dict(sorted(found.items()))
