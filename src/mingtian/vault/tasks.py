"""What the vault does by night: finish erasures, and erase again what a restore brought back."""

from datetime import datetime

from mingtian.core.jobs import every_night
from mingtian.vault.actions import carry_out_erasures, replay

ACTOR = "system:vault"


@every_night
def finish_erasures(now: datetime) -> None:
    carry_out_erasures(now=now, actor=ACTOR)
    replay(now=now, actor=ACTOR)
