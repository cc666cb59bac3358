"""Reads of what a home did on its evenings, for the family itself (CER-1)."""

from collections.abc import Collection
from dataclasses import dataclass, field

from mingtian.attendance.models import ByHand, Gathering, Record, Seat
from mingtian.attendance.rules import How

Spot = tuple[int, int]
"""A person or unit, and a lecture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatRow:
    """A phone of a home in one campaign."""

    id: int
    campaign_id: int
    household_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """The two maps of one person at one lecture; ``live`` is None for the replay only."""

    live: int | None
    replay: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Evenings:
    """Everything that was recorded of some persons at some lectures, each basis by itself."""

    played: dict[Spot, Played] = field(default_factory=dict)
    by_hand: dict[Spot, How] = field(default_factory=dict)
    gathered: frozenset[Spot] = frozenset()
    """Units whose class watched together, with the lecture."""


def list_seats(seat_ids: Collection[int]) -> list[SeatRow]:
    """Return seats that are still there, the newest campaign first; erased ones are left out."""
    rows = Seat.objects.filter(pk__in=seat_ids).order_by("-campaign_id", "pk")
    return [
        SeatRow(id=seat, campaign_id=campaign, household_id=household, unit_id=unit)
        for seat, campaign, household, unit in rows.values_list(
            "pk", "campaign_id", "household_id", "unit_id"
        )
    ]


def list_evenings_of(
    *, person_ids: Collection[int], unit_ids: Collection[int], lecture_ids: Collection[int]
) -> Evenings:
    """Return what was recorded of the persons at the lectures: three queries, however many."""
    records = Record.objects.filter(lecture__in=lecture_ids, person__in=person_ids)
    notes = ByHand.objects.filter(
        lecture_id__in=lecture_ids, person_id__in=person_ids, undone_at=None
    )
    gatherings = Gathering.objects.filter(lecture_id__in=lecture_ids, unit_id__in=unit_ids)
    return Evenings(
        played={
            (person, lecture): Played(live=live, replay=replay)
            for person, lecture, live, replay in records.values_list(
                "person", "lecture", "live", "replay"
            )
        },
        by_hand={
            (person, lecture): How(how)
            for person, lecture, how in notes.values_list("person_id", "lecture_id", "how")
        },
        gathered=frozenset(gatherings.values_list("unit_id", "lecture_id")),
    )
