"""Who may see a day at a unit, confirm it, correct it, freeze it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.closings.days import DayRow, find_day
from mingtian.closings.rules import CONFIRMERS, CONFIRMING, FREEZERS
from mingtian.core.clock import day_of
from mingtian.org.access import get_unit_for, posts_of
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import COUNTING_KINDS, Line, Role

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A day at a unit, as a reader stands before it. ``path`` is along the leading line."""

    day: DayRow
    unit: UnitRow
    path: tuple[int, ...]
    may_confirm: bool
    may_correct: bool
    may_freeze: bool

    @property
    def subtree(self) -> str:
        return ".".join(map(str, self.path))


def get_place_for(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the place, or 404 when the day is absent, elsewhere, or not the reader's to see."""
    day = find_day(lecture_id)
    if day is None:
        raise Http404
    found = get_unit_for(reader, public_id, day_of(now), tree_on=day.held_on)
    unit = unit_rows([found.pk], day.held_on, in_full=True).get(found.pk)
    path = tuple(path_on(found.pk, day.held_on, Line.LEADS))
    if unit is None or day.scope_id not in path:
        raise Http404
    held = _roles_at(reader, path, day_of(now))
    own = held.get(unit.id, set())
    house = _house(path, day.held_on) if unit.kind in COUNTING_KINDS else None
    return Place(
        day=day,
        unit=unit,
        path=path,
        may_confirm=bool(own & CONFIRMERS.get(unit.kind, frozenset())),
        may_correct=house is not None and bool(held.get(house.id, set()) & CONFIRMERS[house.kind]),
        may_freeze=unit.id == day.scope_id and bool(own & FREEZERS),
    )


def get_place_to_confirm(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the place whose day the reader confirms, or 404."""
    return _only(get_place_for(reader, lecture_id, public_id, now), "may_confirm")


def get_place_to_correct(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the class, village or group whose numbers the reader's house corrects, or 404."""
    return _only(get_place_for(reader, lecture_id, public_id, now), "may_correct")


def get_place_to_freeze(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the scope whose day the reader freezes, or 404."""
    return _only(get_place_for(reader, lecture_id, public_id, now), "may_freeze")


def get_class_of_teacher(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the reader's own class, or 404."""
    place = get_place_for(reader, lecture_id, public_id, now)
    held = _roles_at(reader, place.path, day_of(now)).get(place.unit.id, set())
    if Role.CLASS_TEACHER not in held:
        raise Http404
    return place


def house_of(path: tuple[int, ...], day: date) -> UnitRow | None:
    """Return the school, township or committee that answers for what ends the path."""
    return _house(path, day)


def _only(place: Place, right: str) -> Place:
    if not getattr(place, right):
        raise Http404
    return place


def _roles_at(reader: Reader, path: tuple[int, ...], day: date) -> dict[int, set[Role]]:
    """Return the roles that the reader holds at the units of a path. A superuser holds none."""
    held: dict[int, set[Role]] = {}
    for post in posts_of(reader, day):
        if post.line == Line.LEADS.value and post.unit_id in path:
            held.setdefault(post.unit_id, set()).add(Role(post.role))
    return held


def _house(path: tuple[int, ...], day: date) -> UnitRow | None:
    units = unit_rows(path, day)
    above = [units[key] for key in reversed(path) if key in units]
    return next((unit for unit in above if unit.kind in CONFIRMING), None)
