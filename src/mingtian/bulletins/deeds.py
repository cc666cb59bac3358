"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.bulletins.words import (
    AGAIN_WORDS,
    GROUND_WORDS,
    KIND_WORDS,
    SECTION_WORDS,
    STATUS_WORDS,
)

AREA = _("Bulletins")

DEEDS: dict[str, str | Promise] = {
    "bulletins.begun": _("Began a bulletin or a supervision note"),
    "bulletins.comparison": _("Changed the comparison of units of a campaign"),
    "bulletins.dropped": _("Dropped a draft of a bulletin"),
    "bulletins.edited": _("Edited a bulletin"),
    "bulletins.figures_taken": _("Took the figures of a bulletin anew"),
    "bulletins.issued": _("Issued a bulletin"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "bulletins.ground": GROUND_WORDS,
    "bulletins.kind": KIND_WORDS,
    "bulletins.reason": AGAIN_WORDS,
    "bulletins.section": SECTION_WORDS,
    "bulletins.status": STATUS_WORDS,
}
