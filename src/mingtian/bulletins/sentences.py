"""What readers are told when a bulletin cannot go out or units cannot be compared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "bulletin_before_the_end": _(
        "The lecture is not over yet, so there is nothing to tell of. Come back after its end."
    ),
    "bulletin_twice": _(
        "%(reference)s has gone out for this day already. There is one a day; "
        "if a second is needed, choose the reason and say it in words."
    ),
    "bulletin_reason_missing": _(
        "A second one of the same day needs its reason. Choose one and say it in a few words."
    ),
    "bulletin_reason_too_long": _("The reason is too long. Use at most %(most)s characters."),
    "bulletin_text_too_long": _("The section is too long. Use at most %(most)s characters."),
    "bulletin_number_unknown": _(
        "There is no figure called “%(name)s”. Use one of the names in the list beside the text."
    ),
    "bulletin_number_has_unit": _(
        "A figure brings its unit along. Take away “%(word)s” after the brace."
    ),
    "bulletin_section_unknown": _("This section is not part of the paper. Load the page again."),
    "bulletin_issued": _(
        "It has gone out and no longer changes. If it is wrong, write a second one with the reason."
    ),
    "bulletin_not_in_force": _(
        "Only what has gone out and is in force is posted to groups. Issue it first."
    ),
    "bulletin_figures_changed": _(
        "Figures have changed since this was drafted. Look at the old and new ones, "
        "take over the new ones, then issue."
    ),
    "comparison_off": _(
        "Units of this campaign are not compared. The office of the campaign's scope can switch it "
        "on when the mandate asks for it."
    ),
    "comparison_indicator_forbidden": _(
        "Units may not be compared by “%(word)s” (%(norm)s). "
        "Choose the number of persons, the rate, or pupils only."
    ),
    "comparison_indicator_unknown": _(
        "There is no such list. Choose the number of persons, the rate, or pupils only."
    ),
    "comparison_of_classes": _(
        "Classes, groups and persons are never compared. Look at the figures of the day instead."
    ),
    "comparison_nothing_frozen": _(
        "No day of the campaign is frozen yet. Freeze the first day, then its list appears here."
    ),
    "comparison_reason_missing": _(
        "Choose why, and say it in a few words; both stay in the record."
    ),
    "comparison_without_mandate": _(
        "The campaign's mandate has no number yet. Complete it first, or name another reason."
    ),
}
