"""When things happen: in the year of the reports, or in the weeks before a demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mingtian.aid.rules import Term, parse_term, term_of
from mingtian.core.clock import SHANGHAI


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """``aid``: each term with the day on which its lists are entered, approved and paid.

    Accounts and posts begin with ``since``; pairs and cases with ``begun``; visits and reviews come
    between ``begun`` and ``now``.
    """

    since: date
    begun: datetime
    aid: Sequence[tuple[Term, datetime]]
    now: datetime

    def days_after(self, days: int, hour: int = 10) -> datetime:
        """Return an hour of a day after the beginning, never after now."""
        return min(
            at(self.begun.astimezone(SHANGHAI).date() + timedelta(days=days), hour), self.now
        )


def at(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in Shanghai."""
    return datetime.combine(day, time(hour), SHANGHAI)


def of_2023() -> Times:
    """Return the year of the reports: both terms of 2023, told of on 19 March 2024 (F53)."""
    return Times(
        since=date(2023, 3, 1), begun=at(date(2023, 9, 11)),
        aid=((parse_term("2023-1"), at(date(2023, 5, 15))),
             (parse_term("2023-2"), at(date(2023, 11, 15)))),
        now=at(date(2024, 3, 19)),
    )  # fmt: skip


def before(now: datetime, since: date) -> Times:
    """Return the weeks before now, none of them before the tree has its units (``since``)."""
    today = now.astimezone(SHANGHAI).date()

    def days_ago(days: int) -> datetime:
        return min(at(max(since, today - timedelta(days=days))), now)

    paid = days_ago(9)
    return Times(
        since=since, begun=days_ago(21),
        aid=((term_of(paid.astimezone(SHANGHAI).date()), paid),), now=now,
    )  # fmt: skip
