"""Reads of meetings, follow-ups and talks, as frozen rows."""

from mingtian.meetings.queries.follow_ups import FollowUpRow, list_follow_ups
from mingtian.meetings.queries.meetings import (
    MeetingRow,
    list_meetings,
    meetings_about,
)

__all__ = [
    "FollowUpRow",
    "MeetingRow",
    "list_follow_ups",
    "list_meetings",
    "meetings_about",
]
