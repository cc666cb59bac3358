"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Liaison groups")

DEEDS: dict[str, str | Promise] = {
    "groups.acknowledged": _("Acknowledged a post"),
    "groups.changed": _("Changed a group's entry"),
    "groups.closed": _("Closed a group"),
    "groups.decided": _("Decided on a piece for a group's board"),
    "groups.forwarded": _("Forwarded a piece to a group"),
    "groups.list_made": _("Made a distribution list"),
    "groups.list_removed": _("Removed a distribution list"),
    "groups.pasted": _("Noted a text as pasted into a group"),
    "groups.posted": _("Posted to groups"),
    "groups.registered": _("Registered a group"),
    "groups.rewritten": _("Rewrote a piece for a group's board"),
    "groups.robot_refused": _("Was refused a robot"),
    "groups.robot_removed": _("Removed a group's robot"),
    "groups.robot_set": _("Set up a group's robot"),
    "groups.tip": _("Wrote how to get into the lecture"),
    "groups.withdrawn": _("Withdrew a piece for a group's board"),
    "groups.written": _("Wrote a piece for a group's board"),
}
