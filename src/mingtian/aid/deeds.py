"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.aid.words import KINDS, LEVELS, RECEIVERS, RETURNS, SEND_BACKS

AREA = _("Aid")

DEEDS: dict[str, str | Promise] = {
    "aid.batch_dissolved": _("Dissolved a batch of payments"),
    "aid.batch_made": _("Put approved grants into a batch"),
    "aid.batch_paid": _("Noted a batch as paid"),
    "aid.file_opened": _("Opened the bank file of a batch"),
    "aid.fund_opened": _("Opened a fund"),
    "aid.held": _("Put grants on hold"),
    "aid.limit_set": _("Set another limit for the office of a fund"),
    "aid.list_entered": _("Entered a list of grants"),
    "aid.list_sent_back": _("Sent a list of grants back"),
    "aid.lists_approved": _("Approved lists of grants"),
    "aid.money_came": _("Entered money that came in"),
    "aid.rate_added": _("Added a rate to a scheme"),
    "aid.received": _("Noted grants as received"),
    "aid.returned": _("Noted a grant as returned"),
    "aid.scheme_added": _("Added a scheme"),
    "aid.taken_up": _("Let a grant on hold wait again"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "aid.kind": KINDS,
    "aid.level": LEVELS,
    "aid.list_sent_back.reason": SEND_BACKS,
    "aid.returned.reason": RETURNS,
    "aid.who": RECEIVERS,
}
