"""Reads of pairs and visits; inside the vault's door unless said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from mingtian.care.rules import Area
from mingtian.core.clock import day_of
from mingtian.org.queries import person_name, unit_rows
from mingtian.pairs.models import Duty, Goal, Pair, Visit
from mingtian.pairs.rules import Ending, Question, State, Way
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass
from mingtian.web.paging import ROWS

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

MOST_VISITS = 60
C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class PairRow:
    """A pair as it stands, by numbers. ``helps``: the reader helps in it; ``named``: may open the name."""

    id: int
    public_id: str
    child_id: int
    child: str
    unit: str
    helper: str
    beside: str
    starts_on: date
    until: date | None
    rhythm: int
    made_on: date | None
    due_on: date
    state: State
    ended_on: date | None
    ended_for: Ending | None
    helps: bool
    named: bool

    @property
    def is_silent(self) -> bool:
        return self.state is State.SILENT


@dataclass(frozen=True, kw_only=True, slots=True)
class PairPage:
    """A page of pairs, with how many there are in all."""

    rows: tuple[PairRow, ...]
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalRow:
    """A goal, opened."""

    area: Area
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitRow:
    """A visit or a try. ``note`` is empty where the reader opens none."""

    own: UUID
    pair: str
    by: str
    began_at: datetime
    received_at: datetime
    minutes: int
    way: Way
    made: bool
    areas: tuple[Area, ...]
    note: str
    wrong: bool
    questions: tuple[Question, ...]
    looked_at: datetime | None
    is_own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """Somebody who helps or helped in a pair."""

    name: str
    is_lead: bool
    starts_at: datetime
    ends_at: datetime | None
    ended_for: Ending | None
    note: str


def list_pairs(
    door: Door, *, show: State | None = None, mine: bool = False, page: int = 1, most: int = ROWS
) -> PairPage:
    """Return pairs in sight: the silent first, then by their next visit. Two statements.

    Without ``show`` those that have not ended; ``mine``: in which the reader helps. Beyond the last
    page stands the last, for two more.
    """
    values = {
        "day": day_of(door.now), "show": show.value if show else None, "mine": mine,
        "most": most, "skipped": (page - 1) * most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LIST, values)
        found = cursor.fetchall()
    if page > 1 and not found:
        number = list_pairs(door, show=show, mine=mine, most=most).number
        return list_pairs(door, show=show, mine=mine, page=max(1, -(-number // most)), most=most)
    number = found[0][-1] if found else 0
    units = unit_rows({row[3] for row in found}, day_of(door.now)) if found else {}
    titles = {key: row.title for key, row in units.items()}
    return PairPage(rows=tuple(_row(row, titles) for row in found), number=number)


def pair_row(door: Door, pair: Pair) -> PairRow:
    """Return one pair in sight as lists show it. Two statements."""
    values = {
        "day": day_of(door.now), "show": None, "mine": False, "most": 1, "skipped": 0,
        "pair": pair.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ONE, values)
        found = cursor.fetchone()
    assert found is not None
    units = unit_rows({found[3]}, day_of(door.now))
    return _row(found, {key: row.title for key, row in units.items()})


def open_helping(door: Door, pair: Pair) -> "ChildSeal":
    """Open what is helping of the pair's child, once for a page; the reading is noted. Two statements."""
    return door.keys([pair.child_id], [C.HELPING])[pair.child_id]


def goals_of(pair: Pair, seal: "ChildSeal | None") -> list[GoalRow]:
    """Return the goals that hold, in the order of the areas; none without a key. One statement."""
    if seal is None:
        return []
    rows = list(Goal.objects.filter(pair=pair, ended_at=None))
    goals = [
        GoalRow(
            area=Area(row.area), at=row.at,
            text=seal.open(C.HELPING, row.text, "pairs_goal", "text", row.public_id),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(goals, key=lambda goal: list(Area).index(goal.area))


def visits_of(door: Door, pair: Pair, seal: "ChildSeal | None") -> list[VisitRow]:
    """Return visits of a pair in sight, the newest first; without a key their notes stay closed."""
    rows = list(
        Visit.objects.select_related("by", "pair").filter(pair=pair).order_by("-began_at", "-pk")
        .only(*_VISIT)[:MOST_VISITS]
    )  # fmt: skip

    def text(row: Visit) -> str:
        if seal is None or row.note is None:
            return ""
        return seal.open(C.HELPING, row.note, "pairs_visit", "note", str(row.own))

    return [_visit(row, text(row), door) for row in rows]


def duties_of(pair: Pair, seal: "ChildSeal | None") -> list[DutyRow]:
    """Return who helps, the first before who helps beside, then who helped, as far as in sight; with
    notes of hand-over."""
    rows = list(
        Duty.objects.select_related("user").filter(pair=pair)
        .order_by(F("ends_at").desc(nulls_first=True), "-is_lead", "-pk")
        .only(
            "public_id", "is_lead", "starts_at", "ends_at", "ended_for", "note", "user__username",
            "user__first_name", "user__last_name"
        )
    )  # fmt: skip
    return [
        DutyRow(
            name=person_name(row.user), is_lead=row.is_lead, starts_at=row.starts_at,
            ends_at=row.ends_at, ended_for=Ending(row.ended_for) if row.ended_for else None,
            note="" if seal is None or row.note is None
            else seal.open(C.HELPING, row.note, "pairs_duty", "note", row.public_id),
        )
        for row in rows
    ]  # fmt: skip


def beside_of(pair: Pair) -> int | None:
    """Return the account of whoever helps beside the first now, in sight. One statement."""
    now = Duty.objects.filter(pair=pair, is_lead=False, ends_at=None)
    return now.values_list("user_id", flat=True).first()


def list_questions(door: Door) -> list[VisitRow]:
    """Return visits about which something may be asked, or where something is wrong, and nobody has
    asked yet; those that are wrong first, then the newest."""
    rows = (
        Visit.objects.select_related("by", "pair").only(*_VISIT)
        .filter(~Q(questions=[]) | Q(wrong=True), looked_at=None).order_by("-wrong", "-began_at")[:MOST_VISITS]
    )  # fmt: skip
    return [_visit(row, "", door) for row in rows]


def _visit(row: Visit, note: str, door: Door) -> VisitRow:
    return VisitRow(
        own=row.own, pair=row.pair.public_id, by=person_name(row.by), began_at=row.began_at,
        received_at=row.received_at, minutes=row.minutes, way=Way(row.way), made=row.made,
        areas=tuple(Area(area) for area in row.areas), note=note, wrong=row.wrong,
        questions=tuple(Question(each) for each in row.questions), looked_at=row.looked_at,
        is_own=row.by_id == door.user_id,
    )  # fmt: skip


def _row(found: Collection[Any], titles: dict[int, str]) -> PairRow:
    (
        key, public, child_id, unit_id, child, starts_on, until, rhythm, made_on, due, ended_at,
        ended_for, state, helper, beside, helps, named, _number,
    ) = found  # fmt: skip
    return PairRow(
        id=key, public_id=public, child_id=child_id, child=child,
        unit=titles.get(unit_id, "–"), helper=helper or "", beside=beside or "",
        starts_on=starts_on, until=until, rhythm=rhythm, made_on=made_on, due_on=due,
        state=State(state), ended_on=day_of(ended_at) if ended_at else None,
        ended_for=Ending(ended_for) if ended_for else None, helps=helps, named=named,
    )  # fmt: skip


_VISIT = (
    "own", "pair__public_id", "by__username", "by__first_name", "by__last_name", "began_at", "received_at", "minutes", "way", "made",
    "areas", "note", "wrong", "questions", "looked_at", "child_id",
)  # fmt: skip

_LIST = """
    WITH stands AS MATERIALIZED (
        SELECT pair.*, child.unit_id, child.public_id AS child, child.state AS file,
               greatest(pair.starts_on, pair.made_on, pair.resumed_on) + pair.rhythm AS due_on,
               lead.name AS helper, beside.name AS beside,
               coalesce(pairs_vetted(lead.user_id) >= %(day)s, false)
                   OR coalesce(pairs_vetted(beside.user_id) >= %(day)s, false) AS helped,
               pair.id = ANY ((SELECT pairs_mine())::bigint[]) AS helps
        FROM pairs_pair pair
        JOIN vault_child child ON child.id = pair.child_id
        LEFT JOIN LATERAL (
            SELECT duty.user_id, org_person_name(person.first_name, person.last_name, person.username) AS name
            FROM pairs_duty duty
            JOIN auth_user person ON person.id = duty.user_id
            WHERE duty.pair_id = pair.id AND duty.is_lead AND duty.ends_at IS NULL
        ) lead ON true
        LEFT JOIN LATERAL (
            SELECT duty.user_id, org_person_name(person.first_name, person.last_name, person.username) AS name
            FROM pairs_duty duty
            JOIN auth_user person ON person.id = duty.user_id
            WHERE duty.pair_id = pair.id AND NOT duty.is_lead AND duty.ends_at IS NULL
        ) beside ON true
    ), told AS (
        SELECT stands.*, CASE WHEN ended_at IS NOT NULL THEN 'ended'
                              WHEN paused_at IS NOT NULL THEN 'paused'
                              WHEN due_on < %(day)s THEN 'silent'
                              WHEN NOT helped THEN 'inactive' ELSE 'active' END AS stand
        FROM stands
    )
    SELECT id, public_id, child_id, unit_id, child, starts_on, until, rhythm, made_on, due_on,
           ended_at, ended_for, stand, helper, beside, helps,
           helps OR (file = 'open' AND child_id = ANY ((SELECT vault_ids('files'))::bigint[]))
                 OR child_id = ANY ((SELECT vault_ids('reader'))::bigint[]),
           count(*) OVER ()
    FROM told
    WHERE (%(show)s::text IS NULL AND stand <> 'ended' OR stand = %(show)s) AND (helps OR NOT %(mine)s)
    ORDER BY stand <> 'silent', due_on, id
    LIMIT %(most)s OFFSET %(skipped)s
"""

_ONE = _LIST.replace(
    "JOIN vault_child child ON child.id = pair.child_id",
    "JOIN vault_child child ON child.id = pair.child_id AND pair.id = %(pair)s",
).replace("%(show)s::text IS NULL AND stand <> 'ended'", "%(show)s::text IS NULL")

__all__ = [
    "DutyRow",
    "GoalRow",
    "PairPage",
    "PairRow",
    "VisitRow",
    "beside_of",
    "duties_of",
    "goals_of",
    "list_pairs",
    "list_questions",
    "open_helping",
    "pair_row",
    "visits_of",
]
