"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.groups.rules import VENDOR_OF, EntryState
from mingtian.groups.words import PLATFORM_WORDS

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

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "groups.platform": PLATFORM_WORDS,
    "groups.state": {
        EntryState.WAITING: _("waits to be read"),
        EntryState.SHOWN: _("is shown"),
        EntryState.DECLINED: _("was declined"),
        EntryState.WITHDRAWN: _("was taken back"),
    },
    "groups.vendor": {vendor: PLATFORM_WORDS[platform] for platform, vendor in VENDOR_OF.items()},
}
