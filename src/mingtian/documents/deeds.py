"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Documents")

DEEDS: dict[str, str | Promise] = {
    "documents.agreed": _("Agreed to a joint document"),
    "documents.attached": _("Attached a file to a document"),
    "documents.changed": _("Changed a draft"),
    "documents.closed": _("Closed a document"),
    "documents.detached": _("Took a file off a document"),
    "documents.drafted": _("Drafted a document"),
    "documents.dropped": _("Dropped a draft"),
    "documents.issued": _("Issued a document"),
    "documents.letterhead": _("Changed the letterhead"),
    "documents.list_dropped": _("Dropped a list of receivers"),
    "documents.list_saved": _("Saved a list of receivers"),
    "documents.met": _("Noted the own meeting about a document"),
    "documents.received": _("Received a document"),
    "documents.refused": _("Was refused a step with a document"),
    "documents.relayed": _("Passed a document on"),
    "documents.required": _("Issued own requirements after a document"),
    "documents.reviewed": _("Handed a document on to be signed"),
    "documents.sent_back": _("Sent a document back to its drafter"),
    "documents.signed": _("Signed a document"),
    "documents.unmet": _("Took back the own meeting about a document"),
}
