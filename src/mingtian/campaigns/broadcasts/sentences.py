"""What is told about a recording that cannot be shown: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.campaigns.broadcasts.refusals import Refusal

RECORDINGS: dict[str, str | Promise] = {
    Refusal.MISSING: _("The recording was not found. Choose the file again."),
    Refusal.EMPTY: _("The recording is an empty file. Copy or upload it again."),
    Refusal.UNREADABLE: _(
        "The recording cannot be read: either it is no video, or copying it broke off. "
        "Copy it again, or export it as MP4 (H.264)."
    ),
    Refusal.NO_PICTURE: _(
        "The recording has sound but no picture. Choose the video, or export it with the picture."
    ),
    Refusal.TOO_SHORT: _(
        "The recording is shorter than five seconds. Choose the recording of the whole lecture."
    ),
    Refusal.TOO_LONG: _(
        "The recording is longer than four hours. Cut it to the lecture and choose it again."
    ),
    Refusal.CUT_OFF: _(
        "The end of the recording is missing; copying it probably broke off. Copy it again in full."
    ),
    Refusal.PICTURE_DAMAGED: _(
        "The picture of the recording is damaged and cannot be shown. "
        "Export the video again from the original."
    ),
    Refusal.SOUND_DAMAGED: _(
        "The sound of the recording is damaged and cannot be played. "
        "Export the video again from the original."
    ),
    Refusal.NO_ROOM: _(
        "There is not enough room on the server's disk for this recording. "
        "Ask the technician to make room, then prepare it again."
    ),
    Refusal.STALLED: _(
        "The recording could not be prepared in reasonable time. Export it as MP4 (H.264) "
        "and choose it again."
    ),
    Refusal.UNEVEN: _(
        "The recording could not be cut evenly. Export it as MP4 (H.264) with a constant "
        "frame rate and choose it again."
    ),
    Refusal.BAD_SEGMENT_LENGTH: _("A segment lasts from 1 to 10 seconds. Give a whole number."),
    Refusal.BAD_ADDRESS: _(
        "This is no usable address of a live stream. It must begin with https:// and end "
        "in .m3u8; ask the broadcaster for the HLS address."
    ),
    Refusal.NO_TITLE: _(
        "The title must have 1 to 160 characters. Write one that families will recognise."
    ),
    Refusal.UNKNOWN: _("There is no broadcast with this id. Look it up in the list of broadcasts."),
}
