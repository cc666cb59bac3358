"""What readers are told when a day cannot be confirmed, corrected or frozen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "day_frozen": _(
        "This day is frozen; its figures no longer change. "
        "If something is wrong, write it into the note of the next day's report."
    ),
    "day_not_over": _("The lecture is not over yet. Come back after its end."),
    "day_still_open": _(
        "Phones may still send what they recorded until %(until)s. Freeze the day after that."
    ),
    "freeze_in_order": _("Days are frozen in their order. Freeze day %(number)s first."),
    "reason_missing": _("A correction needs its reason. Choose one."),
    "reason_without_words": _("Say in a few words what the reason is."),
    "reason_too_long": _("The reason is too long. Use at most %(most)s characters."),
    "correction_negative": _("A count cannot be below zero. Enter zero or more."),
    "correction_changes_nothing": _("This is the number already. Nothing was changed."),
    "above_roster": _(
        "The roster has %(most)s of this kind. Enter at most that, or correct the roster first."
    ),
    "arrived_below_completed": _(
        "%(completed)s watched to the end, so at least as many arrived. Correct that number first."
    ),
    "completed_above_arrived": _(
        "Only %(arrived)s arrived, so no more can have watched to the end. Correct that number first."
    ),
    "oddity_answer_missing": _("Choose one of the answers."),
    "question_unknown": _("This question is no longer asked. Load the page again."),
}
