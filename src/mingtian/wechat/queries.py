"""Reads of what is remembered of a phone account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from mingtian.attendance.access import OpenSeat, mint_seat, open_seat
from mingtian.campaigns.queries import list_codes_of
from mingtian.core.clock import day_of
from mingtian.core.keeping import Kept, Term
from mingtian.core.sql import each
from mingtian.org.queries import unit_rows
from mingtian.people.queries import PersonRow, list_household
from mingtian.wechat.models import PhoneSeat


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeRow:
    """A home that was on this phone: its seat made again, and what the phone keeps of it."""

    token: str
    campaign_id: int
    unit: str
    codes: tuple[str, ...]
    members: tuple[PersonRow, ...]
    expires_at: datetime


def list_homes(account: bytes, now: datetime) -> list[HomeRow]:
    """Return the homes of a phone account whose seats still hold; those that left are left out."""
    seats = PhoneSeat.objects.filter(account=account).order_by("pk").values_list("seat", flat=True)
    made = [(token, open_seat(token, now)) for seat in seats if (token := mint_seat(seat))]
    return [_home(token, seat, now) for token, seat in made if seat and not seat.withdrawn]


def count_seats(account: bytes) -> int:
    """Return how many seats are remembered for a phone account."""
    return PhoneSeat.objects.filter(account=account).count()


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return that phones of these persons' homes are remembered; never which account."""
    seats = (
        PhoneSeat.objects.filter(household__persons__in=list(person_ids))
        .distinct()
        .order_by("remembered_at", "pk")
    )
    return [
        Kept(what="wechat_phone", person_id=None, at=one.remembered_at, facts={"remembered": True})
        for one in seats
    ]


def count_term(term: Term) -> dict[str, int]:
    """Count the links with phones of this campaign."""
    return {"wechat": links_of(term).count()}


def links_of(term: Term) -> QuerySet[PhoneSeat]:
    """Return the links that go with the phones of a campaign, and with the homes that go."""
    seats = RawSQL("SELECT id FROM attendance_seat WHERE campaign = %s", (term.campaign,))
    return PhoneSeat.objects.filter(Q(seat__in=seats) | Q(household__in=each(term.homes)))


def _home(token: str, seat: OpenSeat, now: datetime) -> HomeRow:
    today = day_of(now)
    unit = unit_rows([seat.unit_id], today).get(seat.unit_id)
    codes = [
        each
        for each in list_codes_of(seat.unit_id, today)
        if each.campaign_id == seat.campaign_id and each.usable
    ]
    place = f"{codes[0].place.above} {codes[0].place.unit}" if codes else ""
    return HomeRow(
        token=token,
        campaign_id=seat.campaign_id,
        unit=place or (unit.title if unit else ""),
        codes=tuple(each.code for each in codes),
        members=tuple(
            one for one in list_household(seat.household_id, today) if one.id in seat.person_ids
        ),
        expires_at=seat.expires_at,
    )
