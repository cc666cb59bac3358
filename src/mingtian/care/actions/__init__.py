"""Changes of cases."""

from mingtian.care.actions.cases import close_case, open_case, reopen_case, watch_contact
from mingtian.care.actions.duties import Alarm, report_duty, see_report
from mingtian.care.actions.looks import look_at_referral, look_at_talk
from mingtian.care.actions.plans import Cited, Draft, approve_plan, return_plan, save_plan
from mingtian.care.actions.referrals import Heard, Referred, note_answer, refer, take_back
from mingtian.care.actions.talks import Said, hand_over_notes, note_agreed, note_talk
from mingtian.care.actions.team import (
    accept_transfer,
    add_second,
    ask_transfer,
    bring_counsellor,
    end_duty,
    end_transfer,
)
from mingtian.care.actions.tickets import Problem, answer_ticket, close_ticket, open_ticket
from mingtian.care.actions.work import (
    Looked,
    Met,
    Told,
    Wanted,
    add_service,
    assess,
    call_off_service,
    finish_service,
    hold_review,
    note_contact,
    note_liaison,
    note_truancy,
    reach_milestone,
)

__all__ = [
    "Alarm",
    "Cited",
    "Draft",
    "Heard",
    "Looked",
    "Met",
    "Problem",
    "Referred",
    "Said",
    "Told",
    "Wanted",
    "accept_transfer",
    "add_second",
    "add_service",
    "answer_ticket",
    "approve_plan",
    "ask_transfer",
    "assess",
    "bring_counsellor",
    "call_off_service",
    "close_case",
    "close_ticket",
    "end_duty",
    "end_transfer",
    "finish_service",
    "hand_over_notes",
    "hold_review",
    "look_at_referral",
    "look_at_talk",
    "note_agreed",
    "note_answer",
    "note_contact",
    "note_liaison",
    "note_talk",
    "note_truancy",
    "open_case",
    "open_ticket",
    "reach_milestone",
    "refer",
    "reopen_case",
    "report_duty",
    "return_plan",
    "save_plan",
    "see_report",
    "take_back",
    "watch_contact",
]
