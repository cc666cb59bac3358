"""How causes, states, stages and visits are called. Translated when read."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingtian.org.rules import Role
from mingtian.supervision.rules import Cause, Stage, State, Visiting, Why

CAUSE_WORDS: dict[Cause, str | Promise] = {
    Cause.ACCESS: _("Could not get in"),
    Cause.CODE: _("The learning code"),
    Cause.SOUND: _("The sound"),
    Cause.SCHOOL_CLOSED: _("The school is closed"),
    Cause.NETWORK: _("The network"),
    Cause.OTHER: _("Something else"),
}
STATE_WORDS: dict[State, str | Promise] = {
    State.OPEN: pgettext_lazy("ticket", "open"),
    State.ANSWERED: pgettext_lazy("ticket", "answered"),
    State.SOLVED: pgettext_lazy("ticket", "solved"),
    State.CLOSED: pgettext_lazy("ticket", "closed"),
}
STATE_CHIPS = {
    State.OPEN: "wait",
    State.ANSWERED: "wait",
    State.SOLVED: "good",
    State.CLOSED: "off",
}
WHY_WORDS: dict[Why, str | Promise] = {
    Why.FALL: _("Fewer than usual"),
    Why.SILENT: _("Figures not confirmed yet"),
}
STAGE_WORDS: dict[Stage, str | Promise] = {
    Stage.EARLY: _("ten minutes after the start"),
    Stage.MIDDLE: _("half an hour after the start"),
    Stage.FINAL: _("after the end"),
}
VISIT_WORDS: dict[Visiting, str | Promise] = {
    Visiting.COMPREHENSIVE: _("Comprehensive supervision"),
    Visiting.HELPING: _("Visit to help"),
}
ROLE_WORDS: dict[Role, str | Promise] = {
    Role.DIRECTOR: _("Director"),
    Role.OFFICE: _("Office"),
    Role.CLERK: _("Statistics clerk"),
    Role.AUDITOR: _("Auditor"),
    Role.PRINCIPAL: _("Principal"),
    Role.DUTY_TEACHER: _("Duty teacher"),
    Role.CLASS_TEACHER: _("Class teacher"),
}


def time_taken(seconds: float | None) -> str:
    """Write a time in hours and minutes, as one says it; a dash for none.

    Less than a minute is one minute: nobody is measured by the second.
    """
    if seconds is None:
        return "–"
    minutes = max(1, round(seconds / 60))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(number)s min") % {"number": minutes}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{rest:02d}"}
