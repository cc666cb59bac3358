"""What people read when something about the register is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "children_look_too_short": _(
        "Type at least %(least)s characters of the name, its pinyin, or a guardian's telephone number."
    ),
    "children_looked_too_often": _(
        "You have looked %(most)s times within an hour. Go on later; for a whole list, use the import."
    ),
    "children_look_first": _(
        "Look for this very name or telephone number first, and register within a quarter of an hour."
        " Maybe the child is on the register already."
    ),
    "children_doubles": _(
        "%(number)s on the register may be the same child. Look at them; if it is another child, say why"
        " and register again."
    ),
    "children_registered_already": _(
        "This child is on the register of the county already, perhaps since a moment ago. Look again, or"
        " ask the county office."
    ),
    "children_aid_only": _(
        "At this place you register children for aid only: name and year of birth. A case worker of the"
        " village or town notes the rest."
    ),
    "children_has_worker": _(
        "Somebody works for this child already. Ask the office who, or have the case handed over."
    ),
    "children_moved_too_far": _(
        "Only whoever works for the child moves it into another county. Ask its case worker."
    ),
    "children_choice_missing": _(
        "Say of each whether the part ends or goes on. Somebody may have been added meanwhile: look at the"
        " list again."
    ),
    "children_password_wrong": _("The password is not right. Type it again."),
    "children_name_missing": _("Type the whole name, at least two characters."),
    "children_name_too_long": _("The name is too long. Use at most %(most)s characters."),
    "children_name_unprintable": _(
        "The name holds a figure or a sign that no name has. Type it again."
    ),
    "children_line_too_long": _("The line is too long. Use at most %(most)s characters."),
    "children_citizen_number": _(
        "This looks like a citizen number or an account. The register keeps none; leave it out."
    ),
    "children_phone_unknown": _(
        "The telephone number has 7 to 13 figures. Type it again, or leave it out."
    ),
    "children_not_a_minor": _(
        "The year of birth lies between %(first)s and %(last)s. Type it again."
    ),
    "children_basis_of_other_category": _("This reason belongs to another category. Choose again."),
    "children_category_in_future": _("The day lies in the future. Choose today or an earlier day."),
    "children_category_before_definition": _(
        "%(document)s defines this category from %(since)s on. Choose that day or a later one."
    ),
    "children_category_before_birth": _(
        "The day lies before the child's birth. Choose a later one."
    ),
    "children_too_old_for_category": _(
        "The category is for children below %(age)s. On this day the child was older."
    ),
    "children_category_noted": _(
        "The child is in this category already at that time. End the earlier note first."
    ),
    "children_category_ended": _("This category has been ended already. Nothing was changed."),
    "children_end_before_start": _("The end lies before the beginning. Choose a later day."),
    "children_consent_missing": _(
        "Nobody has agreed to this yet. Ask the guardian, and from 14 the child too, and note the consent"
        " on the child's page."
    ),
    "children_consent_withdrawn": _(
        "The consent to this was withdrawn. Nothing new is begun; what the law demands to protect the"
        " child goes on."
    ),
    "children_consent_to_aid_only": _(
        "For lists of aid you note consents to aid. The child's case worker notes the others."
    ),
    "children_consent_in_future": _("The day lies in the future. Choose today or an earlier day."),
    "children_guardian_not_told": _(
        "From 14 the child agrees itself, and the guardian is told. Say on which day that was."
    ),
}
