"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.yearbook.words import (
    CASE_STATES,
    CATEGORIES,
    KINDS,
    MEASURES,
    OF_RULES,
    OVERLAP_WORDS,
)

AREA = _("The year")

DEEDS: dict[str, str | Promise] = {
    "yearbook.closed": _("Closed a year"),
    "yearbook.given_out": _("Gave out an edition of the year"),
    "yearbook.printed_noted": _("Noted a printed figure"),
    "yearbook.taken_out": _("Took the year out as a file"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "yearbook.measure": {**MEASURES, **OF_RULES},
    "yearbook.word": {**CATEGORIES, **OVERLAP_WORDS, **CASE_STATES, **KINDS},
}
