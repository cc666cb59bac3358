"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Books")

DEEDS: dict[str, str | Promise] = {
    "ledger.account_closed": _("Closed an account of the books"),
    "ledger.account_opened": _("Opened an account of the books"),
    "ledger.book_opened": _("Opened a book"),
    "ledger.reversed": _("Reversed an entry"),
}
