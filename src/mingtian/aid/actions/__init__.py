"""Changes of aid: funds and rates, lists, decisions, payments, receipts."""

from mingtian.aid.actions.deciding import approve, send_back
from mingtian.aid.actions.entering import LineSpec, PayeeSpec, Place, enter_lines
from mingtian.aid.actions.funds import (
    FundSpec,
    SchemeSpec,
    add_national_base,
    add_rate,
    add_scheme,
    deposit,
    open_fund,
    set_limit,
)
from mingtian.aid.actions.paying import (
    dissolve,
    give_file,
    hold_back,
    open_export,
    pay,
    prepare_batch,
)
from mingtian.aid.actions.receiving import give_back, receive, take_up

__all__ = [
    "FundSpec",
    "LineSpec",
    "PayeeSpec",
    "Place",
    "SchemeSpec",
    "add_national_base",
    "add_rate",
    "add_scheme",
    "approve",
    "deposit",
    "dissolve",
    "enter_lines",
    "give_back",
    "give_file",
    "hold_back",
    "open_export",
    "open_fund",
    "pay",
    "prepare_batch",
    "receive",
    "send_back",
    "set_limit",
    "take_up",
]
