"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
