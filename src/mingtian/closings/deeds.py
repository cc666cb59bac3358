"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("The days")

DEEDS: dict[str, str | Promise] = {
    "closings.answered": _("Answered a question about a day"),
    "closings.confirmed": _("Confirmed a day"),
    "closings.corrected": _("Corrected a day's figure"),
    "closings.frozen": _("Froze a day"),
    "closings.summary_sent": _("Passed the class summary on"),
}
