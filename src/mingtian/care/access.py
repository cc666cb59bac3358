"""Who stands how before a case or a child, behind the vault's door.

What a person does not see by policy is not there (404). Beyond that, posts that only enter lists of
aid see no case, and each right below comes from a part in the child's life or from a post above it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from mingtian.care.models import (
    Assignment,
    Note,
    Plan,
    Referral,
    Report,
    Service,
    Talk,
    Ticket,
    Transfer,
)
from mingtian.care.rules import WORKING, ClosedFor, Due, PlanState, Risk, State, due, is_silent
from mingtian.care.statements import Row, rows
from mingtian.core.clock import day_of
from mingtian.org.queries.tree import shown_name
from mingtian.org.rules import Role, UnitKind
from mingtian.vault.access import Door
from mingtian.vault.rules import SUPERVISING, SUPERVISING_AT, Part

DECIDING_AT = SUPERVISING_AT - {UnitKind.SCHOOL}
"""Offices of places approve plans; a school's office sees what concerns its pupils."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The posts by which a person stands above a child."""

    oversees: bool
    decides: bool
    works_here: bool

    @property
    def any(self) -> bool:
        return self.oversees or self.works_here


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A hand-over that waits for its receiver."""

    public_id: str
    to_id: int
    to: str
    by_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePlace:
    """A case as a reader stands before it. ``opens``: may read the file; ``works``: may write it."""

    id: int
    public_id: str
    number: str
    child_id: int
    child: str
    is_erased: bool
    unit_id: int
    school_id: int | None
    unit: str
    school: str
    state: State
    risk: Risk | None
    version: int
    worker_id: int | None
    worker: str
    opened_at: datetime
    contact_from: date | None
    contact_on: date | None
    due_on: date | None
    answer_on: date | None
    plan_state: PlanState | None
    closed_at: datetime | None
    closed_for: str
    works: bool
    opens: bool
    standing: Standing
    asked: Asked | None
    today: date
    reader_id: int

    @property
    def due(self) -> Due:
        return Due.NONE if self.closed_at else due(self.due_on, self.today)

    @property
    def is_silent(self) -> bool:
        return self.closed_at is None and is_silent(self.contact_from, self.contact_on, self.today)

    @property
    def is_unanswered(self) -> bool:
        """Another body has not answered by the day that was agreed on."""
        return bool(self.closed_at is None and self.answer_on and self.answer_on < self.today)

    @property
    def may_reopen(self) -> bool:
        return bool(self.closed_at) and self.standing.works_here

    @property
    def may_decide(self) -> bool:
        return self.standing.decides and self.plan_state is PlanState.SUBMITTED

    @property
    def may_take(self) -> bool:
        return self.asked is not None and self.asked.to_id == self.reader_id

    @property
    def may_take_back(self) -> bool:
        """May call a hand-over off: whoever works here, and offices above, whoever of them asked."""
        return self.asked is not None and (self.works or self.standing.decides)

    @property
    def may_hand_over(self) -> bool:
        return self.closed_at is None and (self.works or self.standing.decides)

    @property
    def was_erased(self) -> bool:
        return self.closed_for == ClosedFor.ERASED or self.is_erased


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildPlace:
    """A child as a reader stands before it, with the case that is open, if any."""

    id: int
    public_id: str
    unit_id: int
    school_id: int | None
    unit: str
    school: str
    parts: frozenset[Part]
    standing: Standing
    registers: bool
    case_id: int | None
    case: str
    number: str


def get_case_for(door: Door, public_id: str) -> CasePlace:
    """Return the case, or 404 when it is out of sight or the reader's posts only enter lists."""
    found = rows("place", {"case": public_id, "day": day_of(door.now)})
    if not found:
        raise Http404
    place = _case(found[0], door)
    if not (place.opens or place.standing.any or place.may_take):
        raise Http404
    return place


def get_case_to_read(door: Door, public_id: str) -> CasePlace:
    """Return the case whose file the person opens, or 404."""
    place = get_case_for(door, public_id)
    if not place.opens:
        raise Http404
    return place


def get_case_to_write(door: Door, public_id: str) -> CasePlace:
    """Return the case in which the person works, or 404.

    A closed one is let through to whoever works at the place, so that the rules say what to do.
    """
    place = get_case_for(door, public_id)
    if not (place.works or (place.closed_at and place.standing.works_here)):
        raise Http404
    return place


def get_case_to_hand_over(door: Door, public_id: str) -> CasePlace:
    """Return the case whose hands the person may change: a worker of it, or an office above it."""
    place = get_case_for(door, public_id)
    if not (place.works or place.standing.decides):
        raise Http404
    return place


def get_duty_to_end(door: Door, case: str, public_id: str) -> tuple[CasePlace, Assignment]:
    """Return somebody's work in a case whose hands the person may change, or 404: also that in another case."""
    place = get_case_to_hand_over(door, case)
    own = Assignment.objects.filter(case_id=place.id, public_id=public_id).first()
    if own is None:
        raise Http404
    return place, own


def get_case_to_decide(door: Door, public_id: str) -> CasePlace:
    """Return the case whose plan the person's office decides on, or 404."""
    place = get_case_for(door, public_id)
    if not place.standing.decides:
        raise Http404
    return place


def get_case_to_reopen(door: Door, public_id: str) -> CasePlace:
    """Return the case that the person may open again, or 404."""
    place = get_case_for(door, public_id)
    if not place.standing.works_here:
        raise Http404
    return place


def get_child_for(door: Door, public_id: str) -> ChildPlace:
    """Return the child to whoever has a part in its life or a post above it, or 404."""
    found = rows("child_place", {"child": public_id, "day": day_of(door.now)})
    if not found:
        raise Http404
    place = _child(found[0])
    if not (place.parts or place.standing.any):
        raise Http404
    return place


def get_child_to_open(door: Door, public_id: str) -> ChildPlace:
    """Return the child for whom the person may open a case, or 404."""
    place = get_child_for(door, public_id)
    if not place.registers:
        raise Http404
    return place


def get_child_with_part(door: Door, public_id: str, among: Collection[Part]) -> ChildPlace:
    """Return the child in whose life the person has one of these parts, or 404."""
    place = get_child_for(door, public_id)
    if not place.parts & frozenset(among):
        raise Http404
    return place


def get_service_to_write(door: Door, public_id: str) -> tuple[Service, CasePlace]:
    """Return a service of a case in which the person works, or 404."""
    row = Service.objects.select_related("case").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_case_to_write(door, row.case.public_id)


def get_referral_to_write(door: Door, public_id: str) -> tuple[Referral, CasePlace]:
    """Return a referral of a case in which the person works, or 404."""
    row = Referral.objects.select_related("case").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_case_to_write(door, row.case.public_id)


def get_plan_to_decide(door: Door, public_id: str) -> tuple[Plan, CasePlace]:
    """Return a plan on which the person's office decides, or 404."""
    row = Plan.objects.select_related("case").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_case_to_decide(door, row.case.public_id)


def get_transfer_for(door: Door, public_id: str) -> tuple[Transfer, CasePlace]:
    """Return a hand-over to its receiver and to whoever asked for it, or 404."""
    row, place = _transfer(door, public_id)
    if door.user_id not in {row.to_id, row.by_id} and not place.works:
        raise Http404
    return row, place


def get_transfer_to_end(door: Door, public_id: str) -> tuple[Transfer, CasePlace]:
    """Return a hand-over to whom it concerns and to offices above, which may call it off, or 404."""
    row, place = _transfer(door, public_id)
    return (row, place) if place.standing.decides else get_transfer_for(door, public_id)


def _transfer(door: Door, public_id: str) -> tuple[Transfer, CasePlace]:
    row = Transfer.objects.select_related("case").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_case_for(door, row.case.public_id)


def get_ticket_for(door: Door, public_id: str) -> tuple[Ticket, ChildPlace]:
    """Return the ticket to whoever opened it, has the case, or has an office above; else 404."""
    row = Ticket.objects.select_related("child").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_child_for(door, row.child.public_id)


def get_report_for(door: Door, public_id: str) -> tuple[Report, ChildPlace]:
    """Return the report of duty, or 404."""
    row = Report.objects.select_related("child").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row, get_child_for(door, row.child.public_id)


def get_talk_for(door: Door, public_id: str) -> tuple[Talk, Note, ChildPlace]:
    """Return a talk with its notes to the counsellor whose notes they are, or 404."""
    row = Talk.objects.select_related("child").filter(public_id=public_id).first()
    note = None if row is None else Note.objects.filter(talk_id=row.pk).first()
    if row is None or note is None:
        raise Http404
    return row, note, get_child_with_part(door, row.child.public_id, {Part.COUNSELLOR})


def get_talk_above(door: Door, public_id: str) -> Talk:
    """Return that a talk took place to an office above the child, or 404."""
    row = Talk.objects.select_related("child").filter(public_id=public_id).first()
    if row is None or not get_child_for(door, row.child.public_id).standing.oversees:
        raise Http404
    return row


def get_referral_above(door: Door, public_id: str) -> Referral:
    """Return a referral to an office above the child, or 404."""
    row = Referral.objects.select_related("child").filter(public_id=public_id).first()
    if row is None or not get_child_for(door, row.child.public_id).standing.oversees:
        raise Http404
    return row


def _standing(posts: Collection[str]) -> Standing:
    held = [each.split("@") for each in posts]
    above = {UnitKind(kind) for role, kind in held if Role(role) in SUPERVISING}
    return Standing(
        oversees=bool(above & SUPERVISING_AT),
        decides=bool(above & DECIDING_AT),
        works_here=any(Role(role) in WORKING for role, _ in held),
    )


def _case(row: Row, door: Door) -> CasePlace:
    (
        key, public, number, child_id, child, is_erased, unit_id, school_id, name, name_en, school,
        school_en, state, risk, version, worker_id, worker, opened_at, contact_from, contact_on,
        due_on, answer_on, plan_state, closed_at, closed_for, works, reads, posts, asked, to_id, to, by_id, at,
    ) = row  # fmt: skip
    return CasePlace(
        id=key, public_id=public, number=number, child_id=child_id, child=child,
        is_erased=is_erased, unit_id=unit_id, school_id=school_id,
        unit=shown_name(name or "", name_en or ""), school=shown_name(school or "", school_en or ""),
        state=State(state), risk=Risk(risk) if risk else None, version=version,
        worker_id=worker_id, worker=worker or "", opened_at=opened_at, contact_from=contact_from,
        contact_on=contact_on, due_on=due_on, answer_on=answer_on,
        plan_state=PlanState(plan_state) if plan_state else None, closed_at=closed_at,
        closed_for=closed_for, works=works, opens=works or reads, standing=_standing(posts),
        asked=Asked(public_id=asked, to_id=to_id, to=to or "", by_id=by_id, at=at) if asked else None,
        today=day_of(door.now), reader_id=door.user_id,
    )  # fmt: skip


def _child(row: Row) -> ChildPlace:
    (
        key, public, unit_id, school_id, name, name_en, school, school_en, parts, posts,
        registers, case_id, case, number,
    ) = row  # fmt: skip
    return ChildPlace(
        id=key, public_id=public, unit_id=unit_id, school_id=school_id,
        unit=shown_name(name or "", name_en or ""), school=shown_name(school or "", school_en or ""),
        parts=frozenset(Part(part) for part in parts), standing=_standing(posts),
        registers=registers, case_id=case_id, case=case or "", number=number or "",
    )  # fmt: skip
