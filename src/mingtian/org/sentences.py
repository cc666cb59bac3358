"""What readers are told when the unit tree refuses: what is wrong and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "needs_superior": _(
        "A unit of this kind cannot stand at the top. Choose what it stands under."
    ),
    "wrong_superior": _(
        "A unit of this kind cannot stand under the chosen one. Choose another superior."
    ),
    "stands_nowhere": _("The unit has no place yet. Choose what it stands under."),
    "superior_unknown": _("The chosen superior does not exist. Choose another one."),
    "superior_not_standing": _(
        "The chosen superior does not stand on this line on that day. "
        "Place it there first, or choose a later day."
    ),
    "superior_closes": _("The chosen superior is closed or will be. Choose one that stays."),
    "inner_unit_follows": _(
        "Classes and grades follow their school. Place or move the school instead."
    ),
    "already_placed": _(
        "The unit stands under another superior on this line. Move it instead of placing it."
    ),
    "not_placed": _("The unit does not stand on this line on that day. Place it there first."),
    "cycle": _("A unit cannot stand under itself or under a unit of its own. Choose another one."),
    "changes_later": _("A change on %(day)s is already entered. Choose that day or a later one."),
    "before_opening": _("This began on %(day)s. Choose that day or a later one."),
    "closed_already": _("The unit is closed since %(day)s. Choose a unit that is open."),
    "has_inferiors": _(
        "Units still stand below this one. Move them first, or close them together with it."
    ),
    "merge_into_itself": _("A unit cannot be merged into itself. Choose another one."),
    "merge_other_kind": _("Only units of one kind can be merged. Choose one of the same kind."),
    "name_missing": _("The name is missing. Write the name of the unit."),
    "name_too_long": _("The name is too long. Write at most %(most)s characters."),
    "name_unprintable": _("The name holds characters that cannot be shown. Type it once more."),
    "name_taken": _(
        "A unit named %(name)s is already there. Use that one, or give this one another name."
    ),
    "key_twice": _("Two units of the list have the same key. Give each its own."),
    "code_without_place": _("Only places have a code. Leave the code empty for this unit."),
    "code_impossible": _("There can be no code %(code)s. Compare it with the official list."),
    "code_of_other_level": _(
        "%(code)s is a code of another level. Compare it with the official list."
    ),
    "code_outside_superior": _(
        "%(code)s does not lie within %(superior)s, the code of the unit above. "
        "Compare both with the official list."
    ),
    "code_taken": _("Another place has the code %(code)s. Compare both with the official list."),
    "urban_rural_unknown": _(
        "There is no urban–rural class %(urban_rural)s beside this code. "
        "Use one of 111, 112, 121, 122, 123, 210, 220."
    ),
    "wrong_post": _("There is no such post at a unit of this kind. Choose another unit or role."),
}
