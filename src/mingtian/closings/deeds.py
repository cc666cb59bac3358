"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.closings.forms import COLUMN_WORDS
from mingtian.closings.pages import ANSWER_WORDS, REASON_WORDS
from mingtian.people.queries.words import KIND_WORDS

AREA = _("The days")

DEEDS: dict[str, str | Promise] = {
    "closings.answered": _("Answered a question about a day"),
    "closings.confirmed": _("Confirmed a day"),
    "closings.corrected": _("Corrected a day's figure"),
    "closings.frozen": _("Froze a day"),
    "closings.summary_sent": _("Passed the class summary on"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "closings.answer": ANSWER_WORDS,
    "closings.column": COLUMN_WORDS,
    "closings.kind": KIND_WORDS,
    "closings.reason": REASON_WORDS,
}
