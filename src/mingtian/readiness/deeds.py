"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.rules import Item
from mingtian.readiness.words import LEVER_WORDS, TASK_WORDS

AREA = _("Readiness")

DEEDS: dict[str, str | Promise] = {
    "readiness.activity_logged": _("Logged an activity"),
    "readiness.activity_removed": _("Took an activity out of the log"),
    "readiness.duty_named": _("Named who is on duty"),
    "readiness.duty_removed": _("Took a duty of the five-old back"),
    "readiness.duty_written": _("Gave the five-old a duty"),
    "readiness.family_dropped": _("Let a key family go"),
    "readiness.family_written": _("Wrote a key family down"),
    "readiness.finding_told": _("Told what a pilot has taught"),
    "readiness.forgotten": _("Deleted a home's link to a key family"),
    "readiness.item_emptied": _("Took a point of the checklist back"),
    "readiness.item_filled": _("Filled a point of the checklist"),
    "readiness.line_removed": _("Took a target group off the plan"),
    "readiness.line_written": _("Put a target group into the plan"),
    "readiness.pilot_chosen": _("Chose a pilot community"),
    "readiness.pilot_ended": _("Ended a pilot"),
    "readiness.sheet_issued": _("Issued the school's requirements"),
    "readiness.swap_answered": _("Answered a request to change duty"),
    "readiness.swap_asked": _("Asked to change duty"),
    "readiness.swap_withdrawn": _("Withdrew a request to change duty"),
    "readiness.term_over": _("Deleted the key families of a term that is over"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "readiness.item": {
        Item.MEETING: _("The leaders' meeting was held"),
        Item.PERSON: _("Somebody is in charge"),
        Item.PLAN: _("The plan is filed"),
    },
    "readiness.kind": PEOPLE_WORDS,
    "readiness.leg": LEG_WORDS,
    "readiness.lever": LEVER_WORDS,
    "readiness.task": TASK_WORDS,
}
