"""Reads of campaigns for families and their calendars."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries.campaigns import CampaignRow, campaign_row
from mingtian.campaigns.rules import CampaignState
from mingtian.core.models import AuditEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChanges:
    """How often the plan of lectures was changed, and when last."""

    times: int
    last_at: datetime | None


def campaigns_by_id(campaign_ids: Collection[int]) -> dict[int, CampaignRow]:
    """Return campaigns by primary key; unknown keys are left out."""
    found = Campaign.objects.select_related("scope").filter(pk__in=campaign_ids)
    return {each.pk: campaign_row(each) for each in found}


def find_published(public_id: str) -> CampaignRow | None:
    """Return a campaign that has been opened, or None for a draft and for an unknown one."""
    found = (
        Campaign.objects.select_related("scope")
        .filter(public_id=public_id)
        .exclude(state=CampaignState.DRAFT.value)
        .first()
    )
    return None if found is None else campaign_row(found)


def plan_changes(campaign_public_id: str) -> PlanChanges:
    """Count the changes of a campaign's lectures in the trail; it only ever grows."""
    entries = AuditEntry.objects.filter(
        subject=f"campaign:{campaign_public_id}", action__startswith="campaigns.lecture"
    )
    moments = list(entries.order_by("at").values_list("at", flat=True))
    return PlanChanges(times=len(moments), last_at=moments[-1] if moments else None)
