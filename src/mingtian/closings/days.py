"""The lectures that closings speak of."""

from dataclasses import dataclass
from datetime import date, datetime

from mingtian.closings.statements import rows
from mingtian.org.queries import path_on, shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class DayRow:
    """A lecture as closings need it. ``lecture_id`` is the number in addresses."""

    lecture_id: int
    campaign_id: int
    campaign: str
    scope_id: int
    campaign_name: str
    campaign_name_en: str
    number: int
    held_on: date
    title: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime

    @property
    def shown_title(self) -> str:
        return shown_name(self.title, self.title_en)

    @property
    def shown_campaign(self) -> str:
        return shown_name(self.campaign_name, self.campaign_name_en)


def find_day(lecture_id: int) -> DayRow | None:
    """Return the lecture of an opened campaign, or None."""
    found = rows("lecture", {"lecture": lecture_id}, " WHERE l.id = %(lecture)s")
    return DayRow(**dict(zip(_DAY_COLUMNS, found[0], strict=True))) if found else None


def list_days(campaign_id: int) -> list[DayRow]:
    """Return the lectures of an opened campaign in their order."""
    found = rows("lecture", {"campaign": campaign_id}, _OF_CAMPAIGN)
    return [DayRow(**dict(zip(_DAY_COLUMNS, each, strict=True))) for each in found]


def days_just_over(*, after: datetime, until: datetime) -> list[tuple[DayRow, str]]:
    """Return the days that ended or closed between two instants and are not frozen.

    Each with the ltree path of its campaign's scope.
    """
    found = rows("lecture", {"after": after, "until": until}, _JUST_OVER)
    days = [DayRow(**dict(zip(_DAY_COLUMNS, each, strict=True))) for each in found]
    return [(day, ".".join(map(str, path_on(day.scope_id, day.held_on)))) for day in days]


_DAY_COLUMNS = (
    "lecture_id", "campaign_id", "campaign", "scope_id", "campaign_name", "campaign_name_en",
    "number", "held_on", "title", "title_en", "starts_at", "ends_at", "closes_at",
)  # fmt: skip
_OF_CAMPAIGN = " WHERE c.id = %(campaign)s ORDER BY l.starts_at, l.id"
_JUST_OVER = """
 WHERE ((l.ends_at > %(after)s AND l.ends_at <= %(until)s)
        OR (l.closes_at > %(after)s AND l.closes_at <= %(until)s))
   AND NOT EXISTS (SELECT FROM closings_closing AS f WHERE f.lecture_id = l.id)
"""
