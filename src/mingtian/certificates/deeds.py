"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
