"""Refusals of likes and comments, beside those of attendance.ingest."""

from enum import StrEnum
from http import HTTPStatus


class Objection(StrEnum):
    """Stable codes that phones and people see."""

    NOBODY_THERE = "nobody_there"
    NOTHING_SAID = "nothing_said"
    TOO_LONG = "too_long"
    UNKNOWN_PHRASE = "unknown_phrase"
    ENOUGH_SAID = "enough_said"
    TALK_NOT_OPEN = "talk_not_open"
    TALK_OVER = "talk_over"
    LEFT = "left"
    UNKNOWN_FEED = "unknown_feed"


STATUS: dict[Objection, HTTPStatus] = {
    Objection.NOBODY_THERE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Objection.NOTHING_SAID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Objection.TOO_LONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    Objection.UNKNOWN_PHRASE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Objection.ENOUGH_SAID: HTTPStatus.TOO_MANY_REQUESTS,
    Objection.TALK_NOT_OPEN: HTTPStatus.CONFLICT,
    Objection.TALK_OVER: HTTPStatus.GONE,
    Objection.LEFT: HTTPStatus.GONE,
    Objection.UNKNOWN_FEED: HTTPStatus.NOT_FOUND,
}


class NotTaken(Exception):
    """A like or comment that is refused."""

    def __init__(self, objection: Objection, *, retry: int | None = None) -> None:
        super().__init__(objection)
        self.objection = objection
        self.retry = retry
