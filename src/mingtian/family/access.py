"""Which homes a browser may see: those whose seat tokens it showed within half an hour.

A phone keeps the tokens; the server keeps nothing. After a check of each token a signed cookie
names the seats (docs/decisions/0011). Every row that a family page reaches comes from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from mingtian.attendance.access import open_seat
from mingtian.attendance.queries.evenings import SeatRow, list_seats
from mingtian.campaigns.queries import CampaignRow, LectureRow, list_lectures
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.family.rules import MOST_SEATS, OPEN_FOR
from mingtian.people.queries.homes import MemberRow, list_members, public_ids_of_homes

COOKIE = "my"
CHOSEN = "my_home"
PATH = "/my"
_SALT = "mingtian.family.homes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """One home in one campaign, as a phone may see it. ``number`` counts from 1."""

    number: int
    household_id: int
    public_id: str
    campaign: CampaignRow
    members: tuple[MemberRow, ...]
    seats: tuple[int, ...]

    @property
    def actor(self) -> str:
        """How the audit trail names the family itself."""
        return f"household:{self.public_id}"

    @property
    def person_ids(self) -> list[int]:
        return [one.id for one in self.members]

    @property
    def has_left(self) -> bool:
        """True while the home has taken its leave and nothing is counted."""
        return bool(self.members) and all(one.departed_at for one in self.members)


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """All homes of one phone, and the one that is looked at."""

    homes: tuple[Home, ...]
    home: Home


def seats_of_tokens(tokens: Iterable[str], now: datetime) -> list[int]:
    """Return the seats of those tokens that are ours, not run out, and of homes still there."""
    opened = (open_seat(token, now) for token in tokens)
    return list(dict.fromkeys(seat.seat_id for seat in opened if seat is not None))[:MOST_SEATS]


def remember(
    response: HttpResponseBase, seats: Iterable[int], *, now: datetime, secure: bool
) -> None:
    """Let this browser see the homes of these seats until the half hour is over."""
    until = int((now + OPEN_FOR).timestamp())
    value = signing.dumps({"seats": list(seats), "until": until}, salt=_SALT, compress=True)
    response.set_cookie(
        COOKIE, value, max_age=OPEN_FOR, path=PATH, secure=secure, httponly=True, samesite="Lax"
    )


def choose(response: HttpResponseBase, number: int, *, secure: bool) -> None:
    """Remember which home of the phone is looked at."""
    response.set_cookie(
        CHOSEN, str(number), max_age=OPEN_FOR, path=PATH, secure=secure, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def forget_visit(response: HttpResponseBase) -> None:
    """Close the page on this browser; the phone's own seats stay."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    response.delete_cookie(CHOSEN, path=PATH, samesite="Lax")


def visit_of(request: HttpRequest, now: datetime) -> Visit | None:
    """Return what this browser may see, or None: nothing shown, run out, forged, or erased."""
    homes = _homes(list_seats(_seats_in_cookie(request, now)))
    if not homes:
        return None
    wanted = request.COOKIES.get(CHOSEN, "")
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 3 else 1
    return Visit(homes=homes, home=homes[chosen - 1] if 1 <= chosen <= len(homes) else homes[0])


def get_member_of(home: Home, public_id: str) -> MemberRow:
    """Return somebody of this home, or 404: absent and of another home look alike."""
    found = next((one for one in home.members if one.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def get_lecture_of(home: Home, number: int) -> LectureRow:
    """Return a lecture of the home's campaign by its number, or 404."""
    lectures = list_lectures(home.campaign.id)
    found = next((one for one in lectures if one.number == number), None)
    if found is None:
        raise Http404
    return found


def _seats_in_cookie(request: HttpRequest, now: datetime) -> list[int]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return []
    return list(kept["seats"]) if now.timestamp() < kept["until"] else []


def _homes(seats: list[SeatRow]) -> tuple[Home, ...]:
    if not seats:
        return ()
    by_home: dict[tuple[int, int], list[int]] = {}
    for seat in seats:
        by_home.setdefault((seat.campaign_id, seat.household_id), []).append(seat.id)
    campaigns = campaigns_by_id({campaign for campaign, _household in by_home})
    members = list_members({household for _campaign, household in by_home})
    public_ids = public_ids_of_homes(members)
    return tuple(
        Home(
            number=number,
            household_id=household,
            public_id=public_ids[household],
            campaign=campaigns[campaign],
            members=tuple(members[household]),
            seats=tuple(ids),
        )
        for number, ((campaign, household), ids) in enumerate(
            ((key, ids) for key, ids in by_home.items() if key[1] in members), start=1
        )
    )
