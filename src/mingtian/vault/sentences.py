"""What people read when something about protected children is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "vault_not_registering": _(
        "You do not register children at this place. Choose a village, town or school of your own,"
        " or ask the county office."
    ),
    "vault_reason_missing": _(
        "Say in at least %(least)s characters what you need the file for, so that others understand"
        " it later."
    ),
    "vault_reason_long": _("Keep the reason to %(most)s characters."),
    "vault_days": _("Choose between 1 and %(most)s days."),
    "vault_not_worker": _(
        "Only whoever has the case, or a case worker of the place once the file is closed, asks to erase"
        " a child. Tell that person, or the office."
    ),
    "vault_factor_missing": _(
        "Nobody opens a child's file by a password alone. Set up a second factor in your account, then"
        " do this again. Is the child in danger, call 110 now and tell whoever has the case."
    ),
    "vault_glass_not_yours": _(
        "In an emergency tell whoever has the case, or the office: they open the file at once. You"
        " may ask to read it."
    ),
    "vault_own_request": _(
        "Nobody decides about an own request. Ask a colleague with such a post."
    ),
    "vault_nothing_said": _(
        "Nothing was decided, because none of the buttons arrived. Press the one you mean."
    ),
    "vault_decided_already": _("Somebody has decided this already. The list shows how."),
    "vault_reviewed_already": _("Somebody has looked at this already. The list shows it."),
    "vault_glass_over": _(
        "Your time for reading this file is over. Ask again, or open it once more in an emergency."
    ),
    "vault_no_such_child": _(
        "This child is no longer on the register. Go back to the list and look again."
    ),
}
