"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.attendance.queries.words import HOW_WORDS

AREA = _("The evening's count")

DEEDS: dict[str, str | Promise] = {
    "attendance.appeal_declined": _("Declined a family's question"),
    "attendance.appeal_granted": _("Granted a family's question"),
    "attendance.appeal_open": _("Opened a family's question again"),
    "attendance.appeal_opened": _("Asked about an evening, as a family"),
    "attendance.appeals_read": _("Read the questions of families"),
    "attendance.brought_in": _("Brought what was counted before into a home"),
    "attendance.forgotten": _("Deleted what was counted of a home"),
    "attendance.gathering_dropped": _("Took back watching together in class"),
    "attendance.gathering_opened": _("Opened watching together in class"),
    "attendance.heads_counted": _("Counted heads in class"),
    "attendance.note_undone": _("Took a note by hand back"),
    "attendance.noted": _("Noted attendance by hand"),
    "attendance.swept": _("Deleted what was left of homes that went"),
    "attendance.term_over": _("Deleted the counts of a term that is over"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "attendance.how": HOW_WORDS,
}
