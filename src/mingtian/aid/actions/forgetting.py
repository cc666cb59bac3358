"""What aid lets go when a child is erased (vault.events).

Amounts stay, in the books and in the lines; who received them does not. A grant on hold needs no payee
any more: its money goes back.
"""

from datetime import datetime

from mingtian.aid.models import Grant, Payee
from mingtian.aid.rules import UNDER_WAY, State
from mingtian.core.errors import RuleBroken


def forget(child: int, now: datetime) -> int:
    """Delete payees and lines that nobody has decided on; returns how many rows went.

    Raises RuleBroken while a payment is under way: the cashier needs the payee until it is through.
    """
    del now
    # Locked, so that nobody approves one of them meanwhile.
    lines = Grant.objects.select_for_update().filter(child_id=child).order_by("pk")
    if UNDER_WAY.intersection(lines.values_list("state", flat=True)):
        raise RuleBroken("aid_payment_under_way")
    dropped, _by_model = Grant.objects.filter(child_id=child, state=State.ENTERED).delete()
    Grant.objects.filter(child_id=child).exclude(payee=None).update(payee=None)
    payees, _by_model = Payee.objects.filter(child_id=child).delete()
    return dropped + payees
