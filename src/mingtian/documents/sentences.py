"""What readers are told when a document cannot be changed, signed, issued or passed on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "document_issued": _(
        "This document has been issued and no longer changes. "
        "Write a new one that cites it, or a new version."
    ),
    "document_elsewhere": _(
        "The document is at another step by now. Load the page again to see what comes next."
    ),
    "draft_changed": _(
        "Somebody else kept this draft while you were writing. Open it in a second window, "
        "put the two together, and keep it again from there."
    ),
    "document_incomplete": _("Several things are wanting. %(wanting)s"),
    "parent_missing": _(
        "Say which document this one carries out: choose it, or write its issuer, number and date."
    ),
    "parent_incomplete": _(
        "The document above is only half named. Write who issued it, its number and its date."
    ),
    "parent_without_number": _(
        "The document above needs its number, such as number 20 of 2023. Look it up and write it."
    ),
    "parent_not_issued": _(
        "The document above has no number yet. Wait until it is issued, then cite it."
    ),
    "section_missing": _(
        "Implementation opinions need these sections as well: %(sections)s. Add a heading for each."
    ),
    "not_agreed": _(
        "These bodies have not agreed yet: %(bodies)s. Ask them to open the document and agree."
    ),
    "signer_drafted": _(
        "Who drafts a document does not sign it. Ask somebody else of your unit to sign."
    ),
    "wrong_receiver": _(
        "One of the receivers is not below you on either line, nor right above you. "
        "Choose again; a letter may also go to units beside you."
    ),
    "receivers_missing": _("Nobody would receive this document. Choose at least one receiver."),
    "wrong_partner": _(
        "One of the bodies cannot issue together with yours. Choose from those that are offered."
    ),
    "attachment_empty": _("No file came, or it holds nothing. Choose one."),
    "attachment_wrong_kind": _(
        "This file cannot be attached. Attach PDF, Word (docx), Excel (xlsx) without macros, "
        "or a picture (JPEG, PNG, WebP)."
    ),
    "attachment_too_large": _("The file is too large. Attach files of at most %(most)s MB."),
    "picture_damaged": _(
        "This picture cannot be opened. Save it anew as JPEG or PNG, then attach that."
    ),
    "picture_too_large": _(
        "The picture has too many pixels. Make it smaller, at most %(most)s, then attach it."
    ),
    "too_many_attachments": _(
        "A document has at most %(most)s attachments. Remove one, or put two into one file."
    ),
    "indicator_forbidden": _(
        "“%(word)s” may not be scored or counted against anybody (%(norm)s). "
        "Score what organisers do: documents passed on, people helped, problems solved, "
        "figures reported truthfully."
    ),
    "too_many_headings": _("The text has more than %(most)s headings. Make two documents of it."),
    "text_too_long": _("The text is too long. Use at most %(most)s characters."),
    "symbol_malformed": _(
        "Write the short name for numbers without digits, brackets or spaces, "
        "at most %(most)s characters."
    ),
    "mark_malformed": _("Write the line at the head of your papers, at most %(most)s characters."),
    "symbol_taken": _("Another unit numbers its documents under this short name. Choose another."),
    "genre_without_versions": _(
        "Only measures and evaluation plans have versions. Write a new document that cites this one."
    ),
    "relay_without_anybody": _("Choose to whom you pass it on, or say it in words."),
    "meeting_out_of_time": _(
        "The meeting must lie between the issue of the document and now. Set its time right."
    ),
    "requirements_without_words": _(
        "Say in a few words what your unit requires and how it was told."
    ),
    "note_too_long": _("That is too long. Use at most %(most)s characters."),
    "list_without_name": _("Give the list a name of at most %(most)s characters."),
    "list_without_receivers": _("Choose at least one kind of receiver for the list."),
}
