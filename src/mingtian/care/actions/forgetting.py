"""A child is erased: of its cases stay numbers and days (PIPL 47)."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from mingtian.care.models import (
    Assessment,
    Assignment,
    Case,
    Contact,
    Liaison,
    Look,
    Milestone,
    Note,
    Plan,
    Referral,
    Report,
    Review,
    Service,
    Talk,
    Ticket,
    Transfer,
)
from mingtian.care.rules import ClosedFor


def forget(child: int, now: datetime) -> int:
    """Let go what is known of a child and return how many rows went. Runs as the keeper.

    A case stays as a number with its days, so that totals stay right. So does a report of duty, for
    the law bids to have made it, and who else was told what (PIPL 55-56); their words go.
    """
    gone = 0
    for model in (
        Transfer, Assignment, Assessment, Plan, Service, Review, Milestone, Contact, Liaison, Look,
        Note, Talk, Ticket,
    ):  # fmt: skip
        number, _ = model.objects.filter(child_id=child).delete()
        gone += number
    Report.objects.filter(child_id=child).filter(~Q(words=None)).update(words=None, sealed_as="")
    Referral.objects.filter(child_id=child).update(
        words=None, result=None, ended_at=Coalesce(F("ended_at"), now)
    )
    Case.objects.filter(child_id=child).update(
        worker=None,
        contact_from=None,
        closed_at=Coalesce(F("closed_at"), now),
        closed_for=ClosedFor.ERASED,
        version=F("version") + 1,
    )
    return gone
