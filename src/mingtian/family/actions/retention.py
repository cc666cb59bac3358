"""The end of a campaign's term: persons go, totals and valid serials stay (PIPL 19, 47).

Every step may be repeated: a run that was broken off is begun again and goes on.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from mingtian.attendance.actions.bring_in import batches
from mingtian.attendance.actions.forget import TermOver, forget_campaign_seats
from mingtian.attendance.queries.evenings import TermCount, count_term, list_homes_only_in
from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.certificates.actions.revoke import release
from mingtian.core import audit
from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.family.keepers import forgetters
from mingtian.people.actions.leaving import dissolve_homes
from mingtian.people.queries.homes import list_persons_of

HOMES_AT_ONCE = 500
FOLDED = frozenset({"certificates", "attendance"})
"""Modules that keep something beyond the term, without anybody in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TermReport:
    """What went, or would go: rows by module, homes, and the code of the receipt."""

    homes: int
    persons: int
    removed: dict[str, int]
    receipt: str = ""


def over_at(campaign: CampaignRow, keep_days: int) -> datetime:
    """Return the instant from which a campaign's persons may be let go."""
    day = campaign.last_on + timedelta(days=keep_days + 1)
    return datetime.combine(day, time(), SHANGHAI)


def plan_term(campaign: CampaignRow) -> TermReport:
    """Count what would go, and change nothing. Comments and pictures are counted as they go."""
    homes = list_homes_only_in(campaign.id)
    counted: TermCount = count_term(campaign.id, [one.id for one in list_lectures(campaign.id)])
    persons = sum(len(list_persons_of(some)) for some in batches(homes, HOMES_AT_ONCE))
    return TermReport(
        homes=len(homes),
        persons=persons,
        removed={
            "phones": counted.phones,
            "records": counted.records,
            "notes": counted.notes,
            "questions": counted.questions,
        },
    )


def end_term(*, campaign: CampaignRow, keep_days: int, now: datetime, actor: str) -> TermReport:
    """Let go of everybody who took part in this campaign and in no later one.

    Refused with ``retention_too_early`` before the last day and ``keep_days`` more. Homes that
    take part in another campaign stay, without what was recorded in this one.
    """
    if now < (from_when := over_at(campaign, keep_days)):
        raise RuleBroken("retention_too_early", day=f"{from_when:%Y-%m-%d}")
    homes = list_homes_only_in(campaign.id)
    persons, removed = 0, dict.fromkeys(("certificates", *_others()), 0)
    for some in batches(homes, HOMES_AT_ONCE):
        people = list_persons_of(some)
        persons += len(people)
        for module, number in _let_go(people, now=now, actor=actor).items():
            removed[module] += number
    with transaction.atomic():
        # Which homes go is known from their phones only, so phones and homes go together.
        over: TermOver = forget_campaign_seats(campaign.id, now=now, actor=actor)
        receipt = dissolve_homes(over.homes, now=now, actor=actor)
    removed |= {
        "phones": over.seats,
        "records": over.records,
        "notes": over.notes,
        "questions": over.appeals,
    }
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="family.term_ended",
            subject=f"campaign:{campaign.public_id}",
            now=now,
            homes=len(homes),
            persons=persons,
            receipt=receipt.public_id,
            **removed,
        )
    return TermReport(homes=len(homes), persons=persons, removed=removed, receipt=receipt.public_id)


def _others() -> list[str]:
    return [name for name in forgetters() if name not in FOLDED]


def _let_go(people: list[int], *, now: datetime, actor: str) -> dict[str, int]:
    """Remove what other modules keep; certificates stay valid and lose the person."""
    doors = forgetters()
    with transaction.atomic():
        removed = {name: doors[name](people, now=now, actor=actor) for name in _others()}
        return {"certificates": release(people, now=now, actor=actor), **removed}
