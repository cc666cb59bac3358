"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingtian.ledger.rules import FEN, Kind

AREA = _("Books")

DEEDS: dict[str, str | Promise] = {
    "ledger.account_closed": _("Closed an account of the books"),
    "ledger.account_opened": _("Opened an account of the books"),
    "ledger.book_opened": _("Opened a book"),
    "ledger.reversed": _("Reversed an entry"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "ledger.kind": {
        Kind.SOURCE: pgettext_lazy("account", "where it comes from"),
        Kind.FUND: pgettext_lazy("account", "fund"),
        Kind.RESERVED: pgettext_lazy("account", "reserved"),
        Kind.PAYABLE: pgettext_lazy("account", "to be paid"),
        Kind.PAID: pgettext_lazy("account", "paid out"),
        Kind.RECEIVED: pgettext_lazy("account", "received"),
        Kind.STOCK: pgettext_lazy("account", "stock"),
        Kind.GIVEN: pgettext_lazy("account", "given out"),
        Kind.LOST: pgettext_lazy("account", "lost"),
    },
    "ledger.measure": {FEN: pgettext_lazy("account", "money")},
}
