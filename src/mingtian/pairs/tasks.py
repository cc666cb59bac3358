"""What pairs do by themselves, looked at each minute: a consent taken back counts at once."""

from datetime import datetime

from mingtian.core.jobs import every_minute
from mingtian.pairs.actions import settle

ACTOR = "system:pairs"


@every_minute
def settle_pairs(now: datetime) -> None:
    settle(now=now, actor=ACTOR)
