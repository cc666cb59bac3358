"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.pairs.words import ENDING_WORDS

AREA = _("Helping pairs")

DEEDS: dict[str, str | Promise] = {
    "pairs.agreed": _("Agreed on a pair's rhythm and term"),
    "pairs.began": _("Began a pair"),
    "pairs.ended": _("Ended a pair"),
    "pairs.goals_agreed": _("Agreed on a pair's goals"),
    "pairs.handed_over": _("Handed a pair over"),
    "pairs.helper_began": _("Added a helper to a pair"),
    "pairs.helper_ended": _("Ended a helper's part in a pair"),
    "pairs.helpers_taken": _("Took the list of helpers out"),
    "pairs.list_taken": _("Took the list of pairs out"),
    "pairs.paused": _("Paused a pair"),
    "pairs.resumed": _("Resumed a pair"),
    "pairs.vetted": _("Noted a check of a helper"),
    "pairs.vetting_ended": _("Ended the check of a helper"),
    "pairs.visit_looked_at": _("Looked at an odd visit"),
    "pairs.visit_told": _("Told of a visit"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "pairs.why": ENDING_WORDS,
}
