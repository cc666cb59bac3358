"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.children.words import (
    CATEGORY_WORDS,
    CLOSING_WORDS,
    DESPITE_WORDS,
    PART_WORDS,
    PARTY_WORDS,
    PURPOSE_WORDS,
)
from mingtian.vault.rules import Part

AREA = _("Register of children")

DEEDS: dict[str, str | Promise] = {
    "children.category_ended": _("Ended a category of a child"),
    "children.category_noted": _("Noted a category of a child"),
    "children.consent_noted": _("Noted a consent"),
    "children.consent_withdrawn": _("Noted that a consent was withdrawn"),
    "children.corrected": _("Corrected a child's entry"),
    "children.guardian_added": _("Added a guardian"),
    "children.guardian_ended": _("Ended a guardian's entry"),
    "children.let_stay": _("Let somebody stay in the life of a child that has moved"),
    "children.looked": _("Looked for a child in the register"),
    "children.moved": _("Noted that a child has moved"),
    "children.registered": _("Registered a child"),
    "children.registered_many": _("Registered children from a list"),
    "children.taken_out": _("Took out the register of children in a file"),
    "children.taken_up": _("Took a child up"),
}

PARTS = {**PART_WORDS, Part.READER: _("reads for a while"), Part.CLERK: _("keeps the aid")}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "children.category": CATEGORY_WORDS,
    "children.despite": DESPITE_WORDS,
    "children.part": PARTS,
    "children.party": PARTY_WORDS,
    "children.purpose": PURPOSE_WORDS,
    "vault.part": PARTS,
    "vault.why": CLOSING_WORDS,
}
