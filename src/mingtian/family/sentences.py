"""What families are told when something is refused: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "family_no_seat": _(
        "This phone's entry is no longer known. Scan the learning code of the class and enter "
        "once more; then open this page again."
    ),
}
