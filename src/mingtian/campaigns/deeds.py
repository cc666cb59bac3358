"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Campaigns")

DEEDS: dict[str, str | Promise] = {
    "campaigns.broadcast_chosen": _("Chose the recording of a lecture"),
    "campaigns.changed": _("Changed a campaign"),
    "campaigns.closed": _("Closed a campaign"),
    "campaigns.code_closed": _("Closed a learning code"),
    "campaigns.code_reissued": _("Gave out a new learning code in place of one"),
    "campaigns.codes_issued": _("Gave out learning codes"),
    "campaigns.created": _("Created a campaign"),
    "campaigns.lecture_added": _("Added a lecture"),
    "campaigns.lecture_removed": _("Took a lecture out"),
    "campaigns.lectures_planned": _("Planned the lectures"),
    "campaigns.mandate_set": _("Entered the mandate of a campaign"),
    "campaigns.opened": _("Opened a campaign"),
    "campaigns.preparation_begun": _("Began to prepare a recording"),
    "campaigns.preparation_failed": _("Could not prepare a recording"),
    "campaigns.preparation_finished": _("Prepared a recording"),
    "campaigns.stream_registered": _("Registered an outside stream"),
}
