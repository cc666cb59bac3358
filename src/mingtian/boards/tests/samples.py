"""Rows that need no database."""

from datetime import UTC, date, datetime, timedelta

from mingtian.boards.evenings import EveningRow
from mingtian.org.queries import UnitRow
from mingtian.org.rules import UnitKind

STARTS = datetime(2026, 9, 18, 12, 0, tzinfo=UTC)


def evening_row(number: int = 1, *, starts: datetime = STARTS, compares: bool = True) -> EveningRow:
    """Return the n-th lecture of a campaign, which compares its units unless told otherwise."""
    return EveningRow(
        lecture_id=number,
        campaign_id=1,
        campaign="c0000000samp",
        compares_units=compares,
        scope_id=9,
        campaign_name="关爱明天、普法先行",
        campaign_name_en="Care for tomorrow, law first",
        number=number,
        held_on=date(2026, 9, 18),
        title="未成年人保护法",
        title_en="Minors",
        needed_slots=40,
        doors_at=starts - timedelta(minutes=10),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        closes_at=starts + timedelta(hours=16),
    )


EVENING = evening_row()


def unit_row(key: int, kind: UnitKind = UnitKind.SCHOOL) -> UnitRow:
    return UnitRow(id=key, public_id=f"unit{key:08d}", kind=kind, name=f"第{key}小学", name_en="")
