"""The codes with which a recording is refused. The sentences stand in ``sentences.py``."""

from enum import StrEnum

from mingtian.core.errors import RuleBroken


class Refusal(StrEnum):
    MISSING = "recording_missing"
    EMPTY = "recording_empty"
    UNREADABLE = "recording_unreadable"
    NO_PICTURE = "recording_no_picture"
    TOO_SHORT = "recording_too_short"
    TOO_LONG = "recording_too_long"
    CUT_OFF = "recording_cut_off"
    PICTURE_DAMAGED = "recording_picture_damaged"
    SOUND_DAMAGED = "recording_sound_damaged"
    NO_ROOM = "recording_no_room"
    STALLED = "recording_stalled"
    UNEVEN = "recording_uneven"
    BAD_SEGMENT_LENGTH = "bad_segment_length"
    BAD_ADDRESS = "bad_live_address"
    NO_TITLE = "broadcast_title_missing"
    UNKNOWN = "broadcast_unknown"


class BroadcastRefused(RuleBroken):
    """The recording cannot be shown; ``facts`` may name seconds or bytes, never a path."""
