"""How states, kinds and reasons of cases are called. Translated when read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingtian.care.queries.cases import Show
from mingtian.care.rules import (
    Agreed,
    Area,
    Authority,
    ClosedFor,
    Due,
    Duty,
    Liaison,
    Milestone,
    Outcome,
    PlanState,
    Risk,
    Service,
    State,
    Talk,
    TicketState,
    Topic,
    Way,
)
from mingtian.care.rules.leave import Answer, Body, Leave, Passed, Urgency
from mingtian.children.rules import Category

Words = Mapping[StrEnum, str | Promise]

STATE_WORDS: Words = {
    State.FOUND: _("Found"),
    State.ASSESSED: _("Assessed"),
    State.CONSENTED: _("Plan agreed to"),
    State.PLANNED: _("Plan approved"),
    State.SERVED: _("Being helped"),
    State.REVIEWED: _("Reviewed"),
    State.CLOSED: pgettext_lazy("case", "Closed"),
}
RISK_WORDS: Words = {
    Risk.LOW: _("Low risk"),
    Risk.MEDIUM: _("Some risk"),
    Risk.HIGH: _("High risk"),
    Risk.URGENT: _("Urgent"),
}
RISK_CHIPS = {Risk.LOW: "off", Risk.MEDIUM: "wait", Risk.HIGH: "live", Risk.URGENT: "live"}
AREA_WORDS: Words = {
    Area.MORALS: _("Morals"),
    Area.STUDY: _("Study and life"),
    Area.HABITS: _("Habits"),
    Area.FEELINGS: _("Feelings"),
}
DUTY_WORDS: Words = {
    Duty.LEAD: _("Case worker"),
    Duty.SECOND: _("Second worker"),
    Duty.COUNSELLOR: _("Counsellor"),
}
PLAN_WORDS: Words = {
    PlanState.DRAFT: _("being written"),
    PlanState.SUBMITTED: _("with the office"),
    PlanState.RETURNED: _("given back"),
    PlanState.APPROVED: pgettext_lazy("plan", "approved"),
    PlanState.REPLACED: _("replaced by a newer one"),
}
PLAN_CHIPS = {
    PlanState.DRAFT: "wait",
    PlanState.SUBMITTED: "wait",
    PlanState.RETURNED: "live",
    PlanState.APPROVED: "good",
    PlanState.REPLACED: "off",
}
AGREED_WORDS: Words = {
    Agreed.GUARDIAN: _("The guardian (child below 14)"),
    Agreed.BOTH: _("The guardian and the child"),
}
SERVICE_WORDS: Words = {
    Service.SCHOOLING: _("Help at school"),
    Service.LIVING: _("Daily life"),
    Service.HEALTH: _("Health"),
    Service.LEGAL: _("Legal help"),
    Service.COUNSELLING: _("Counselling"),
    Service.FAMILY: _("Guidance for the family"),
    Service.COMPANY: _("Company and activities"),
    Service.OTHER: _("Something else"),
}
OUTCOME_WORDS: Words = {
    Outcome.DONE: _("Done"),
    Outcome.PARTLY: _("Partly done"),
    Outcome.NOT_POSSIBLE: _("Was not possible"),
    Outcome.GO_ON: _("Go on with the plan"),
    Outcome.CHANGE_PLAN: _("Change the plan"),
    Outcome.CLOSE: _("The goals are met: close the case"),
}
MILESTONE_WORDS: Words = {
    Milestone.APPLIED: _("Assistance applied for"),
    Milestone.APPROVED: _("Assistance approved"),
    Milestone.FIRST_PAYMENT: _("First payment received"),
    Milestone.GUARDIAN: _("Guardian designated"),
    Milestone.SCHOOL_TOLD: _("School told"),
    Milestone.VILLAGE_TOLD: _("Village told"),
}
WAY_WORDS: Words = {
    Way.CALL: _("By telephone"),
    Way.VIDEO: _("By video"),
    Way.VISIT: _("They came"),
    Way.MESSAGE: _("By message"),
    Way.NONE: _("No contact"),
}
LIAISON_WORDS: Words = {
    Liaison.HOME_VISIT: _("Visit at home"),
    Liaison.SCHOOL_VISIT: _("Visit at school"),
    Liaison.TALK_WITH_TEACHER: _("Talk with the teacher"),
    Liaison.TRUANCY: _("Asked why the child stays away"),
}
AUTHORITY_WORDS: Words = {
    Authority.POLICE: _("Police"),
    Authority.CIVIL_AFFAIRS: _("Civil affairs"),
    Authority.EDUCATION: _("Education authority"),
}
TALK_WORDS: Words = {
    Talk.ONE_TO_ONE: _("Talk, one to one"),
    Talk.FOLLOW_UP: _("Further talk"),
    Talk.FAMILY: _("Talk with the family"),
    Talk.TRUANCY: _("Talk about staying away"),
}
URGENCY_WORDS: Words = {
    Urgency.DANGER: _("Signs of harm or danger; asking first could make it worse"),
    Urgency.ASKED: _("The child asked for the talk itself"),
    Urgency.UNREACHED: _("Whoever is to agree could not be reached"),
}
BODY_WORDS: Words = {
    Body.CIVIL_AFFAIRS: _("Civil affairs"),
    Body.SCHOOL: _("School"),
    Body.HOSPITAL: _("Hospital"),
    Body.LEGAL_AID: _("Legal aid"),
    Body.WOMENS_FEDERATION: _("Women's federation"),
    Body.PROCURATORATE: _("Prosecutors"),
}
PASSED_WORDS: Words = {
    Passed.NAME: _("Name"),
    Passed.HOME: _("Address and guardians"),
    Passed.SCHOOLING: _("Birth and schooling"),
    Passed.SITUATION: _("The situation"),
    Passed.HEALTH: _("Health"),
}
LEAVE_WORDS: Words = {
    Leave.GUARDIAN: _("The guardian agreed (child below 14)"),
    Leave.BOTH: _("The guardian and the child agreed"),
    Leave.DANGER: _("Nobody was asked: the child is in danger. The office is shown this."),
}
LEAVE_SHORT: Words = {
    Leave.GUARDIAN: _("the guardian agreed"),
    Leave.BOTH: _("the guardian and the child agreed"),
    Leave.DANGER: _("in danger, without asking"),
}
ANSWER_WORDS: Words = {
    Answer.TAKEN_UP: _("They have taken it up; more is to come"),
    Answer.HELPED: _("They have helped"),
    Answer.REFUSED: _("They do not take it up"),
}
ANSWER_SHORT: Words = {
    Answer.TAKEN_UP: _("taken up"),
    Answer.HELPED: _("has helped"),
    Answer.REFUSED: _("not taken up"),
}
TOPIC_WORDS: Words = {
    Topic.LIVING: _("Daily life"),
    Topic.SCHOOL: _("School"),
    Topic.HEALTH: _("Health"),
    Topic.GUARDIANSHIP: _("Who looks after the child"),
    Topic.FEELINGS: _("Feelings"),
    Topic.AID: _("Aid"),
    Topic.OTHER: _("Something else"),
}
TICKET_WORDS: Words = {
    TicketState.OPEN: pgettext_lazy("problem", "waits for an answer"),
    TicketState.ANSWERED: pgettext_lazy("problem", "answered"),
    TicketState.CLOSED: pgettext_lazy("problem", "closed"),
}
TICKET_CHIPS = {TicketState.OPEN: "wait", TicketState.ANSWERED: "good", TicketState.CLOSED: "off"}
CLOSED_WORDS: Words = {
    ClosedFor.GOALS_MET: _("The goals are met"),
    ClosedFor.MOVED_AWAY: _("The child moved away"),
    ClosedFor.OF_AGE: _("The child has come of age"),
    ClosedFor.WITHDRAWN: _("Consent was withdrawn"),
    ClosedFor.OTHER: _("Another reason"),
    ClosedFor.ERASED: _("The child was erased"),
}
DUE_WORDS: Words = {
    Due.NONE: "",
    Due.LATER: _("due later"),
    Due.SOON: _("due within 7 days"),
    Due.OVERDUE: _("overdue"),
}
DUE_CHIPS = {Due.LATER: "off", Due.SOON: "wait", Due.OVERDUE: "live"}
SHOW_WORDS: Words = {
    Show.OPEN: pgettext_lazy("cases", "Open"),
    Show.OVERDUE: _("Overdue"),
    Show.SILENT: _("Parents silent"),
    Show.UNANSWERED: _("Referral not answered"),
    Show.PLAN: _("Plan to decide on"),
    Show.PRESSING: _("High risk"),
    Show.CLOSED: pgettext_lazy("cases", "Closed"),
}
CATEGORY_WORDS: Words = {
    Category.LEFT_BEHIND: _("Left-behind child"),
    Category.POVERTY: _("In difficulty: family poverty"),
    Category.OWN_DISABILITY: _("In difficulty: own disability or illness"),
    Category.GUARDIANSHIP: _("In difficulty: missing or improper guardianship"),
    Category.ORPHAN: _("Orphan"),
    Category.UNATTENDED: _("De facto unattended child"),
    Category.SINGLE_PARENT: _("Child of a single-parent family"),
}
ITEM_WORDS: Mapping[str, str | Promise] = {
    "guardianship": _("Who looks after the child"),
    "safety": _("Safety"),
    "living": _("Food, clothes, home"),
    "schooling": _("School"),
    "health": _("Health"),
    "feelings": _("Feelings and company"),
}
POINT_WORDS: Mapping[int, str | Promise] = {
    0: _("no worry"),
    1: _("some worry"),
    2: _("much worry"),
    3: _("danger"),
}


def word(words: Words, kind: type[StrEnum], value: str) -> str:
    """Return the word of a value, itself when there is none."""
    try:
        return str(words[kind(value)])
    except (KeyError, ValueError):
        return value


def told_words(told: tuple[str, ...] | list[str]) -> str:
    """Return who was told, in one line."""
    return now_(", ").join(word(AUTHORITY_WORDS, Authority, each) for each in told)


def choices(
    words: Mapping[Any, str | Promise], among: object = None
) -> list[tuple[str, str | Promise]]:
    """Return the choices of a form field."""
    wanted = words if among is None else among
    return [(str(each), words[each]) for each in wanted]  # type: ignore[attr-defined]
