"""Changes of readiness: plans, checklists, requirements, duty, work of helpers, pilots."""

from mingtian.readiness.actions.checklists import Held, fill_item, issue_sheet, take_meeting
from mingtian.readiness.actions.duty import Wanted, name_duty
from mingtian.readiness.actions.leaving import end_term, forget
from mingtian.readiness.actions.pilots import (
    FamilyWish,
    PilotWish,
    choose_pilot,
    drop_family,
    end_pilot,
    tell_finding,
    write_family,
)
from mingtian.readiness.actions.plans import LineWish, remove_line, write_line
from mingtian.readiness.actions.swaps import answer_swap, ask_swap, withdraw_swap
from mingtian.readiness.actions.work import (
    ActivityWish,
    DutyWish,
    log_activity,
    remove_activity,
    remove_duty,
    write_duty,
)

__all__ = [
    "ActivityWish",
    "DutyWish",
    "FamilyWish",
    "Held",
    "LineWish",
    "PilotWish",
    "Wanted",
    "answer_swap",
    "ask_swap",
    "choose_pilot",
    "drop_family",
    "end_pilot",
    "end_term",
    "fill_item",
    "forget",
    "issue_sheet",
    "log_activity",
    "name_duty",
    "remove_activity",
    "remove_duty",
    "remove_line",
    "take_meeting",
    "tell_finding",
    "withdraw_swap",
    "write_duty",
    "write_family",
    "write_line",
]
