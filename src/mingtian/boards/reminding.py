"""What other modules may know of a class's evening to remind its families: one text, one list."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User

from mingtian.boards.access import get_class_for
from mingtian.boards.class_lists import Listed, entry_url, list_names, reminder
from mingtian.boards.rules import Attending
from mingtian.org.queries import unit_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminding:
    """The reminder, empty where none may be offered, the class's entry, and who is not in yet.

    Whoever is exempt, unwilling or was noted by hand is not among ``missing`` (EXE-1, EXE-2).
    """

    text: str
    entry: str
    missing: tuple[Listed, ...]


def reminding_of(
    reader: User | AnonymousUser, lecture_id: int, public_id: str, now: datetime, *, names: bool
) -> Reminding:
    """Return it for the class's own teacher; 404 to everybody else. Reads names only if asked."""
    seat = get_class_for(reader, lecture_id, public_id, now)
    if not names:
        entry = entry_url(seat)
        return Reminding(text=reminder(seat, entry, now), entry=entry, missing=())
    unit = unit_rows([seat.unit_id], seat.evening.held_on)[seat.unit_id]
    found = list_names(reader, seat, unit, now)
    missing = next(each.people for each in found.lists if each.state is Attending.NOT_YET)
    return Reminding(text=found.reminder, entry=found.entry, missing=missing)
