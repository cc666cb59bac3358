"""The lectures that closings speak of."""

from datetime import datetime

from mingtian.campaigns.queries import opened
from mingtian.closings.models import Closing
from mingtian.org.queries import path_on

DayRow = opened.OpenedLecture
find_day = opened.find_opened
list_days = opened.list_opened


def days_just_over(*, after: datetime, until: datetime) -> list[tuple[DayRow, str]]:
    """Return the days that ended or closed between two instants and are not frozen.

    Each with the ltree path of its campaign's scope.
    """
    days = opened.list_just_over(after=after, until=until)
    keys = [day.lecture_id for day in days]
    frozen = set(Closing.objects.filter(lecture_id__in=keys).values_list("lecture_id", flat=True))
    return [
        (day, ".".join(map(str, path_on(day.scope_id, day.held_on))))
        for day in days
        if day.lecture_id not in frozen
    ]
