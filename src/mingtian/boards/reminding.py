"""What other modules may know of a class's evening to remind its families: one text, one list."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404
from django.urls import reverse

from mingtian.boards.access import Seat, may_see_names
from mingtian.boards.class_lists import entry_url, list_not_yet, reminder
from mingtian.boards.evenings import find_evening
from mingtian.org.queries import UnitRow
from mingtian.org.rules import Line
from mingtian.people.actions import RosterNameRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Somebody who is not in yet. ``url`` is where the class teacher notes how they take part."""

    person: RosterNameRow
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminding:
    """The reminder, empty where none may be offered, the class's entry, and who is not in yet.

    Whoever is exempt, unwilling or was noted by hand is not among ``missing`` (EXE-1, EXE-2).
    """

    text: str
    entry: str
    missing: tuple[Missing, ...]


def reminding_of(
    reader: User | AnonymousUser, lecture_id: int, unit: UnitRow, now: datetime, *, names: bool
) -> Reminding:
    """Return it for the class's own teacher; 404 to everybody else. Reads names only if asked."""
    evening = find_evening(lecture_id)
    # Reading names asks for the right by itself.
    if evening is None or not (names or may_see_names(reader, unit.id, now)):
        raise Http404
    seat = Seat(
        evening=evening, unit_id=unit.id, public_id=unit.public_id, line=Line.LEADS,
        path=(unit.id,), reach=0,
    )  # fmt: skip
    people = list_not_yet(reader, seat, unit, now) if names else []
    entry = entry_url(seat)
    return Reminding(
        text=reminder(seat, entry, now),
        entry=entry,
        missing=tuple(Missing(person=each, url=_address(seat, each)) for each in people),
    )


def _address(seat: Seat, person: RosterNameRow) -> str:
    return reverse("boards:pupil", args=[seat.evening.id, seat.public_id, person.public_id])
