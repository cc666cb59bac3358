"""Set what a campaign asks for a certificate (CER-1)."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from mingtian.attendance.rules import SLOTS
from mingtian.campaigns.queries import CampaignRow, LectureRow, list_lectures
from mingtian.certificates.models import Rule
from mingtian.certificates.queries.demands import demand_of, usual_demand_of
from mingtian.certificates.rules import Demand, Refusal, demand_refusals
from mingtian.core import audit
from mingtian.core.errors import RuleBroken


def ensure_rules(*, campaign: CampaignRow, now: datetime, only: int | None = None) -> None:
    """Write down the usual rule for every kind of the campaign that has none, or for one kind.

    What is written stays when lectures are planned anew, so a draft gets none but for the kind
    that somebody sets.
    """
    kinds = campaign.kinds if only is None else [only]
    usual = usual_demand_of(campaign)
    there = set(
        Rule.objects.filter(campaign_id=campaign.id, ended_at=None).values_list("kind", flat=True)
    )
    missing = [kind for kind in kinds if kind not in there]
    # Somebody else may do the same at this moment; the constraint lets one of the two stand.
    Rule.objects.bulk_create(
        [_row(campaign.id, kind, usual, now) for kind in missing], ignore_conflicts=True
    )


def set_rule(
    *, campaign: CampaignRow, kind: int, demand: Demand, reason: str, user: User, now: datetime
) -> bool:
    """Set the rule for one kind; False when it is in force already.

    After the first lecture has closed a change needs a reason. Certificates that were earned by
    the former rule stay valid.
    """
    if kind not in campaign.kinds:
        raise RuleBroken(Refusal.KIND_UNKNOWN)
    lectures = list_lectures(campaign.id)
    if refusals := demand_refusals(demand, evenings=len(lectures)):
        raise RuleBroken(refusals[0], evenings=len(lectures), slots=SLOTS * len(lectures))
    late = is_late(lectures, now)
    with transaction.atomic():
        ensure_rules(campaign=campaign, now=now, only=kind)
        present = Rule.objects.select_for_update(no_key=True).get(
            campaign_id=campaign.id, kind=kind, ended_at=None
        )
        if demand_of(present) == demand:
            transaction.set_rollback(True)
            return False
        if late and not reason.strip():
            raise RuleBroken(Refusal.REASON_MISSING)
        present.ended_at = now
        present.save(update_fields=["ended_at"])
        row = _row(campaign.id, kind, demand, now)
        row.reason, row.set_by = reason.strip(), user
        row.save(force_insert=True)
        audit.record(
            actor=user.get_username(),
            action="certificates.rule_set",
            subject=f"campaign:{campaign.public_id}",
            now=now,
            kind=kind,
            rule=row.pk,
            after_first_lecture=late,
        )
    return True


def is_late(lectures: list[LectureRow], now: datetime) -> bool:
    """Say whether the first lecture has closed, so that a change needs a reason."""
    return bool(lectures) and now >= min(each.closes_at for each in lectures)


def _row(campaign_id: int, kind: int, demand: Demand, now: datetime) -> Rule:
    return Rule(
        campaign_id=campaign_id,
        kind=kind,
        evenings=demand.evenings,
        slots=demand.slots,
        completed=demand.completed,
        replay_counts=demand.replay_counts,
        by_hand_counts=demand.by_hand_counts,
        set_at=now,
    )
