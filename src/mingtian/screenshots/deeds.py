"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Screenshots")

DEEDS: dict[str, str | Promise] = {
    "screenshots.deleted": _("Deleted screenshots"),
    "screenshots.forgotten": _("Deleted the screenshots of a home"),
    "screenshots.seen": _("Looked at screenshots"),
    "screenshots.switched_off": _("Switched screenshots off"),
    "screenshots.switched_on": _("Switched screenshots on"),
    "screenshots.term_over": _("Deleted the screenshots of a term that is over"),
}
