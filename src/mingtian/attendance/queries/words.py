"""How somebody took part who was noted by hand, wherever pages say it. Translated when read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.attendance.rules import How

HOW_WORDS: dict[How, str | Promise] = {
    How.TELEPHONE: _("by telephone"),
    How.PAPER: _("on paper"),
    How.IN_CLASS: _("in class"),
    How.OTHER_SCREEN: _("on another screen"),
}
