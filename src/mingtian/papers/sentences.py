"""What readers are told when a paper cannot be laid out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "paper_without_title": _("The paper has no title yet. Write one, then try again."),
    "paper_without_body": _("The paper has no text yet. Write at least one paragraph."),
    "paper_without_issuer": _("Nobody issues the paper yet. Choose at least one issuing body."),
    "paper_table_torn": _(
        "A table of the paper has rows of different length. Give every row as many cells as its head."
    ),
    "paper_undrawable": _(
        "No typeface here can print these characters: %(characters)s. "
        "Replace them, or ask the operator to add a typeface that has them."
    ),
}
