"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.comments.words import STATES, TOLD

AREA = _("Comments")

DEEDS: dict[str, str | Promise] = {
    "comments.approved": _("Approved a comment"),
    "comments.declined": _("Declined a comment"),
    "comments.digest_drafted": _("Drafted a digest of comments"),
    "comments.digest_edited": _("Edited a digest of comments"),
    "comments.digest_recalled": _("Recalled a digest of comments"),
    "comments.digest_released": _("Released a digest of comments"),
    "comments.forgotten": _("Deleted the comments of a home"),
    "comments.phrases_set": _("Set the phrases offered to families"),
    "comments.queue_read": _("Read comments that wait"),
    "comments.referred": _("Referred a comment to somebody who helps"),
    "comments.taken_back": _("Took a decision about a comment back"),
    "comments.term_over": _("Deleted the comments of a term that is over"),
    "comments.waiting": _("Let a comment wait again"),
    "comments.word_list_saved": _("Saved the list of words to review"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "comments.detail": {"batch": _("several at once"), **STATES, **TOLD},
}
