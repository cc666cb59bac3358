"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.meetings.words import KIND_WORDS, STATE_WORDS, WAY_WORDS

AREA = _("Meetings")

DEEDS: dict[str, str | Promise] = {
    "meetings.called_off": _("Called a meeting off"),
    "meetings.changed": _("Changed a meeting's record"),
    "meetings.followed": _("Gave somebody a follow-up"),
    "meetings.recorded": _("Recorded a meeting"),
    "meetings.resolved": _("Entered a resolution"),
    "meetings.settled": _("Ended a follow-up"),
    "meetings.talked": _("Entered a talk with another body"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "meetings.kind": KIND_WORDS,
    "meetings.to": STATE_WORDS,
    "meetings.way": WAY_WORDS,
}
