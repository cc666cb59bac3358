"""The certificates of a home: what somebody has just earned is unlocked when the family looks."""

from datetime import datetime

from mingtian.certificates.actions.unlocking import unlock_persons
from mingtian.certificates.queries.progress import Progress, progress_of
from mingtian.family.access import Home


def read_progress(*, home: Home, now: datetime) -> list[Progress]:
    """Return how far everybody has come; whoever has everything gets the certificate now.

    Unlocking is exactly once, so looking twice, or while the nightly run unlocks, is harmless.
    """
    rows = progress_of(home.person_ids, home.campaign, now)
    waiting = [row.person_id for row in rows if row.waits]
    if not waiting or home.has_left:
        return rows
    unlock_persons(campaign=home.campaign, person_ids=waiting, now=now, actor=home.actor)
    return progress_of(home.person_ids, home.campaign, now)
