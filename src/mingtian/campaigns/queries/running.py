"""Reads of the campaigns that are under way, for commands that run by themselves."""

from datetime import date

from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries.campaigns import CampaignRow, campaign_row
from mingtian.campaigns.rules import CampaignState


def list_open_campaigns() -> list[CampaignRow]:
    """Return every campaign that is open, the earliest first."""
    found = Campaign.objects.filter(state=CampaignState.OPEN.value).select_related("scope")
    return [campaign_row(each) for each in found.order_by("first_on", "pk")]


def list_held_before(day: date) -> list[CampaignRow]:
    """Return every campaign that was opened and whose last day lies before this one."""
    found = Campaign.objects.filter(last_on__lt=day).exclude(state=CampaignState.DRAFT.value)
    return [campaign_row(each) for each in found.select_related("scope").order_by("last_on", "pk")]
