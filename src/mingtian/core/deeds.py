"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("The trail itself")

DEEDS: dict[str, str | Promise] = {
    "core.trail_shortened": _("Deleted entries of the trail whose time is over"),
}
