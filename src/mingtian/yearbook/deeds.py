"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("The year")

DEEDS: dict[str, str | Promise] = {
    "yearbook.closed": _("Closed a year"),
    "yearbook.given_out": _("Gave out an edition of the year"),
    "yearbook.printed_noted": _("Noted a printed figure"),
    "yearbook.taken_out": _("Took the year out as a file"),
}
