"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.prompts.pages import KIND_WORDS

AREA = _("Reminders")

DEEDS: dict[str, str | Promise] = {
    "prompts.made": _("Made the reminders of an evening"),
    "prompts.missed": _("Noted reminders that were missed"),
    "prompts.moved": _("Took reminders of a moved lecture back"),
    "prompts.passed_on": _("Passed a reminder on"),
    "prompts.prompted": _("Prompted the next link"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "prompts.kind": KIND_WORDS,
}
