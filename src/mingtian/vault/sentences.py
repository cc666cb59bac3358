"""What people read when something about protected children is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "vault_not_registering": _(
        "You do not register children at this place. Choose a village, town or school of your own,"
        " or ask the county office."
    ),
    "vault_no_such_child": _(
        "This child is no longer on the register. Go back to the list and look again."
    ),
}
