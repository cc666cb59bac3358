"""Which lectures a unit has boards for, and which of them to open first."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from mingtian.boards.rules import Evening
from mingtian.campaigns.queries.opened import OpenedLecture, find_opened, list_opened_around


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow(OpenedLecture):
    """A lecture of an opened campaign with the phases of its evening."""

    @property
    def id(self) -> int:
        return self.lecture_id

    @property
    def times(self) -> Evening:
        return Evening(
            doors_at=self.doors_at,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            closes_at=self.closes_at,
        )


def find_evening(lecture_id: int) -> EveningRow | None:
    """Return the lecture of an opened campaign, or None."""
    found = find_opened(lecture_id)
    return EveningRow(**asdict(found)) if found else None


def list_evenings(unit_id: int, day: date) -> list[EveningRow]:
    """Return the lectures of campaigns that a unit takes part in, or that run below it.

    In the order in which they are held. The tree is read as it stands on ``day``.
    """
    return [EveningRow(**asdict(each)) for each in list_opened_around(unit_id, day)]


def evening_to_open(evenings: Sequence[EveningRow], now: datetime) -> EveningRow | None:
    """Return the lecture whose doors opened last; before the first, the one that comes first."""
    begun = [each for each in evenings if each.doors_at <= now]
    if begun:
        return max(begun, key=lambda each: each.doors_at)
    return min(evenings, key=lambda each: each.doors_at, default=None)
