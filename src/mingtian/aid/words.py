"""How aid's states, levels and reasons are called on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtian.aid.rules import (
    Level,
    ListState,
    Per,
    Receiver,
    ReturnReason,
    SchemeKind,
    Season,
    SendBackReason,
    State,
    Term,
    parse_term,
)
from mingtian.aid.totals import Reading

Words = Mapping[str, str | Promise]

LEVELS: Words = {
    Level.ANY: lazy("all levels"),
    Level.NURSERY: lazy("nursery school"),
    Level.PRIMARY: lazy("primary school"),
    Level.JUNIOR: lazy("junior middle school"),
    Level.SENIOR: lazy("senior middle school"),
    Level.SPECIAL: lazy("special school"),
}
PERS: Words = {Per.YEAR: lazy("a year"), Per.TERM: lazy("a term"), Per.DAY: lazy("a day")}
KINDS: Words = {
    SchemeKind.ASSISTANCE: lazy("assistance"),
    SchemeKind.EXEMPTION: lazy("exemption"),
    SchemeKind.SUPPLEMENT: lazy("supplement"),
    SchemeKind.SUPPORT: lazy("support"),
}
STATES: Words = {
    State.ENTERED: lazy("entered"),
    State.APPROVED: lazy("approved"),
    State.BATCHED: lazy("in a batch"),
    State.HELD: lazy("on hold"),
    State.PAID: lazy("paid"),
    State.RECEIVED: lazy("received"),
    State.RETURNED: lazy("returned"),
}
STATE_CHIPS: Mapping[str, str] = {
    State.ENTERED: "wait",
    State.APPROVED: "wait",
    State.BATCHED: "wait",
    State.HELD: "wait",
    State.PAID: "good",
    State.RECEIVED: "good",
    State.RETURNED: "off",
}
LIST_STATES: Words = {
    ListState.ENTERED: lazy("waits for approval"),
    ListState.APPROVED: lazy("approved"),
    ListState.SENT_BACK: lazy("sent back"),
}
RECEIVERS: Words = {Receiver.GUARDIAN: lazy("the guardian"), Receiver.CHILD: lazy("the child")}
RETURNS: Words = {
    ReturnReason.ACCOUNT_WRONG: lazy("The account is wrong"),
    ReturnReason.ACCOUNT_CLOSED: lazy("The account is closed"),
    ReturnReason.CHILD_LEFT: lazy("The child has left"),
    ReturnReason.NOT_ENTITLED: lazy("The child is not entitled"),
    ReturnReason.PAID_TWICE: lazy("Paid twice"),
}
SEND_BACKS: Words = {
    SendBackReason.WRONG_TERM: lazy("Wrong term or scheme"),
    SendBackReason.WRONG_CHILDREN: lazy("Children are missing or too many"),
    SendBackReason.WRONG_PAYEES: lazy("Payees or accounts are wrong"),
    SendBackReason.NOT_ENTITLED: lazy("Not entitled"),
    SendBackReason.BY_ENTRANT: lazy("Withdrawn by who entered it"),
}
READINGS: Words = {
    Reading.HALF_BOARDERS: lazy("all are boarders, half a year's rate"),
    Reading.HALF_ALL: lazy("boarders and children who live at home, half a year's rate"),
    Reading.YEAR_BOARDERS: lazy("all are boarders, a full year's rate"),
    Reading.YEAR_ALL: lazy("boarders and children who live at home, a full year's rate"),
    Reading.DAYS: lazy("at the daily rate, for whole days"),
    Reading.TERM: lazy("at the rates of a term"),
    Reading.ONE_YUAN_RATE: lazy("the same amount in whole yuan for everybody"),
}


def term_name(term: Term | str) -> str:
    """Name a term: "spring 2024"."""
    one = parse_term(term) if isinstance(term, str) else term
    name = _("spring %(year)s") if one.season is Season.SPRING else _("autumn %(year)s")
    return name % {"year": one.year}


def boarding_word(boarding: bool | None) -> str:
    """Name whether somebody boards."""
    if boarding is None:
        return _("boarding or not")
    return _("boarder") if boarding else _("lives at home")
