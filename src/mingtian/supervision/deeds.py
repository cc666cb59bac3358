"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.supervision.rules import Stage
from mingtian.supervision.words import CAUSE_WORDS, STAGE_WORDS, VISIT_WORDS

AREA = _("Supervision")

DEEDS: dict[str, str | Promise] = {
    "supervision.follow_up_added": _("Added a follow-up to a visit"),
    "supervision.follow_up_done": _("Noted a follow-up of a visit as done"),
    "supervision.looked": _("Looked at an evening's figures, by itself"),
    "supervision.task_done": _("Made a call and noted the reason"),
    "supervision.task_given": _("Gave a call to somebody"),
    "supervision.task_taken": _("Took a call on"),
    "supervision.ticket_answered": _("Answered a problem ticket"),
    "supervision.ticket_closed": _("Closed a problem ticket"),
    "supervision.ticket_given": _("Gave a problem ticket to somebody"),
    "supervision.ticket_opened": _("Opened a problem ticket"),
    "supervision.ticket_passed": _("Passed a problem ticket up"),
    "supervision.ticket_solved": _("Said that a problem is solved"),
    "supervision.visit_called_off": _("Called a visit off"),
    "supervision.visit_found": _("Wrote what a visit found"),
    "supervision.visit_planned": _("Planned a visit to a school"),
    "supervision.visit_refused": _("Was refused a visit to a school"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "supervision.cause": CAUSE_WORDS,
    "supervision.kind": VISIT_WORDS,
    "supervision.stage": {**STAGE_WORDS, Stage.DUE: _("when confirmations are due")},
}
