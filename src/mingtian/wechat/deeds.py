"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("WeChat")

DEEDS: dict[str, str | Promise] = {
    "wechat.forgotten": _("Deleted a home's link to WeChat"),
    "wechat.term_over": _("Deleted the links to WeChat of a term that is over"),
}
