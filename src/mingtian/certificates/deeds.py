"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.certificates.actions.printing import PURPOSE
from mingtian.certificates.rules import RevokedFor
from mingtian.people.queries.words import KIND_WORDS

AREA = _("Certificates")

DEEDS: dict[str, str | Promise] = {
    "certificates.forgotten": _("Deleted certificates of a home"),
    "certificates.reissued": _("Gave a certificate out anew"),
    "certificates.revoked": _("Revoked a certificate"),
    "certificates.revoked_by_correction": _("Revoked certificates after a correction"),
    "certificates.round_finished": _("Finished a round of giving certificates"),
    "certificates.rule_set": _("Set the rule for certificates"),
    "certificates.term_over": _("Deleted the certificates of a term that is over"),
    "certificates.unlocked": _("Unlocked certificates"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "certificates.kind": KIND_WORDS,
    "certificates.reason": {
        RevokedFor.CORRECTION: _("an evening was corrected"),
        RevokedFor.IN_ERROR: _("issued in error"),
        RevokedFor.WITHDRAWN: _("withdrawn"),
    },
    "people.own_name_read.purpose": {PURPOSE: _("for the certificate")},
}
