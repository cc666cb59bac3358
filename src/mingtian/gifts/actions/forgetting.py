"""What gifts let go when a child is erased (vault.events). Things that were handed over stay in the sums."""

from datetime import datetime

from mingtian.gifts.models import HandOver, Need
from mingtian.gifts.rules import HandState


def forget(child: int, now: datetime) -> int:
    """Delete need codes and planned hand-overs of a child, and who signed; returns the rows."""
    del now
    needs, _by_model = Need.objects.filter(child_id=child).delete()
    planned, _by_model = HandOver.objects.filter(
        child_id=child, state__in=[HandState.PLANNED, HandState.NOT_GIVEN]
    ).delete()
    signed = HandOver.objects.filter(child_id=child).exclude(signer=None).update(signer=None)
    return needs + planned + signed
