"""The words in which a family reads its people and evenings."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingtian.attendance.rules import How
from mingtian.family.rules import Outcome, Verdict, Why
from mingtian.people.queries.homes import MemberRow
from mingtian.people.queries.words import KIN_WORDS, KIND_WORDS

Words = dict[str, "str | Promise"]

OUTCOMES: dict[Outcome, tuple[str, "str | Promise"]] = {
    Outcome.UPCOMING: ("off", _("To come")),
    Outcome.TONIGHT_IN: ("live", _("Being recorded")),
    Outcome.TONIGHT: ("wait", _("Tonight")),
    Outcome.RECORDED: ("good", _("Recorded")),
    Outcome.PARTLY: ("wait", _("Partly recorded")),
    Outcome.NOTED: ("good", _("Noted by the class teacher")),
    Outcome.CLASS_WATCHED: ("wait", _("Class watched together")),
    Outcome.REPLAY: ("wait", _("Replay watched")),
    Outcome.EXEMPT: ("off", _("Exempt")),
    Outcome.UNWILLING: ("off", _("Not taking part")),
    Outcome.NOT_COUNTED: ("off", _("Not counted")),
    Outcome.STILL_OPEN: ("wait", _("May still arrive")),
    Outcome.MISSED: ("off", _("Missed")),
}
"""The state of a chip and its word, by outcome."""

ICONS = {
    Outcome.RECORDED: "check", Outcome.NOTED: "check", Outcome.PARTLY: "less",
    Outcome.CLASS_WATCHED: "users", Outcome.REPLAY: "again", Outcome.UPCOMING: "calendar",
    Outcome.TONIGHT_IN: "live", Outcome.TONIGHT: "clock", Outcome.STILL_OPEN: "clock",
}  # fmt: skip

EXPLAINED: Words = {
    Why.NEVER_PLAYED: _("Came in, but the lecture never played."),
    Why.JOINED_LATER: _("Joined this home after that evening."),
    Why.WITHDRAWN: _("The home had withdrawn by then."),
    Outcome.CLASS_WATCHED: _(
        "The heads were counted, without names. If the child was there, the class teacher "
        "can note it."
    ),
    Outcome.STILL_OPEN: _(
        "Nothing has arrived yet. A phone that had no network can still send it; open the "
        "hall on it."
    ),
    Outcome.EXEMPT: _("Nothing is expected, and nothing is missing."),
    Outcome.UNWILLING: _("As the family wished. This has no consequence."),
    How.TELEPHONE: _("By telephone."),
    How.PAPER: _("On paper."),
    How.IN_CLASS: _("Watched in class."),
    How.OTHER_SCREEN: _("Watched on another screen."),
}


def label_of(member: MemberRow) -> str:
    """Name somebody without a name: kind and roster number, or kin."""
    if member.kin in KIN_WORDS:
        return str(KIN_WORDS[member.kin])
    kind = str(KIND_WORDS[member.kind])
    number = member.number or member.kin.rpartition("-")[2]
    if not number:
        return kind
    return gettext("%(kind)s no. %(number)s") % {"kind": kind, "number": number}


def explanation(verdict: Verdict, needed: int) -> str:
    """Say in a sentence why an evening stands as it does; empty where the word says it all."""
    if verdict.why is Why.TOO_FEW_SLOTS:
        return gettext("An evening counts as watched from %(needed)d slots.") % {"needed": needed}
    for key in (verdict.why, verdict.how, verdict.outcome):
        if key is not None and key in EXPLAINED:
            return str(EXPLAINED[key])
    return ""


def member_words(member: MemberRow) -> dict[str, str | None]:
    """Describe somebody as the phone's own pages keep it (attendance, the wire)."""
    return {
        "kind": member.kind.name.lower(),
        "kin": member.kin or None,
        "label": member.number or None,
    }
