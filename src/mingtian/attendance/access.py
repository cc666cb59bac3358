"""What a phone's seat token opens on pages outside the hot path.

The token is all that a phone has to show; there is no account (docs/mechanisms/ingest.md). Other
modules never look into a token themselves.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.conf import settings

from mingtian.attendance.ingest.schedule import seats_expire
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.models import Seat as SeatRow
from mingtian.people.queries.members import Counted, list_counted


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSeat:
    """A seat whose token was shown: a phone of a household in one campaign.

    ``person_ids`` are those whom the stored seat speaks for now, which may be more or fewer than
    the token knew. ``withdrawn`` says that none of them is counted any more; such a seat still
    opens what is kept about its home.
    """

    seat_id: int
    campaign_id: int
    household_id: int
    unit_id: int
    person_ids: tuple[int, ...]
    expires_at: datetime
    withdrawn: bool


def open_seat(token: str, now: datetime) -> OpenSeat | None:
    """Return the seat that a token opens.

    None when no key in use made it, when its fourteen days after the campaign are over, or
    when its household has been erased.
    """
    told = _mint().open_seat(token)
    if told is None or told.expires <= now.timestamp():
        return None
    row = SeatRow.objects.filter(
        pk=told.seat, campaign_id=told.campaign, household_id=told.household
    ).first()
    if row is None:
        return None
    persons = _persons_of(row)
    return OpenSeat(
        seat_id=row.pk,
        campaign_id=told.campaign,
        household_id=told.household,
        unit_id=row.unit_id,
        person_ids=tuple(one.id for one in persons),
        expires_at=datetime.fromtimestamp(told.expires, UTC),
        withdrawn=all(one.departed for one in persons),
    )


def mint_seat(seat_id: int) -> str | None:
    """Make the token of a stored seat again, for a phone whose storage was wiped.

    None when the seat is gone or its household took its leave. The caller answers for the
    phone being the one that took the seat.
    """
    row = SeatRow.objects.select_related("campaign").filter(pk=seat_id).first()
    if row is None:
        return None
    persons = [one for one in _persons_of(row) if not one.departed]
    if not persons:
        return None
    seat = Seat(
        expires=seats_expire(row.campaign.last_on),
        campaign=row.campaign_id,
        seat=row.pk,
        household=row.household_id,
        unit=row.unit_id,
        members=tuple((one.id, one.unit_id, one.kind.value) for one in persons),
    )
    return _mint().seat(seat)


def _persons_of(row: SeatRow) -> list[Counted]:
    found = list_counted(row.persons)
    return [one for one in found if one.household_id == row.household_id]


@cache
def _mint() -> Mint:
    return Mint(settings.SEAT_KEYS)
