"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Families and what is kept of them")

DEEDS: dict[str, str | Promise] = {
    "family.kept_read": _("Looked at what is kept of the own home"),
    "family.proof_failed": _("Failed to prove the own home"),
    "family.term_ended": _("Ended a term and deleted what was kept"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "family.purpose": {
        "screen": _("to look at it"),
        "file": _("as a file to take away"),
        "erasure": _("before erasing"),
    },
}
