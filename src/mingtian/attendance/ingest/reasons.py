"""Every refusal of the hot path: reply body, status, metric label, test and row in the docs."""

from enum import StrEnum
from http import HTTPStatus


class Reason(StrEnum):
    """Stable codes that phones and people see."""

    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NOT_FOUND = "not_found"
    WRONG_METHOD = "wrong_method"
    BAD_SEAT = "bad_seat"
    EXPIRED_SEAT = "expired_seat"
    OTHER_CAMPAIGN = "other_campaign"
    UNKNOWN_LECTURE = "unknown_lecture"
    NOT_OPEN_YET = "not_open_yet"
    OVER = "over"
    BUSY = "busy"
    NOT_DURABLE = "not_durable"
    UNKNOWN_CODE = "unknown_code"
    CLOSED_CODE = "closed_code"
    NOT_ON_ROSTER = "not_on_roster"
    ASK_CLASS_TEACHER = "ask_class_teacher"
    TOO_MANY_PEOPLE = "too_many_people"
    TWO_HOUSEHOLDS = "two_households"
    NOBODY_NAMED = "nobody_named"
    CONSENT_NEEDED = "consent_needed"
    WITHDRAWN = "withdrawn"
    NO_BROADCAST = "no_broadcast"


STATUS: dict[Reason, HTTPStatus] = {
    Reason.MALFORMED: HTTPStatus.BAD_REQUEST,
    Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Reason.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Reason.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Reason.WRONG_METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Reason.BAD_SEAT: HTTPStatus.UNAUTHORIZED,
    Reason.EXPIRED_SEAT: HTTPStatus.UNAUTHORIZED,
    Reason.OTHER_CAMPAIGN: HTTPStatus.FORBIDDEN,
    Reason.UNKNOWN_LECTURE: HTTPStatus.NOT_FOUND,
    Reason.NOT_OPEN_YET: HTTPStatus.CONFLICT,
    Reason.OVER: HTTPStatus.GONE,
    Reason.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Reason.NOT_DURABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Reason.UNKNOWN_CODE: HTTPStatus.NOT_FOUND,
    Reason.CLOSED_CODE: HTTPStatus.GONE,
    Reason.NOT_ON_ROSTER: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.ASK_CLASS_TEACHER: HTTPStatus.TOO_MANY_REQUESTS,
    Reason.TOO_MANY_PEOPLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.TWO_HOUSEHOLDS: HTTPStatus.CONFLICT,
    Reason.NOBODY_NAMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.CONSENT_NEEDED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.WITHDRAWN: HTTPStatus.GONE,
    Reason.NO_BROADCAST: HTTPStatus.NOT_FOUND,
}

RETRY_SECONDS: dict[Reason, int] = {
    Reason.BUSY: 5,
    Reason.NOT_DURABLE: 10,
    Reason.TOO_SLOW: 10,
}
"""When trying again makes sense; a reason that is missing here is final for that request."""


class Refused(Exception):
    """A request that is refused. ``facts`` go into the reply as they are.

    ``allow`` names the methods that the address answers, where the method was the fault.
    """

    def __init__(
        self, reason: Reason, *, retry: int | None = None, allow: str = "", **facts: object
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = RETRY_SECONDS.get(reason) if retry is None else retry
        self.allow = allow
        self.facts = facts
