"""What readers are told when a meeting, a follow-up or a talk is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "meeting_wrong_kind": _("This unit holds no meeting of that kind. Choose another kind."),
    "meeting_without_title": _("Say in a few words what the meeting is about."),
    "meeting_without_people": _(
        "Nobody attended yet. Enter how many people came, or choose a time that is still ahead."
    ),
    "attendance_impossible": _("Numbers of people run from 0 to %(most)s. Correct the number."),
    "attendance_too_early": _(
        "The meeting is still ahead, so nobody can have attended. "
        "Correct its time, or leave the numbers empty."
    ),
    "minutes_too_early": _(
        "The meeting is still ahead, so it has no minutes yet. "
        "Correct its time, or write into the agenda."
    ),
    "meeting_called_off": _("This meeting was called off. Enter a new one instead."),
    "meeting_changed_meanwhile": _(
        "Somebody has changed this meeting since you opened it. Compare, then save again."
    ),
    "meeting_was_held": _(
        "This meeting took place, so it cannot be called off. Correct it instead."
    ),
    "calling_off_without_reason": _("Say in a few words why the meeting is called off."),
    "meeting_without_minutes": _("This meeting has no minutes yet. Write them first."),
    "meeting_document_unknown": _(
        "This document is not among those of your unit. Choose one from the list, "
        "or write its number."
    ),
    "resolution_too_early": _(
        "The meeting is still ahead. Enter what it resolves when it is over."
    ),
    "resolution_without_words": _("Write what the meeting resolved."),
    "follow_up_without_words": _("Write what is to be done."),
    "follow_up_without_owner": _("Somebody has to see to it. Choose a unit or a colleague."),
    "follow_up_owner_elsewhere": _(
        "This owner is not of your unit or one directly below it. Choose one from the list."
    ),
    "follow_up_without_day": _("Say until which day it is to be done."),
    "follow_up_due_past": _("This day is past. Choose today or a later day."),
    "follow_up_settled": _("This follow-up has ended already. Load the page again."),
    "follow_up_stays_open": _("Choose whether it is done or taken back."),
    "follow_up_without_sentence": _("Say in a sentence what was done."),
    "follow_up_without_reason": _("Say in a sentence why it is taken back."),
    "talk_without_partner": _("Say with which body the talk was."),
    "talk_too_early": _("The talk is still ahead. Enter it when it has taken place."),
    "talk_without_outcome": _("Write what was agreed, even if it is that you speak again."),
}
