"""The lectures of opened campaigns, as boards, closings and those above them need them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingtian.campaigns.statements import fetch
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLecture:
    """A lecture with its campaign. ``lecture_id`` is the number in addresses.

    ``compares_units`` says whether the campaign's units may be given places (RNK-1).
    """

    lecture_id: int
    campaign_id: int
    campaign: str
    scope_id: int
    campaign_name: str
    campaign_name_en: str
    needed_slots: int
    compares_units: bool
    number: int
    held_on: date
    title: str
    title_en: str
    doors_at: datetime
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime

    @property
    def shown_title(self) -> str:
        return shown_name(self.title, self.title_en)

    @property
    def shown_campaign(self) -> str:
        return shown_name(self.campaign_name, self.campaign_name_en)


def find_opened(lecture_id: int) -> OpenedLecture | None:
    """Return the lecture of an opened campaign, or None."""
    found = _opened("opened_lecture", {"lecture": lecture_id})
    return found[0] if found else None


def list_opened(campaign_id: int) -> list[OpenedLecture]:
    """Return the lectures of an opened campaign in their order."""
    return _opened("opened_of_campaign", {"campaign": campaign_id})


def list_opened_around(unit_id: int, day: date) -> list[OpenedLecture]:
    """Return the lectures of campaigns that a unit takes part in, or that run below it.

    In the order in which they are held. The unit's place is read as it stands on ``day``.
    """
    return _opened("opened_around", {"unit": unit_id, "day": day})


def list_just_over(*, after: datetime, until: datetime) -> list[OpenedLecture]:
    """Return the lectures that ended or closed between two instants."""
    return _opened("opened_just_over", {"after": after, "until": until})


def _opened(name: str, values: dict[str, Any]) -> list[OpenedLecture]:
    return [
        OpenedLecture(**dict(zip(_COLUMNS, row, strict=True)))
        for row in fetch(name, values, also="opened")
    ]


_COLUMNS = tuple(OpenedLecture.__dataclass_fields__)
