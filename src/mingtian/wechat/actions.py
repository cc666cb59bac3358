"""Remember and forget which seats a phone account took. An openid is hashed and dropped."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from mingtian.attendance.access import open_seat
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.keeping import Term
from mingtian.core.sealing import sealer
from mingtian.wechat.models import PhoneSeat
from mingtian.wechat.queries import links_of
from mingtian.wechat.rules import Refusal

MOST_SEATS = 8
"""Seats that one phone shows at once; more are not looked at."""


def account_of(openid: str) -> bytes:
    """Return the blind index of an openid; nobody reads the openid back from it.

    It differs by official account, as openids do.
    """
    return sealer().index(f"wechat {settings.WECHAT_APPID}", openid, 0)


def remember_seats(*, account: bytes, tokens: Iterable[str], now: datetime) -> int:
    """Remember that the phone of the account holds these seats; return how many.

    A token that does not open is passed over; refused when none does. Repeating changes nothing.
    """
    opened = [open_seat(token, now) for token in list(tokens)[:MOST_SEATS]]
    seats = [seat for seat in opened if seat is not None and not seat.withdrawn]
    if not seats:
        raise RuleBroken(Refusal.NO_SEAT)
    with transaction.atomic():
        PhoneSeat.objects.bulk_create(
            [
                PhoneSeat(
                    account=account,
                    household_id=seat.household_id,
                    seat=seat.seat_id,
                    remembered_at=now,
                )
                for seat in seats
            ],
            ignore_conflicts=True,
        )
    return len(seats)


def forget_phone(*, account: bytes) -> int:
    """Forget everything of a phone account, as its owner asks; return how many seats."""
    deleted, _by_model = PhoneSeat.objects.filter(account=account).delete()
    return deleted


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Forget the phones of these persons' homes; return how many rows went."""
    with transaction.atomic():
        own = PhoneSeat.objects.filter(household__persons__in=list(person_ids))
        keys = list(own.values_list("pk", flat=True))
        deleted, _by_model = PhoneSeat.objects.filter(pk__in=keys).delete()
        if deleted:
            audit.record(
                actor=actor, action="wechat.forgotten", subject="household", now=now, seats=deleted
            )
    return deleted


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Forget the phones of a campaign, whichever home they belong to."""
    with transaction.atomic():
        deleted, _by_model = links_of(term).delete()
        if deleted:
            subject = f"campaign:{term.public_id}"
            audit.record(
                actor=actor, action="wechat.term_over", subject=subject, now=now, seats=deleted
            )
    return {"wechat": deleted}
