"""What class teachers and families are told when attendance refuses: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTES: dict[str, str | Promise] = {
    "person_not_invited": _(
        "This person takes no part in the lecture with this class. Choose somebody of the class."
    ),
    "lecture_ahead": _("The doors of this lecture have not opened yet. Come back in the evening."),
    "note_after_closing": _(
        "This evening is closed. Let the family ask on its own page; you can grant it there."
    ),
    "notes_after_campaign": _(
        "The campaign is over, so its evenings no longer change. Ask your office."
    ),
    "person_left_before": _(
        "This person had left the class by that day. Note it in the class where the person is now."
    ),
    "family_withdrew": _(
        "This family has withdrawn and is not counted. It may enter again with its learning code."
    ),
    "noted_already": _("This evening is noted already. Undo the note first to change it."),
}
GATHERINGS: dict[str, str | Promise] = {
    "class_not_invited": _(
        "This unit is no class of the campaign. Open the page of a class that takes part."
    ),
    "gathering_after_closing": _(
        "This evening is closed, so its numbers no longer change. Ask your office."
    ),
    "gathering_missing": _("No viewing in class is open. Open it first, then count."),
    "heads_out_of_range": _("Write how many are in the room: a number from 1 to %(most)s."),
    "heads_below_ticks": _(
        "%(ticked)s of the class are ticked as present. Take some off, or count again."
    ),
    "ticks_above_heads": _("Only %(heads)s heads were counted. Tick fewer, or count again."),
}
APPEALS: dict[str, str | Promise] = {
    "appeal_empty": _("Nothing is written yet. Write in a few words what happened."),
    "appeal_too_long": _("This is too long. Write at most %(most)s characters."),
    "appeal_unprintable": _("The text holds characters that cannot be shown. Type it again."),
    "appeal_holds_number": _(
        "A telephone or citizen number stands in the text. Leave it out; such numbers are not kept."
    ),
    "appeal_open_already": _(
        "A question about this evening is waiting already. The class teacher will answer it."
    ),
    "appeal_without_class": _(
        "Here no class teacher can look at it. Ask your school office or community."
    ),
    "appeal_answered": _("This question has been answered already. Open the list again."),
    "answer_missing": _("Write in a few words why not, so that the family understands."),
}
TERMS: dict[str, str | Promise] = {
    "term_not_over": _(
        "Families may still send what they watched. Come back when the campaign's term is over."
    ),
}
SENTENCES = NOTES | GATHERINGS | APPEALS | TERMS
