"""The lectures that prompts speak of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from mingtian.org.queries import shown_name
from mingtian.prompts.rules import OPENS, Kind, Times
from mingtian.prompts.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """A lecture as prompts need it. ``lecture_id`` is the number in addresses."""

    lecture_id: int
    campaign_id: int
    scope_id: int
    number: int
    held_on: date
    title: str
    title_en: str
    times: Times
    is_open: bool

    @property
    def shown_title(self) -> str:
        return shown_name(self.title, self.title_en)


def find_evening(lecture_id: int) -> EveningRow | None:
    """Return the lecture of an opened campaign, or None."""
    found = rows("lecture", {"lecture": lecture_id})
    if not found:
        return None
    key, campaign, scope, number, day, title, title_en, starts, ends, is_open = found[0]
    return EveningRow(
        lecture_id=cast("int", key), campaign_id=cast("int", campaign),
        scope_id=cast("int", scope), number=cast("int", number), held_on=cast("date", day),
        title=str(title), title_en=str(title_en),
        times=Times(starts_at=cast("datetime", starts), ends_at=cast("datetime", ends)),
        is_open=bool(is_open),
    )  # fmt: skip


def evening_at(unit_id: int, now: datetime) -> int | None:
    """Return the lecture a unit looks at: the last whose prompts have begun, else the next one."""
    values: dict[str, object] = {"unit": unit_id, "now": now, "opens": OPENS[Kind.HALF_HOUR]}
    found = rows("of_unit", values)
    return cast("int", found[0][0]) if found else None
