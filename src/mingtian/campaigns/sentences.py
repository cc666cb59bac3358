"""What readers are told when campaigns refuses: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.campaigns.broadcasts.sentences import RECORDINGS
from mingtian.campaigns.rules import Refusal

SENTENCES: dict[str, str | Promise] = {
    **RECORDINGS,
    Refusal.NAME_MISSING: _("The campaign has no name. Write its name."),
    Refusal.DAYS_REVERSED: _("The last day lies before the first. Change one of the two days."),
    Refusal.NO_KINDS: _("Nobody may take part yet. Choose at least one kind of people."),
    Refusal.NEEDED_SLOTS: _("A lecture has 60 slots. Choose a number from 1 to 60."),
    Refusal.NOT_DRAFT: _(
        "The campaign is open, so its plan no longer changes. Create another one if the "
        "plan must differ."
    ),
    Refusal.NOT_OPEN: _("The campaign is not open. Open it first."),
    Refusal.ALREADY_CLOSED: _("The campaign is over and cannot be opened again. Create a new one."),
    Refusal.MANDATE_MISSING: _(
        "The mandate is not complete. Write who issued the document, its number, year and date."
    ),
    Refusal.MANDATE_YEAR: _(
        "The year in the document number and the date of the document differ. "
        "Compare both with the paper."
    ),
    Refusal.MANDATE_LATER: _(
        "The document is dated later than today. Open the campaign when it is in force, or "
        "correct the date."
    ),
    Refusal.NO_LECTURES: _("No lecture is planned. Plan at least one."),
    Refusal.LECTURES_PLANNED: _(
        "Lectures are planned already. Add single ones, or take those out first."
    ),
    Refusal.TITLES_DIFFER: _(
        "There are %(titles)s titles for %(days)s days. Write one title for each day, a line each."
    ),
    Refusal.TITLE_MISSING: _("A lecture has no title. Write a title for each."),
    Refusal.TITLE_TOO_LONG: _("A title is too long. Write at most %(most)s characters."),
    Refusal.BROADCAST_UNKNOWN: _(
        "This recording cannot be shown. Choose one that is ready, or prepare it again."
    ),
    Refusal.LECTURE_UNKNOWN: _("This lecture is no longer in the plan. Load the page again."),
    Refusal.LENGTH: _("A lecture lasts from one minute to four hours. Choose another length."),
    Refusal.OUTSIDE_DAYS: _(
        "A lecture lies outside the days of the campaign. Move it, or change the days."
    ),
    Refusal.OVERLAP: _("Two lectures overlap. Move one of them."),
    Refusal.REPLAY_TOO_SHORT: _(
        "Replays end before the last lecture does. Choose a later end, or leave it empty."
    ),
    Refusal.AUDIENCE_EMPTY: _(
        "Nobody is on a roster below this unit. Bring in the rosters first, or choose other "
        "people who may take part."
    ),
    Refusal.ORIGIN_TOO_LONG: _(
        "The web address of this server has %(length)s characters; for a code that old phones "
        "can read it may have %(most)s. Ask the operator for a shorter address."
    ),
    Refusal.CODE_CLOSED: _("This learning code is closed. Print the sheet of the new code."),
    Refusal.NOT_PRINTABLE: _(
        "The fonts of this server cannot draw %(characters)s. Ask the operator to add a font "
        "with these characters, or show the code on a screen."
    ),
    Refusal.TOO_MANY_SHEETS: _(
        "One file holds at most %(most)s sheets. Print them school by school."
    ),
    Refusal.NO_SHEETS: _("There is no open learning code below this unit. Issue the codes first."),
}
