"""What families are told when something is refused: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "family_no_seat": _(
        "This phone's entry is no longer known. Scan the learning code of the class and enter "
        "once more; then open this page again."
    ),
    "family_proof_wrong": _(
        "This is not the roster number of a child of this home. Look at the class list and try "
        "again; tries left today: %(left)s."
    ),
    "family_proof_tries": _(
        "The number was wrong five times today. Try again tomorrow, or ask the class teacher."
    ),
    "family_closed": _(
        "The page had been open for more than half an hour, so nothing was done. Open it again "
        "and repeat the last step; what you wrote is still there when you go back."
    ),
    "family_step_over": _("The last step was too long ago. Begin with the first step again."),
    "retention_too_early": _(
        "The term of this campaign is not over. Persons may be let go from %(day)s on; with "
        "--dry-run you can see what would go."
    ),
    "family_last_member": _(
        "Nobody else belongs to this home. To remove everything, erase the home."
    ),
}
