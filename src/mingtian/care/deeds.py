"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.care import words

AREA = _("Cases")

DEEDS: dict[str, str | Promise] = {
    "care.assessed": _("Assessed a case"),
    "care.case_closed": _("Closed a case"),
    "care.case_opened": _("Opened a case"),
    "care.case_reopened": _("Opened a case again"),
    "care.contact_noted": _("Noted a contact with a guardian"),
    "care.contact_watched": _("Changed the watch over weekly contact"),
    "care.duty_reported": _("Reported as the law obliges to"),
    "care.duty_seen": _("Looked at a report of duty"),
    "care.handed_over": _("Took over a case"),
    "care.handover_asked": _("Asked to hand a case over"),
    "care.handover_ended": _("Ended a request to hand a case over"),
    "care.liaison_noted": _("Noted a visit between home and school"),
    "care.milestone": _("Entered a step of guardianship"),
    "care.notes_handed_over": _("Handed notes of talks over"),
    "care.plan_approved": _("Approved a plan of help"),
    "care.plan_draft": _("Drafted a plan of help"),
    "care.plan_replaced": _("Replaced a plan of help"),
    "care.plan_returned": _("Sent a plan of help back"),
    "care.plan_submitted": _("Submitted a plan of help"),
    "care.put_to_work": _("Put somebody to work on a case"),
    "care.referral_answered": _("Noted the answer to a referral"),
    "care.referral_looked_at": _("Looked at a referral made without a consent"),
    "care.referral_taken_back": _("Took a referral back"),
    "care.referred": _("Referred a child to another body"),
    "care.reviewed": _("Reviewed a case"),
    "care.service_called_off": _("Called a service off"),
    "care.service_done": _("Noted a service as given"),
    "care.service_planned": _("Planned a service"),
    "care.talk_held": _("Noted a talk with a child"),
    "care.talk_looked_at": _("Looked at a talk held without a consent"),
    "care.ticket_answered": _("Answered a problem of a case"),
    "care.ticket_closed": _("Closed a problem of a case"),
    "care.ticket_opened": _("Opened a problem of a case"),
    "care.truancy_noted": _("Noted that a child stays away from school"),
    "care.work_ended": _("Ended somebody's work on a case"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "care.answer": words.ANSWER_SHORT,
    "care.areas": words.AREA_WORDS,
    "care.body": words.BODY_WORDS,
    "care.duty": words.DUTY_WORDS,
    "care.kind": words.SERVICE_WORDS,
    "care.leave": words.LEAVE_SHORT,
    "care.level": words.RISK_WORDS,
    "care.liaison_noted.kind": words.LIAISON_WORDS,
    "care.outcome": words.OUTCOME_WORDS,
    "care.passed": words.PASSED_WORDS,
    "care.reason": words.CLOSED_WORDS,
    "care.step": words.MILESTONE_WORDS,
    "care.talk_held.kind": words.TALK_WORDS,
    "care.told": words.AUTHORITY_WORDS,
    "care.topic": words.TOPIC_WORDS,
    "care.urgency": words.URGENCY_WORDS,
    "care.way": words.WAY_WORDS,
}
