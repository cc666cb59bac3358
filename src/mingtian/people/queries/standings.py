"""Reads of who is exempt or unwilling, by person and by day. Shown at the class only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingtian.people.models import Standing
from mingtian.people.rules import ExemptReason, StandingState


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingRow:
    """Why a pupil's family is not expected, or does not wish to take part, and how long.

    ``ends_on`` is the first day on which it no longer holds; None while it stands. ``reason``
    is None for the unwilling, who owe none.
    """

    public_id: str
    person_id: int
    unit_id: int
    state: StandingState
    reason: ExemptReason | None
    starts_on: date
    review_on: date | None
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on the day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def list_standings_on(person_ids: Iterable[int], day: date) -> dict[int, StandingRow]:
    """Return what holds on the day, by person; at most one each."""
    held = Standing.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return {row.person_id: row for row in _rows(held.filter(person_id__in=list(person_ids)))}


def list_standings_of(person_ids: Iterable[int]) -> list[StandingRow]:
    """Return everything that ever held for these persons, oldest first, mistakes left out.

    A decision that was replaced on its own first day held on no day.
    """
    rows = _rows(Standing.objects.filter(person_id__in=list(person_ids)))
    return [row for row in rows if row.ends_on is None or row.starts_on < row.ends_on]


def _rows(standings: QuerySet[Standing]) -> list[StandingRow]:
    return [
        StandingRow(
            public_id=each.public_id,
            person_id=each.person_id,
            unit_id=each.unit_id,
            state=StandingState(each.state),
            reason=ExemptReason(each.reason) if each.reason else None,
            starts_on=each.starts_on,
            review_on=each.review_on,
            ends_on=each.ends_on,
        )
        for each in standings.order_by("starts_on", "pk")
    ]
