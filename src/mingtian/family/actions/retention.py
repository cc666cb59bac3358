"""The end of a campaign's term: persons go, totals and valid serials stay (PIPL 19, 47).

What is counted and what goes are the same rows: each module selects them once
(mingtian.core.keeping), for the dry run and for the real one.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from mingtian.attendance.queries.terms import list_term_homes, list_term_units
from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.core import audit
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.keeping import Term
from mingtian.family.keepers import term_counters, term_enders
from mingtian.people.actions.terms import give_term_receipt


@dataclass(frozen=True, kw_only=True, slots=True)
class TermReport:
    """What went, or would go, as rows by a stable word; the code of the receipt when it went."""

    removed: dict[str, int]
    receipt: str = ""


def over_at(campaign: CampaignRow, keep_days: int) -> datetime:
    """Return the instant from which a campaign's persons may be let go."""
    day = campaign.last_on + timedelta(days=keep_days + 1)
    return datetime.combine(day, time(), SHANGHAI)


def plan_term(campaign: CampaignRow, *, keep_days: int, now: datetime) -> TermReport:
    """Count what would go, and change nothing."""
    term = _term(campaign, keep_days, now)
    removed: dict[str, int] = {}
    for count in term_counters().values():
        removed |= count(term)
    return TermReport(removed=removed)


def end_term(*, campaign: CampaignRow, keep_days: int, now: datetime, actor: str) -> TermReport:
    """Let go of everybody who took part in this campaign and is needed by no other one.

    Refused with ``retention_too_early`` before the last day and ``keep_days`` more. Homes that
    take part in another campaign stay, without what was recorded in this one. All of it goes or
    nothing; a second run finds nothing more.
    """
    if now < (from_when := over_at(campaign, keep_days)):
        raise RuleBroken("retention_too_early", day=f"{from_when:%Y-%m-%d}")
    removed: dict[str, int] = {}
    with transaction.atomic():
        term = _term(campaign, keep_days, now)
        for end in term_enders().values():
            removed |= end(term, now=now, actor=actor)
        receipt = give_term_receipt(removed, now=now)
        audit.record(
            actor=actor,
            action="family.term_ended",
            subject=f"campaign:{campaign.public_id}",
            now=now,
            receipt=receipt.public_id,
            **removed,
        )
    return TermReport(removed=removed, receipt=receipt.public_id)


def _term(campaign: CampaignRow, keep_days: int, now: datetime) -> Term:
    units = list_term_units(campaign.id, today=day_of(now), keep=timedelta(days=keep_days))
    return Term(
        campaign=campaign.id,
        public_id=campaign.public_id,
        last_on=campaign.last_on,
        ended_at=datetime.combine(campaign.last_on + timedelta(days=1), time(), SHANGHAI),
        lectures=tuple(one.id for one in list_lectures(campaign.id)),
        homes=tuple(list_term_homes(campaign.id, units)),
        units=tuple(units),
    )
