"""Switch a campaign's comparison of units on or off (RNK-1)."""

from datetime import datetime

from django.db import transaction

from mingtian.bulletins.models import Switching
from mingtian.bulletins.switching import check_switching
from mingtian.campaigns.actions import set_comparison
from mingtian.campaigns.queries import find_campaign
from mingtian.core import audit
from mingtian.core.actor import Actor


def switch(
    *, campaign: str, on: bool, ground: str, words: str, by: Actor, now: datetime
) -> Switching:
    """Switch, and keep why; switching to what stands already changes nothing.

    Refused without a ground and words, and where the mandate is named as the ground and there is
    none with a number.
    """
    found = find_campaign(campaign)
    assert found is not None, "whoever switches has come through the campaign's day"
    why = check_switching(
        on=on, ground=ground, words=words, mandate_complete=found.mandate.complete
    )
    with transaction.atomic():
        set_comparison(campaign_id=found.id, on=on)
        standing = Switching.objects.filter(campaign_id=found.id).order_by("-pk").first()
        if standing is not None and standing.on == on:
            return standing
        made = Switching.objects.create(
            campaign_id=found.id, on=on, ground=why.value, words=words.strip(),
            switched_by_id=by.user_id, switched_at=now,
        )  # fmt: skip
        audit.record(
            actor=by.username, action="bulletins.comparison", subject=f"campaign:{campaign}",
            now=now, enabled=on, ground=why.value,
        )  # fmt: skip
    return made
