"""Who may see which board: staff within reach of a post, along that post's line."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.boards.evenings import EveningRow, find_evening
from mingtian.core.clock import day_of
from mingtian.org.access import get_unit_for, posts_of
from mingtian.org.queries import path_on
from mingtian.org.rules import Line, UnitKind
from mingtian.people.access import can_read_names
from mingtian.people.queries import PersonRow, list_roster

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Where a reader stands before a board: the evening, the unit and the line looked along.

    ``path`` are the keys from the top to the unit; those from ``reach`` on (a position in
    it) the reader may open as well.
    """

    evening: EveningRow
    unit_id: int
    public_id: str
    line: Line
    path: tuple[int, ...]
    reach: int


def get_seat_for(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Seat:
    """Return the reader's seat, or 404 when the board is absent or not the reader's to see.

    The tree is that of the lecture's day; the post must be held today.
    """
    evening = find_evening(lecture_id)
    if evening is None:
        raise Http404
    unit = get_unit_for(reader, public_id, day_of(now), tree_on=evening.held_on)
    paths = {line: path_on(unit.pk, evening.held_on, line) for line in Line}
    line, reach = _look_along(reader, UnitKind(unit.kind), paths, now)
    if not paths[line] or not _concerns(evening, unit.pk, paths):
        raise Http404
    return Seat(
        evening=evening,
        unit_id=unit.pk,
        public_id=unit.public_id,
        line=line,
        path=tuple(paths[line]),
        reach=reach,
    )


def may_see_names(reader: Reader, unit_id: int, now: datetime) -> bool:
    """Say whether the reader is class teacher of this very class today; nobody else sees names."""
    return can_read_names(reader, unit_id, day_of(now))


def get_class_for(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Seat:
    """Return the seat of this class's own teacher; 404 to everybody else, above it as well."""
    seat = get_seat_for(reader, lecture_id, public_id, now)
    if not may_see_names(reader, seat.unit_id, now):
        raise Http404
    return seat


def get_pupil_for(seat: Seat, person: str, now: datetime) -> PersonRow:
    """Return one on the roster of the seat's class, or 404. The seat is from get_class_for."""
    roster = list_roster(seat.unit_id, day_of(now))
    found = next((each for each in roster if each.public_id == person), None)
    if found is None:
        raise Http404
    return found


def own_units(reader: Reader, now: datetime) -> list[tuple[int, str]]:
    """Return key and public id of the units at which the reader holds posts, oldest first."""
    return [(post.unit_id, post.unit.public_id) for post in posts_of(reader, day_of(now))]


def _look_along(
    reader: Reader, kind: UnitKind, paths: dict[Line, list[int]], now: datetime
) -> tuple[Line, int]:
    """Return the line to sum along, and from which position of its path the reader may open.

    A sector committee is summed along the guiding line, because there stand its schools.
    """
    guided = kind is UnitKind.SECTOR and paths[Line.GUIDES]
    lines = [Line.GUIDES] if guided else [line for line in Line if paths[line]]
    if isinstance(reader, User) and reader.is_superuser and lines:
        return lines[0], 0
    posts = list(posts_of(reader, day_of(now)))
    for line in lines:
        tops = [
            paths[line].index(post.unit_id)
            for post in posts
            if post.line == line and post.unit_id in paths[line]
        ]
        if tops:
            return line, min(tops)
    line = lines[0] if lines else Line.LEADS
    return line, len(paths[line]) - 1


def _concerns(evening: EveningRow, unit_id: int, paths: dict[Line, list[int]]) -> bool:
    """Say whether the campaign runs at, above or below the unit."""
    if any(evening.scope_id in path for path in paths.values()):
        return True
    return any(unit_id in path_on(evening.scope_id, evening.held_on, line) for line in Line)
