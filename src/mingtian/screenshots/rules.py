"""When a screenshot may be sent, how long it stays, when two look alike. Pure Python."""

from datetime import datetime, timedelta
from enum import StrEnum

KEPT_AFTER_CLOSING = timedelta(hours=48)
"""A picture is gone at the latest so long after its lecture's closing, tallied or not."""

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1080
"""Pixels of the longer side of what is kept: enough to read the page, no more."""

ALIKE_BITS = 2
"""Fingerprints of 64 bits that differ in no more than this are marked as alike."""


class Refusal(StrEnum):
    """Why a screenshot is not taken, or the switch not turned."""

    OFF = "screenshots_off"
    TOO_EARLY = "screenshot_too_early"
    TOO_LATE = "screenshot_too_late"
    NO_LECTURE = "screenshot_no_lecture"
    NO_CLASS = "screenshot_no_class"
    WITHDRAWN = "screenshot_withdrawn"
    NO_FILE = "screenshot_no_file"
    TOO_LARGE = "screenshot_too_large"
    NO_PICTURE = "screenshot_no_picture"
    TOO_MANY_PIXELS = "screenshot_too_many_pixels"
    DAMAGED = "screenshot_damaged"
    ANIMATED = "screenshot_animated"
    RULE_UNREAD = "screenshots_rule_unread"
    CAMPAIGN_OVER = "screenshots_campaign_over"


def time_refusal(now: datetime, *, starts_at: datetime, closes_at: datetime) -> Refusal | None:
    """Say why a picture of a lecture is not taken at this instant, or None when it is."""
    if now < starts_at:
        return Refusal.TOO_EARLY
    return Refusal.TOO_LATE if now >= closes_at else None


def alike(one: bytes, other: bytes) -> bool:
    """Say whether two fingerprints are nearly the same.

    A hint and no proof: pictures of one page resemble each other by themselves.
    """
    differing = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return differing.bit_count() <= ALIKE_BITS
