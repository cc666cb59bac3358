"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.people.queries.words import EXEMPT_WORDS, KIN_WORDS
from mingtian.people.rules import GivenBy, StandingState

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

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "people.given_by": {
        GivenBy.GUARDIAN: _("a parent or guardian"),
        GivenBy.PUPIL: _("the pupil, 14 or older"),
        GivenBy.SELF: _("the person itself"),
        GivenBy.PAPER: _("on paper"),
    },
    "people.kin": KIN_WORDS,
    "people.reason": EXEMPT_WORDS,
    "people.state": {
        StandingState.EXEMPT: _("exempt"),
        StandingState.UNWILLING: _("does not wish to take part"),
    },
}
