"""What comments look after by themselves."""

from datetime import datetime

from mingtian.comments.actions.digests import draft_missing_digests
from mingtian.core.jobs import every_minute

ACTOR = "system:digests"


@every_minute
def draft_digests_at_closing(now: datetime) -> None:
    """Draft the digests of evenings that have just closed, for every school (COM-1)."""
    draft_missing_digests(now=now, actor=ACTOR)
