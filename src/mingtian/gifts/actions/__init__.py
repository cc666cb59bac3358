"""Changes: gifts, stock, hand-overs, need codes."""

from mingtian.gifts.actions.gifts import DonorSpec, GiftSpec, MoneySpec, record_gift, undo_gift
from mingtian.gifts.actions.handing import (
    GOING,
    RoundSpec,
    child_by_number,
    confirm,
    hand_over,
    not_given,
    open_round,
    plan,
    undo_hand_over,
)
from mingtian.gifts.actions.needs import end_need, hand_out, release_need, write_need
from mingtian.gifts.actions.partners import (
    DriveSpec,
    ItemSpec,
    PartnerSpec,
    add_drive,
    add_item,
    keep_partner,
)
from mingtian.gifts.actions.stock import MoveSpec, move_stock

__all__ = [
    "GOING",
    "DonorSpec",
    "DriveSpec",
    "GiftSpec",
    "ItemSpec",
    "MoneySpec",
    "MoveSpec",
    "PartnerSpec",
    "RoundSpec",
    "add_drive",
    "add_item",
    "child_by_number",
    "confirm",
    "end_need",
    "hand_out",
    "hand_over",
    "keep_partner",
    "move_stock",
    "not_given",
    "open_round",
    "plan",
    "record_gift",
    "release_need",
    "undo_gift",
    "undo_hand_over",
    "write_need",
]
