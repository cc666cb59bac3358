"""What certificates look after by themselves."""

from datetime import datetime, timedelta

from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.campaigns.queries.running import list_open_campaigns
from mingtian.certificates.actions import unlock
from mingtian.core.jobs import every_minute, every_night

ACTOR = "system:certificates"
AFTER_THE_CLOSING = timedelta(hours=1)
"""So long after a lecture's last phone each tick looks again: a worker that was down comes in time."""


@every_minute
def unlock_what_lectures_complete(now: datetime) -> None:
    """Unlock what a lecture has just completed: at its end, and once the last phones have come."""
    for campaign in list_open_campaigns():
        if _just_over(campaign, now):
            unlock(campaign=campaign, now=now, actor=ACTOR)


@every_night
def unlock_what_replays_complete(now: datetime) -> None:
    """Unlock what replays and notes have completed since; makes up for ticks that never came."""
    for campaign in list_open_campaigns():
        unlock(campaign=campaign, now=now, actor=ACTOR)


def _just_over(campaign: CampaignRow, now: datetime) -> bool:
    return any(
        instant <= now < instant + AFTER_THE_CLOSING
        for lecture in list_lectures(campaign.id)
        for instant in (lecture.ends_at, lecture.closes_at)
    )
