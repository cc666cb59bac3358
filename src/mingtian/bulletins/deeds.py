"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Bulletins")

DEEDS: dict[str, str | Promise] = {
    "bulletins.begun": _("Began a bulletin or a supervision note"),
    "bulletins.comparison": _("Changed the comparison of units of a campaign"),
    "bulletins.dropped": _("Dropped a draft of a bulletin"),
    "bulletins.edited": _("Edited a bulletin"),
    "bulletins.figures_taken": _("Took the figures of a bulletin anew"),
    "bulletins.issued": _("Issued a bulletin"),
}
