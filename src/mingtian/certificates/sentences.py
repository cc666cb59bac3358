"""What readers are told when certificates refuses: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.certificates.rules import Refusal

SENTENCES: dict[str, str | Promise] = {
    Refusal.NOT_PRINTABLE: _(
        "The fonts of this server cannot draw %(characters)s. A pupil gets the certificate on "
        "paper from the class teacher, with a line for the name. Leave them out of a name that "
        "you type."
    ),
    Refusal.NAME_MISSING: _("The name is empty. Write it, or leave the certificate without one."),
    Refusal.NAME_TOO_LONG: _("The name is too long for the paper. Write at most 50 characters."),
    Refusal.NAME_HOLDS_NUMBER: _(
        "A name holds no telephone or ID number. Write the name alone; a certificate is shown "
        "around."
    ),
    Refusal.NOT_VALID: _(
        "This certificate is not valid any more. Ask the class teacher why, or open your page "
        "again."
    ),
    Refusal.UNKNOWN: _(
        "This campaign has no certificate with this number. Compare it with the paper."
    ),
    Refusal.ALREADY_REVOKED: _("This certificate has been taken back already. Issue a new one."),
    Refusal.STILL_VALID: _("There is a valid certificate already. Revoke it first."),
    Refusal.PERSON_GONE: _(
        "Nobody belongs to this certificate any more, so no other can be given for it."
    ),
    Refusal.RULE_TOO_HIGH: _(
        "The campaign has %(evenings)s evenings with %(slots)s slots together. Ask for no more "
        "than that."
    ),
    Refusal.RULE_EMPTY: _("The rule asks for nothing. Ask for one evening at least."),
    Refusal.REASON_MISSING: _(
        "The first lecture has closed. Write why the rule changes; it is kept with your name."
    ),
    Refusal.NOTHING_TO_PRINT: _(
        "No pupil of this class has a certificate yet. Print when the campaign's certificates "
        "have been unlocked."
    ),
    Refusal.KIND_UNKNOWN: _("The campaign does not invite these people. Load the page again."),
}
