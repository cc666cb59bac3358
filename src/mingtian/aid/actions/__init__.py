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
)
from mingtian.aid.actions.paying import dissolve, open_export, pay, prepare_batch
from mingtian.aid.actions.receiving import give_back, receive

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
    "open_export",
    "open_fund",
    "pay",
    "prepare_batch",
    "receive",
    "send_back",
]
