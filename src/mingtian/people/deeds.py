"""What the audit trail tells of what this module does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Rosters and homes")

DEEDS: dict[str, str | Promise] = {
    "people.consented": _("Agreed to the notice, as a family"),
    "people.erased": _("Erased a home"),
    "people.household_joined": _("Joined a home"),
    "people.kin_changed": _("Changed a relative's kinship"),
    "people.left": _("Left the roster"),
    "people.names_opened_to_hide": _("Opened names, to keep them out of a text"),
    "people.names_read": _("Read names of a class"),
    "people.own_name_read": _("Read the own name"),
    "people.relative_added": _("Added a relative to a home"),
    "people.removed_from_home": _("Took a person out of a home"),
    "people.roster_imported": _("Imported a roster"),
    "people.standing_decided": _("Noted a person as exempt or unwilling"),
    "people.standing_ended": _("Noted a person as expected again"),
    "people.term_over": _("Deleted homes and names of a term that is over"),
    "people.transferred": _("Moved a pupil to another class"),
    "people.withdrawn": _("Withdrew consent, as a family"),
}
