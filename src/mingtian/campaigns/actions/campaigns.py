"""Found a campaign, give it its mandate, open and close it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries import expected_kinds, opening_refusals
from mingtian.campaigns.rules import SLOTS, CampaignState, Mandate, Refusal, may_become
from mingtian.campaigns.statements import execute
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.people.rules import PersonKind

DEFAULT_NEEDED_SLOTS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignSpec:
    """What a campaign is to be. ``scope_id`` is the unit below which it runs.

    Without ``replay_until`` nothing that is watched after an evening counts.
    """

    name: str
    scope_id: int
    first_on: date
    last_on: date
    name_en: str = ""
    kinds: tuple[int, ...] = tuple(PersonKind)
    needed_slots: int = DEFAULT_NEEDED_SLOTS
    replay_until: datetime | None = None


def create_campaign(*, spec: CampaignSpec, actor: str, now: datetime) -> Campaign:
    """Found a campaign as a draft."""
    _check(spec)
    with transaction.atomic():
        campaign = Campaign.objects.create(
            name=spec.name.strip(),
            name_en=spec.name_en.strip(),
            scope_id=spec.scope_id,
            first_on=spec.first_on,
            last_on=spec.last_on,
            kinds=sorted(set(spec.kinds)),
            needed_slots=spec.needed_slots,
            replay_until=spec.replay_until,
        )
        note(campaign, "campaigns.created", actor=actor, now=now)
    return campaign


def change_campaign(*, campaign_id: int, spec: CampaignSpec, actor: str, now: datetime) -> Campaign:
    """Change what a draft is to be. Its scope stays: another scope is another campaign."""
    _check(spec)
    with transaction.atomic():
        campaign = locked_draft(campaign_id)
        campaign.name = spec.name.strip()
        campaign.name_en = spec.name_en.strip()
        campaign.first_on = spec.first_on
        campaign.last_on = spec.last_on
        campaign.kinds = sorted(set(spec.kinds))
        campaign.needed_slots = spec.needed_slots
        campaign.replay_until = spec.replay_until
        campaign.save(
            update_fields=["name", "name_en", "first_on", "last_on", "kinds", "needed_slots",
                           "replay_until"]
        )  # fmt: skip
        note(campaign, "campaigns.changed", actor=actor, now=now)
    return campaign


def set_mandate(*, campaign_id: int, mandate: Mandate, actor: str, now: datetime) -> Campaign:
    """Write down the document that orders the campaign (ORG-1). May be incomplete in a draft."""
    with transaction.atomic():
        campaign = locked_draft(campaign_id)
        campaign.mandate_issuer = mandate.issuer.strip()
        campaign.mandate_issuer_en = mandate.issuer_en.strip()
        campaign.mandate_symbol = mandate.symbol.strip()
        campaign.mandate_number = mandate.number
        campaign.mandate_year = mandate.year
        campaign.mandate_on = mandate.issued_on
        campaign.save(
            update_fields=["mandate_issuer", "mandate_issuer_en", "mandate_symbol",
                           "mandate_number", "mandate_year", "mandate_on"]
        )  # fmt: skip
        note(campaign, "campaigns.mandate_set", actor=actor, now=now)
    return campaign


def open_campaign(*, campaign_id: int, actor: str, now: datetime) -> Campaign:
    """Open it and freeze who is expected, by counting unit and kind (CER-2).

    The day in Asia/Shanghai decides which tree and rosters are counted. Opening what is open
    changes nothing; refuses what keeps it from opening, the first reason first.
    """
    day = day_of(now)
    with transaction.atomic():
        campaign = locked(campaign_id)
        if campaign.state == CampaignState.OPEN:
            return campaign
        if not may_become(CampaignState(campaign.state), CampaignState.OPEN):
            raise RuleBroken(Refusal.ALREADY_CLOSED)
        if refusals := opening_refusals(campaign, day):
            raise RuleBroken(refusals[0])
        frozen = execute(
            "freeze",
            {
                "campaign": campaign.pk,
                "scope": campaign.scope_id,
                "day": day,
                "kinds": expected_kinds(campaign.kinds),
            },
        )
        campaign.state = CampaignState.OPEN
        campaign.opened_at = now
        campaign.save(update_fields=["state", "opened_at"])
        note(campaign, "campaigns.opened", actor=actor, now=now, denominators=frozen)
    return campaign


def close_campaign(*, campaign_id: int, actor: str, now: datetime) -> Campaign:
    """Close an open campaign; its codes no longer let anybody in. Closing twice changes nothing."""
    with transaction.atomic():
        campaign = locked(campaign_id)
        if campaign.state == CampaignState.CLOSED:
            return campaign
        if not may_become(CampaignState(campaign.state), CampaignState.CLOSED):
            raise RuleBroken(Refusal.NOT_OPEN)
        campaign.state = CampaignState.CLOSED
        campaign.save(update_fields=["state"])
        note(campaign, "campaigns.closed", actor=actor, now=now)
    return campaign


def set_comparison(*, campaign_id: int, on: bool) -> None:
    """Switch whether posts see the units with places (RNK-1); holds the campaign to the end.

    Inside the transaction of whoever keeps the reason and writes the trail.
    """
    campaign = locked(campaign_id)
    campaign.compares_units = on
    campaign.save(update_fields=["compares_units"])


def locked(campaign_id: int) -> Campaign:
    """Return the campaign, held against other changes until the transaction ends."""
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)


def locked_draft(campaign_id: int) -> Campaign:
    """Return the campaign, held, and refuse unless it is still a draft."""
    campaign = locked(campaign_id)
    if campaign.state != CampaignState.DRAFT:
        raise RuleBroken(Refusal.NOT_DRAFT)
    return campaign


def note(campaign: Campaign, action: str, *, actor: str, now: datetime, **detail: int) -> None:
    """Write the act into the audit trail; inside the transaction of the change."""
    subject = f"campaign:{campaign.public_id}"
    audit.record(actor=actor, action=action, subject=subject, now=now, **detail)


def _check(spec: CampaignSpec) -> None:
    if not spec.name.strip():
        raise RuleBroken(Refusal.NAME_MISSING)
    if spec.last_on < spec.first_on:
        raise RuleBroken(Refusal.DAYS_REVERSED)
    if not spec.kinds:
        raise RuleBroken(Refusal.NO_KINDS)
    if not 1 <= spec.needed_slots <= SLOTS:
        raise RuleBroken(Refusal.NEEDED_SLOTS)
