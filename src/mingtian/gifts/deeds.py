"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.gifts.actions.books import COUNTED, DONORS, STOCK
from mingtian.gifts.rules import GiftKind
from mingtian.gifts.words import HAND_UNDOS, THINGS, UNDOS

AREA = _("Gifts")

DEEDS: dict[str, str | Promise] = {
    "gifts.confirmed": _("Confirmed a hand-over of gifts"),
    "gifts.drive_added": _("Added an appeal for gifts"),
    "gifts.hand_over_undone": _("Undid a hand-over of gifts"),
    "gifts.handed_over": _("Handed gifts over"),
    "gifts.item_added": _("Added a kind of thing"),
    "gifts.need_met": _("Noted a need as met"),
    "gifts.need_released": _("Released a need"),
    "gifts.need_waiting": _("Let a need wait again"),
    "gifts.need_withdrawn": _("Withdrew a need"),
    "gifts.need_written": _("Wrote a need down"),
    "gifts.needs_handed_out": _("Handed a list of needs to a partner"),
    "gifts.not_given": _("Noted a gift as not given"),
    "gifts.partner_kept": _("Kept the data of a partner"),
    "gifts.planned": _("Planned a hand-over of gifts"),
    "gifts.recorded": _("Recorded a gift"),
    "gifts.round_opened": _("Opened a round of hand-overs"),
    "gifts.stock_count": _("Counted the stock"),
    "gifts.stock_loss": _("Wrote a loss of stock off"),
    "gifts.stock_transfer": _("Moved stock to another unit"),
    "gifts.undone": _("Took a recorded gift back"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "gifts.kind": {GiftKind.MONEY: _("money"), GiftKind.GOODS: _("things")},
    "gifts.reason": {**UNDOS, **HAND_UNDOS},
    "gifts.thing": THINGS,
    "ledger.purpose": {
        STOCK: _("stock of things"),
        DONORS: _("from donors"),
        COUNTED: _("differences of counting"),
    },
    "ledger.reason": {**UNDOS, **HAND_UNDOS},
}
