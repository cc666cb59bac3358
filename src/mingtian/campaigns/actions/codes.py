"""Issue, close and replace learning codes (COD-1)."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from mingtian.campaigns.actions.campaigns import locked, note
from mingtian.campaigns.models import Campaign, LearningCode
from mingtian.campaigns.rules import (
    AUDIENCE_OF_UNIT,
    CODE_LENGTH,
    CampaignState,
    Refusal,
    learning_url,
    units_invited,
)
from mingtian.campaigns.statements import execute, fetch
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import random_code

MOST_DRAWS = 5
"""Rounds of drawing: even with a million codes one in a million draws meets another code."""


def issue_codes(*, campaign_id: int, actor: str, now: datetime) -> int:
    """Give a code to every invited unit in scope that never had one; return how many.

    Classes, staff groups and communities are invited when persons of theirs may take part.
    Safe to repeat: new classes get theirs, the others keep what is on paper already.
    """
    learning_url(settings.PUBLIC_ORIGIN, random_code(CODE_LENGTH))
    with transaction.atomic():
        campaign = _locked_open(campaign_id)
        issued = 0
        for _round in range(MOST_DRAWS):
            if not (waiting := _units_without_code(campaign, now)):
                break
            issued += _draw(campaign, waiting, now)
        if issued:
            note(campaign, "campaigns.codes_issued", actor=actor, now=now, codes=issued)
    return issued


def close_code(*, code_id: int, actor: str, now: datetime) -> bool:
    """Close a code, so that it lets nobody in; False when it was closed already."""
    with transaction.atomic():
        still_open = LearningCode.objects.filter(pk=code_id, closed_at=None)
        closed = still_open.update(closed_at=now) == 1
        if closed:
            _note(LearningCode.objects.get(pk=code_id), "campaigns.code_closed", actor, now)
    return closed


def reissue_code(*, code_id: int, actor: str, now: datetime) -> LearningCode:
    """Close a code and give its unit another one.

    When the unit holds another open code already, that one is returned: a second press gives
    the first press's code.
    """
    with transaction.atomic():
        old = LearningCode.objects.get(pk=code_id)
        # The campaign's row, because both presses must wait at the same place.
        campaign = _locked_open(old.campaign_id)
        holding = campaign.codes.filter(unit_id=old.unit_id, closed_at=None)
        if (newer := holding.exclude(pk=old.pk).first()) is not None:
            return newer
        holding.update(closed_at=now)
        made = _insert(campaign, old, now)
        _note(made, "campaigns.code_reissued", actor, now)
    return made


def _insert(campaign: Campaign, old: LearningCode, now: datetime) -> LearningCode:
    for _round in range(MOST_DRAWS):
        try:
            with transaction.atomic():
                return LearningCode.objects.create(
                    code=random_code(CODE_LENGTH),
                    campaign=campaign,
                    unit_id=old.unit_id,
                    audience=old.audience,
                    issued_at=now,
                )
        except IntegrityError:
            continue
    raise RuntimeError("No unused learning code was drawn; the source of randomness is broken.")


def _units_without_code(campaign: Campaign, now: datetime) -> list[tuple[int, str]]:
    values = {
        "campaign": campaign.pk,
        "scope": campaign.scope_id,
        "day": day_of(now),
        "unit_kinds": units_invited(campaign.kinds),
    }
    return [(unit, AUDIENCE_OF_UNIT[kind]) for unit, kind in fetch("without_code", values)]


def _draw(campaign: Campaign, waiting: list[tuple[int, str]], now: datetime) -> int:
    values = {
        "campaign": campaign.pk,
        "now": now,
        "codes": [random_code(CODE_LENGTH) for _unit in waiting],
        "units": [unit for unit, _audience in waiting],
        "audiences": [audience for _unit, audience in waiting],
    }
    return execute("issue", values)


def _locked_open(campaign_id: int) -> Campaign:
    campaign = locked(campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise RuleBroken(Refusal.NOT_OPEN)
    return campaign


def _note(code: LearningCode, action: str, actor: str, now: datetime) -> None:
    audit.record(actor=actor, action=action, subject=f"learning_code:{code.code}", now=now)
