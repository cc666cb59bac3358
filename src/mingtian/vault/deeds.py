"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.vault.words import ASKING_WORDS, BASIS_WORDS

AREA = _("Protected data")

DEEDS: dict[str, str | Promise] = {
    "vault.asked_to_erase": _("Asked to erase a child's file"),
    "vault.asked_to_glass": _("Gave the reason for an emergency reading"),
    "vault.asked_to_read": _("Asked to read a child's file"),
    "vault.child_admitted": _("Opened a child's file"),
    "vault.child_erased": _("Erased a child's file"),
    "vault.child_moved": _("Moved a child's file to another unit"),
    "vault.children_admitted": _("Opened files of many children"),
    "vault.file_closed": _("Closed a child's file"),
    "vault.file_open": _("Opened a closed file again"),
    "vault.glass_asked_about": _("Asked about an emergency reading"),
    "vault.glass_broken": _("Read a child's file in an emergency"),
    "vault.glass_in_order": _("Found an emergency reading in order"),
    "vault.log_taken": _("Took the log of readings out"),
    "vault.part_given": _("Gave somebody a part in a child's file"),
    "vault.parts_ended": _("Ended parts in a child's file"),
    "vault.parts_given": _("Gave several people a part in a child's file"),
    "vault.request_declined": _("Declined a request"),
    "vault.request_granted": _("Granted a request"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "vault.basis": BASIS_WORDS,
    "vault.kind": ASKING_WORDS,
}
