"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Units and posts")

DEEDS: dict[str, str | Promise] = {
    "org.code_assigned": _("Assigned a division code"),
    "org.post_ended": _("Ended a post"),
    "org.post_given": _("Gave a post"),
    "org.tree_created": _("Created units from a list"),
    "org.unit_closed": _("Closed a unit"),
    "org.unit_created": _("Created a unit"),
    "org.unit_merged": _("Merged a unit"),
    "org.unit_placed": _("Placed a unit"),
    "org.unit_renamed": _("Renamed a unit"),
}
