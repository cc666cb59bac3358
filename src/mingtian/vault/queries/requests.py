"""Requests to read or erase, and broken glasses, for those who made or supervise them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mingtian.org.queries import person_name
from mingtian.vault.access import Door
from mingtian.vault.models import Request
from mingtian.vault.rules import Asking
from mingtian.vault.sealing import open_reason

MOST_SHOWN = 100

_CALLED = ("username", "first_name", "last_name")


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestRow:
    """A request as it stands at an instant.

    ``reason`` is opened for whoever made or supervises it. ``waits`` says whether a supervisor is
    still to decide or to look; ``is_own`` whether the reader made it; ``is_open`` whether it opens the file
    now; ``is_over`` whether it did and no longer does. People are told by name, nobody is "".
    """

    public_id: str
    child: str
    child_id: int
    kind: Asking
    reason: str
    basis: str
    days: int | None
    asked_by: str
    asked_at: datetime
    granted: bool | None
    decided_by: str
    opens_until: datetime | None
    verdict: str
    reviewed_by: str
    waits: bool
    is_own: bool
    is_open: bool
    is_over: bool


def list_requests(door: Door, *, child: int | None = None) -> list[RequestRow]:
    """Return the requests in sight of the person at the door, those that wait first. Two statements."""
    people = ("asked_by", "decided_by", "reviewed_by")
    rows = Request.objects.select_related("child", *people).only(
        "public_id", "kind", "reason", "basis", "days", "asked_at", "granted", "opens_until",
        "verdict", "reviewed_at", "child__public_id",
        *(f"{who}__{each}" for who in people for each in _CALLED),
    )  # fmt: skip
    if child is not None:
        rows = rows.filter(child_id=child)
    waits = Q(granted=None) | Q(kind=Asking.GLASS, reviewed_at=None)
    ordered = [*rows.filter(waits).order_by("asked_at")[:MOST_SHOWN]]
    ordered += rows.exclude(waits).order_by("-asked_at")[:MOST_SHOWN]
    return [request_row(row, door) for row in ordered]


def request_row(row: Request, door: Door) -> RequestRow:
    """Return a request as the person at the door sees it."""
    until = row.opens_until
    return RequestRow(
        public_id=row.public_id,
        child=row.child.public_id,
        child_id=row.child_id,
        kind=Asking(row.kind),
        reason=open_reason(row.public_id, row.reason),
        basis=row.basis,
        days=row.days,
        asked_by=person_name(row.asked_by),
        asked_at=row.asked_at,
        granted=row.granted,
        decided_by=person_name(row.decided_by),
        opens_until=until,
        verdict=row.verdict,
        reviewed_by=person_name(row.reviewed_by),
        waits=row.granted is None or (row.kind == Asking.GLASS and row.reviewed_at is None),
        is_own=row.asked_by_id == door.user_id,
        is_open=until is not None and until > door.now,
        is_over=until is not None and until <= door.now,
    )
