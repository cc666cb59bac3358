"""Changes of meetings: record, change, call off, resolve, follow up, talk."""

from mingtian.meetings.actions.follow_ups import (
    Task,
    follow_resolution,
    follow_talk,
    resolve,
    settle,
)
from mingtian.meetings.actions.meetings import MeetingSpec, call_off, change, record
from mingtian.meetings.actions.talks import TalkSpec, record_talk

__all__ = [
    "MeetingSpec",
    "TalkSpec",
    "Task",
    "call_off",
    "change",
    "follow_resolution",
    "follow_talk",
    "record",
    "record_talk",
    "resolve",
    "settle",
]
