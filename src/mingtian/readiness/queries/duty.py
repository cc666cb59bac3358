"""Reads of duty: who has charge of which evening, who asks to change (SUP-5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.campaigns.queries import list_lectures
from mingtian.org.queries import person_name, shown_name
from mingtian.org.rules import IN_LECTURES
from mingtian.readiness.models import Swap, Turn
from mingtian.readiness.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDutyRow:
    """Who has charge of a school's evening; ``stands_in`` when it is the substitute.

    A class teacher on duty holds no post at the school itself.
    """

    unit_id: int
    lecture_id: int
    user_id: int
    account: str
    name: str
    stands_in: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """An evening of the roster: people's names and their accounts, empty for nobody."""

    lecture_id: int
    number: int
    title: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    first: str
    substitute: str
    first_account: str
    substitute_account: str
    over: bool

    @property
    def is_gap(self) -> bool:
        return not self.first and not self.over


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnRow:
    """A turn of somebody: ``campaign`` is its name, ``asked`` an open request about it."""

    public_id: str
    campaign: str
    number: int
    unit: str
    starts_at: datetime
    substitute: bool
    asked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SwapRow:
    """A request to change: the turn, and the one given in return (None for taking over)."""

    public_id: str
    unit: str
    number: int
    starts_at: datetime
    back_number: int | None
    back_starts_at: datetime | None
    asked_by: str
    asked_of: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """An account that may be named for duty."""

    id: int
    username: str
    name: str


def on_duty(unit_ids: Collection[int], day: date) -> dict[int, list[OnDutyRow]]:
    """Return who has charge of the evenings of a day, by school. One statement.

    The substitute stands in where the first one's account is off or post has ended. A school
    that is missing has named nobody: its principal has charge.
    """
    found: dict[int, list[OnDutyRow]] = {}
    values = {"units": list(unit_ids), "day": day, "roles": sorted(IN_LECTURES)}
    for unit, lecture, user, account, name, place in rows("on_duty", values):
        row = OnDutyRow(
            unit_id=unit,
            lecture_id=lecture,
            user_id=user,
            account=account,
            name=name,
            stands_in=place == Turn.SUBSTITUTE,
        )
        found.setdefault(unit, []).append(row)
    return found


def charges_of(user_id: int, day: date) -> list[OnDutyRow]:
    """Return the evenings of a day of which somebody has charge, as ``on_duty`` says.

    Two statements, one for whoever is named for none of them.
    """
    named = Turn.objects.filter(user_id=user_id, lecture__held_on=day)
    schools = set(named.values_list("unit_id", flat=True))
    found = on_duty(schools, day) if schools else {}
    return [each for every in found.values() for each in every if each.user_id == user_id]


def list_evenings(campaign_id: int, unit_id: int, now: datetime) -> list[EveningRow]:
    """Return the roster of a school, evening by evening. Two statements."""
    turns = Turn.objects.filter(unit_id=unit_id, lecture__campaign_id=campaign_id)
    named = {(turn.lecture_id, turn.place): turn.user for turn in turns.select_related("user")}
    return [
        EveningRow(
            lecture_id=each.id,
            number=each.number,
            title=each.title,
            held_on=each.held_on,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            first=person_name(first),
            substitute=person_name(second),
            first_account=first.get_username() if first else "",
            substitute_account=second.get_username() if second else "",
            over=now >= each.ends_at,
        )
        for each in list_lectures(campaign_id)
        for first, second in [
            (named.get((each.id, Turn.FIRST)), named.get((each.id, Turn.SUBSTITUTE)))
        ]
    ]


def list_staff(path: Sequence[int], day: date) -> list[Staff]:
    """Return whoever holds a post at the school or in it, by name. One statement.

    Posts that serve single children have no part in the lectures.
    """
    values = {"path": ".".join(map(str, path)), "day": day, "roles": sorted(IN_LECTURES)}
    return [
        Staff(id=key, username=account, name=name)
        for key, account, name in rows("staff_below", values)
    ]


def list_turns_of(user_id: int, units: Collection[int], now: datetime) -> list[TurnRow]:
    """Return somebody's turns at these units that are not over. Two statements."""
    found = list(
        Turn.objects.filter(user_id=user_id, unit_id__in=units, lecture__ends_at__gt=now)
        .select_related("lecture__campaign", "unit")
        .order_by("lecture__starts_at")
    )
    swaps = Swap.objects.filter(turn__in=found, state=Swap.OPEN).select_related("asked_of")
    asked = {swap.turn_id: person_name(swap.asked_of) for swap in swaps}
    return [
        TurnRow(
            public_id=each.public_id,
            campaign=shown_name(each.lecture.campaign.name, each.lecture.campaign.name_en),
            number=each.lecture.number,
            unit=shown_name(each.unit.name, each.unit.name_en),
            starts_at=each.lecture.starts_at,
            substitute=each.place == Turn.SUBSTITUTE,
            asked=asked.get(each.pk, ""),
        )
        for each in found
    ]


def list_colleagues(unit_ids: Collection[int], user_id: int, now: datetime) -> list[TurnRow]:
    """Return the turns of others at these schools that could be taken in return. One statement."""
    found = (
        Turn.objects.filter(unit_id__in=unit_ids, lecture__ends_at__gt=now)
        .exclude(user_id=user_id)
        .select_related("lecture__campaign", "unit", "user")
        .order_by("lecture__starts_at", "place")
    )
    return [
        TurnRow(
            public_id=each.public_id,
            campaign="",
            number=each.lecture.number,
            unit=shown_name(each.unit.name, each.unit.name_en),
            starts_at=each.lecture.starts_at,
            substitute=each.place == Turn.SUBSTITUTE,
            asked=person_name(each.user),
        )
        for each in found
    ]


def list_open_swaps(
    user_id: int, units: Collection[int], now: datetime
) -> tuple[list[SwapRow], list[SwapRow]]:
    """Return what somebody is asked at these units, and has asked there. Two statements."""
    found = (
        Swap.objects.filter(
            state=Swap.OPEN, turn__unit_id__in=units, turn__lecture__ends_at__gt=now
        )
        .select_related("turn__lecture", "turn__unit", "back__lecture", "asked_by", "asked_of")
        .order_by("asked_at")
    )
    asked = [_swap_row(each) for each in found.filter(asked_of_id=user_id)]
    return asked, [_swap_row(each) for each in found.filter(asked_by_id=user_id)]


def _swap_row(swap: Swap) -> SwapRow:
    lecture, back = swap.turn.lecture, swap.back
    return SwapRow(
        public_id=swap.public_id,
        unit=shown_name(swap.turn.unit.name, swap.turn.unit.name_en),
        number=lecture.number,
        starts_at=lecture.starts_at,
        back_number=back.lecture.number if back else None,
        back_starts_at=back.lecture.starts_at if back else None,
        asked_by=person_name(swap.asked_by),
        asked_of=person_name(swap.asked_of),
        note=swap.note,
    )
