"""What readers of the desk are told when something is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "comment_decided": _(
        "Somebody has decided on this text already. Load the page again to see how."
    ),
    "comment_waits": _("This text waits already. Load the page again."),
    "nobody_told": _("Tick who was told of it, then refer it."),
    "word_list_line": _(
        "Line %(line)s cannot be read. Write a section in brackets first, then one word a line."
    ),
    "word_list_too_long": _("The list is too long. Take out what is not needed and save again."),
    "word_list_changed": _(
        "Somebody has saved another version meanwhile. Load the page and make your change there."
    ),
    "phrase_needs_both": _("Write each phrase in Chinese and English, with | between them."),
    "phrase_too_long": _("A phrase is too long. Write at most 40 characters in Chinese."),
    "too_many_phrases": _("There are too many phrases. Keep at most twelve."),
    "digest_holds_identity": _(
        "A name, number, address or class still stands in “%(where)s”. Take it out and save again."
    ),
    "digest_released": _("This digest is released. Take it back first, then change it."),
    "digest_is_draft": _("This digest is not released yet."),
}
