"""What readers are told when a call, a ticket or a visit cannot be as they wish."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "help_cause_missing": _("Choose what it was. If nothing fits, choose “Something else”."),
    "help_cause_without_words": _("Say in a few words what it is."),
    "help_words_missing": _("Say it in a few words, without anybody's name."),
    "help_words_too_many": _("That is too long. Use at most %(most)s characters."),
    "delegated_outside": _(
        "This can be handed to a colleague of your unit, or to the unit itself, and to nobody else."
    ),
    "nobody_at_unit": _(
        "Nobody holds a post there who would read it. Call, or choose a colleague of your unit."
    ),
    "nobody_above": _(
        "Nobody holds a post at the office above who would read it. Call them, and let them name one."
    ),
    "call_taken": _("A colleague is calling already. Please choose another."),
    "call_done": _("The call has been made; what it brought is below."),
    "call_settled": _("They have confirmed meanwhile, so nobody need call."),
    "ticket_passed": _("This was passed up meanwhile; below is who holds it now."),
    "ticket_answered": _("This has an answer already; see below."),
    "ticket_not_solved": _("Say first that it works again; then it can be closed."),
    "ticket_solved": _("This is solved already. You can close it."),
    "ticket_closed": _("This is closed. If the trouble is back, say so in a new one."),
    "visit_kind_missing": _("Choose what kind of visit it is."),
    "visit_foreign_school": _("Choose a school of your own area."),
    "visit_above_cap": _(
        "This school has its comprehensive supervision of %(year)s already. %(norm)s allows one a "
        "year at county level and above. Go to help, or wait for next year."
    ),
    "visit_without_notice": _(
        "%(norm)s asks for a month's notice. Tell the school first; the earliest day is "
        "%(earliest)s."
    ),
    "visit_without_purpose": _("Say in a few words what the school is to be helped with."),
    "visit_not_of_township": _(
        "A township or street does not supervise schools as a whole (%(norm)s). Choose a visit "
        "to help."
    ),
    "visit_still_ahead": _("The visit is still ahead. Note what was found afterwards."),
    "visit_over": _("The visit has taken place; what was found is kept."),
    "visit_called_off": _("The visit was called off. Plan a new one."),
    "visit_follow_up_without_day": _("Choose by which day it is to be done, from today on."),
    "follow_up_outside": _("Choose the school or your own unit."),
}
