"""Who sees and does what in supervision: along the line, never across, and nothing at the auditor's.

Above a school its classes are not named.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.closings.queries import DayRow, find_day
from mingtian.core.clock import day_of
from mingtian.org.access import get_unit_for, posts_of
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import IN_OFFICE, MORE_THAN_FIGURES, Line, Role, UnitKind
from mingtian.supervision.models import ContactTask, FollowUp, Ticket, Visit
from mingtian.supervision.rules import ACTING, OFFICES, PASSING, VISIT_PLANNERS, VISITING, State

Reader = User | AnonymousUser
Held = Mapping[int, set[Role]]

INSIDE = frozenset({UnitKind.SCHOOL, UnitKind.GRADE, UnitKind.CLASS})
CLASSES = frozenset({UnitKind.CLASS, UnitKind.GRADE, UnitKind.STAFF_GROUP})
"""Units that are not named above their school."""

HEARD = frozenset({*OFFICES, UnitKind.VILLAGE})
"""Units about which the office directly above, when it is told by telephone, opens a ticket."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A unit as a reader stands before it. ``path`` is along ``line``.

    ``acts`` at the very unit; ``opens`` tickets about it, there or directly above; ``inside`` its
    house; ``reads`` words and not figures alone.
    """

    unit: UnitRow
    line: Line
    path: tuple[int, ...]
    acts: bool
    opens: bool
    plans: bool
    inside: bool
    reads: bool

    @property
    def subtree(self) -> str:
        return ".".join(map(str, self.path))


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskPlace:
    """A contact task as a reader stands before it."""

    task: ContactTask
    about: UnitRow
    owner: UnitRow
    may_act: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketPlace:
    """A ticket as a reader stands before it. ``about`` is its house where classes are not named.

    ``office`` holds it, ``above`` is the next one up. ``stands_at``: the office for which the
    reader acts, the one that passed it up for those who had it before.
    """

    ticket: Ticket
    about: UnitRow
    office: UnitRow
    above: UnitRow | None
    stands_at: int
    may_answer: bool
    may_solve: bool
    may_give: bool
    may_pass: bool
    has_passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitPlace:
    """A visit as a reader stands before it."""

    visit: Visit
    school: UnitRow
    visitor: UnitRow
    may_write: bool
    acts_at: frozenset[int]
    """Units of the visit at which the reader does follow-ups."""


def get_place_for(reader: Reader, public_id: str, now: datetime, tree_on: date) -> Place:
    """Return the place, or 404 when the unit is absent or not the reader's to see."""
    found = get_unit_for(reader, public_id, day_of(now), tree_on=tree_on)
    unit = unit_rows([found.pk], tree_on, in_full=True).get(found.pk)
    line = Line.GUIDES if unit and unit.kind is UnitKind.SECTOR else Line.LEADS
    paths = _paths(found.pk, tree_on)
    if unit is None or not paths[line]:
        raise Http404
    held = _held(reader, paths, now)
    own = held.get(unit.id, set())
    acts = bool(own & ACTING.get(unit.kind, frozenset()))
    return Place(
        unit=unit,
        line=line,
        path=tuple(paths[line]),
        acts=acts,
        opens=acts or (unit.kind in HEARD and _is_directly_above(paths[Line.LEADS], held)),
        plans=unit.kind in VISITING and bool(own & VISIT_PLANNERS),
        inside=unit.kind in INSIDE and _inside(paths[line], tree_on, held),
        reads=_reading(held) or _is_superuser(reader),
    )


def get_evening_for(
    reader: Reader, lecture_id: int, public_id: str, now: datetime
) -> tuple[DayRow, Place]:
    """Return the evening and the place, or 404 when either is not the reader's to see."""
    day = find_day(lecture_id)
    if day is None:
        raise Http404
    place = get_place_for(reader, public_id, now, day.held_on)
    leads = path_on(place.unit.id, day.held_on) if place.line is Line.GUIDES else place.path
    if day.scope_id not in leads and day.scope_id not in place.path:
        raise Http404
    return day, place


def get_place_to_open(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit about which the reader may say that help is needed, or 404."""
    place = get_place_for(reader, public_id, now, day_of(now))
    if not place.opens:
        raise Http404
    return place


def get_place_of_visits(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return a school, or a unit that visits schools, with its visits, or 404."""
    place = get_place_for(reader, public_id, now, day_of(now))
    if not place.reads or place.unit.kind not in VISITING | {UnitKind.SCHOOL}:
        raise Http404
    return place


def get_place_to_visit_from(reader: Reader, public_id: str, now: datetime) -> Place:
    """Return the unit for which the reader plans visits, or 404."""
    place = get_place_of_visits(reader, public_id, now)
    if not place.plans:
        raise Http404
    return place


def get_task_for(reader: Reader, public_id: str, now: datetime) -> TaskPlace:
    """Return the task: to the unit that calls, to whom it was handed down, and to offices above."""
    task = ContactTask.objects.filter(public_id=public_id).first()
    if task is None:
        raise Http404
    day = day_of(task.made_at)
    held = _held(reader, _paths(task.about_id, day), now)
    below = held.get(task.about_id, set()) if task.given_below else set()
    above = _reading(held, besides=task.about_id)
    if not (above or below & MORE_THAN_FIGURES or _is_superuser(reader)):
        raise Http404
    units = unit_rows([task.about_id, task.owner_id], day, in_full=True)
    about, owner = units[task.about_id], units[task.owner_id]
    return TaskPlace(
        task=task,
        about=about,
        owner=owner,
        may_act=bool(
            held.get(owner.id, set()) & ACTING[owner.kind] or below & ACTING.get(about.kind, set())
        ),
    )


def get_task_to_act(reader: Reader, public_id: str, now: datetime) -> TaskPlace:
    """Return the task that the reader may do, or 404."""
    place = get_task_for(reader, public_id, now)
    if not place.may_act:
        raise Http404
    return place


def get_ticket_for(reader: Reader, public_id: str, now: datetime) -> TicketPlace:
    """Return the ticket: to the unit it is about, to offices above it, and to nobody beside."""
    ticket = Ticket.objects.filter(public_id=public_id).first()
    if ticket is None:
        raise Http404
    day = day_of(ticket.opened_at)
    paths = _paths(ticket.about_id, day)
    held = _held(reader, paths, now)
    if not (_reading(held) or _is_superuser(reader)):
        raise Http404
    units = unit_rows({ticket.office_id, *paths[Line.LEADS]}, day, in_full=True)
    way = [units[key] for key in reversed(paths[Line.LEADS]) if key in units]
    acting = {each.id for each in way if held.get(each.id, set()) & ACTING.get(each.kind, set())}
    return _ticket_place(ticket, units[ticket.office_id], way, acting, frozenset(held))


def _ticket_place(
    ticket: Ticket,
    office: UnitRow,
    way: Sequence[UnitRow],
    acting: AbstractSet[int],
    held: AbstractSet[int],
) -> TicketPlace:
    """Put a reader who acts at some units before a ticket. ``way`` leads up from what it is about."""
    about = way[0]
    asked = [each for each in way[1:] if each.kind in OFFICES] or [about]
    at = next((number for number, each in enumerate(asked) if each.id == office.id), 0)
    house, passed = asked[0], [each for each in asked[:at] if each.id in acting]
    answering, there = office.id in acting, about.id in acting
    named = about.kind not in CLASSES or bool({about.id, house.id} & held)
    may_answer = answering or (there and ticket.given_below)
    return TicketPlace(
        ticket=ticket,
        about=about if named else house,
        office=office,
        above=asked[at + 1] if at + 1 < len(asked) else None,
        stands_at=passed[0].id if passed and not may_answer else office.id,
        may_answer=may_answer,
        may_solve=answering or there or bool(passed),
        may_give=answering and ticket.state == State.OPEN,
        may_pass=answering and at + 1 < len(asked) and ticket.state in PASSING,
        has_passed=bool(passed),
    )


def get_ticket_to(reader: Reader, public_id: str, now: datetime, right: str) -> TicketPlace:
    """Return the ticket with which the reader may do that, or 404.

    Whoever had it until it was passed up is told so by the rules and not sent away.
    """
    place = get_ticket_for(reader, public_id, now)
    if not (getattr(place, right) or place.has_passed):
        raise Http404
    return place


def get_visit_for(reader: Reader, public_id: str, now: datetime) -> VisitPlace:
    """Return the visit: to the school, and to offices above it on either line."""
    visit = Visit.objects.filter(public_id=public_id).first()
    if visit is None:
        raise Http404
    day = day_of(visit.planned_at)
    held = _held(reader, _paths(visit.school_id, day), now)
    if not (_reading(held) or _is_superuser(reader)):
        raise Http404
    units = unit_rows([visit.school_id, visit.visitor_id], day)
    school, visitor = units[visit.school_id], units[visit.visitor_id]
    return VisitPlace(
        visit=visit,
        school=school,
        visitor=visitor,
        may_write=bool(held.get(visitor.id, set()) & VISIT_PLANNERS),
        acts_at=frozenset(
            unit.id for unit in (school, visitor) if held.get(unit.id, set()) & ACTING[unit.kind]
        ),
    )


def get_visit_to_write(reader: Reader, public_id: str, now: datetime) -> VisitPlace:
    """Return the visit of the reader's own unit, or 404."""
    place = get_visit_for(reader, public_id, now)
    if not place.may_write:
        raise Http404
    return place


def get_follow_up_to_do(
    reader: Reader, public_id: str, now: datetime
) -> tuple[FollowUp, VisitPlace]:
    """Return what is to be done and its visit, to the unit that does it, or 404."""
    found = FollowUp.objects.select_related("visit").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    place = get_visit_for(reader, found.visit.public_id, now)
    if found.owner_id not in place.acts_at:
        raise Http404
    return found, place


def office_above(unit: UnitRow, day: date) -> UnitRow:
    """Return who answers a unit's tickets: the nearest office above it, or itself at the top."""
    path = path_on(unit.id, day)
    units = unit_rows(path, day)
    above = [units[key] for key in reversed(path[:-1]) if key in units]
    return next((each for each in above if each.kind in OFFICES), unit)


def _paths(unit_id: int, day: date) -> dict[Line, list[int]]:
    return {line: path_on(unit_id, day, line) for line in Line}


def _held(reader: Reader, paths: Mapping[Line, Sequence[int]], now: datetime) -> Held:
    """Return the roles that the reader holds today at the units of these paths, by unit."""
    held: dict[int, set[Role]] = {}
    for post in posts_of(reader, day_of(now)):
        if post.unit_id in paths[Line(post.line)]:
            held.setdefault(post.unit_id, set()).add(Role(post.role))
    return held


def _reading(held: Held, besides: int | None = None) -> bool:
    """Say whether some post, other than at one unit, reads more than figures."""
    return any(roles & MORE_THAN_FIGURES for unit, roles in held.items() if unit != besides)


def _is_directly_above(path: Sequence[int], held: Held) -> bool:
    return len(path) > 1 and bool(held.get(path[-2], set()) & IN_OFFICE)


def _inside(path: Sequence[int], day: date, held: Held) -> bool:
    units = unit_rows(path, day)
    return any(key in held for key in path if key in units and units[key].kind in INSIDE)


def _is_superuser(reader: Reader) -> bool:
    return reader.is_active and reader.is_superuser
