"""Somebody above looks at what was done without a consent; the first to look is kept."""

from mingtian.care.actions.common import note
from mingtian.care.models import Look, Referral, Talk
from mingtian.vault.access import Door


def look_at_talk(door: Door, talk: Talk) -> None:
    """Note that an office has seen why a talk was held before anybody had agreed."""
    _, new = Look.objects.get_or_create(
        talk=talk, defaults={"child_id": talk.child_id, "by_id": door.user_id, "at": door.now}
    )
    if new:
        note(door, "talk_looked_at", f"talk:{talk.public_id}")


def look_at_referral(door: Door, referral: Referral) -> None:
    """Note that an office has seen what was passed on in danger."""
    _, new = Look.objects.get_or_create(
        referral=referral,
        defaults={"child_id": referral.child_id, "by_id": door.user_id, "at": door.now},
    )
    if new:
        note(door, "referral_looked_at", f"referral:{referral.public_id}")
