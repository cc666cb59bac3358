"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.org.queries.words import KIND_WORDS
from mingtian.org.rules import Scheme

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

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "org.kind": KIND_WORDS,
    "org.scheme": {
        Scheme.DIVISION: _("division code, GB/T 2260"),
        Scheme.TOWNSHIP: _("township code, GB/T 10114"),
        Scheme.STATISTICAL: _("statistical division code"),
    },
}
