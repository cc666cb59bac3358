"""Changes of documents: draft, review, sign, agree, issue, receive, pass on, meet, require, close."""

from mingtian.documents.actions.cascade import (
    Held,
    Onward,
    note_meeting,
    note_requirements,
    receive,
    relay,
    take_meeting,
)
from mingtian.documents.actions.drafting import (
    Draft,
    attach,
    create_draft,
    detach,
    drop_draft,
    new_version,
    note_refused,
    open_attachment,
    save_draft,
)
from mingtian.documents.actions.issuing import (
    Ready,
    agree,
    close,
    issue,
    issue_ready,
    review,
    send_back,
    sign,
)
from mingtian.documents.actions.sending import drop_list, save_list, set_letterhead

__all__ = [
    "Draft",
    "Held",
    "Onward",
    "Ready",
    "agree",
    "attach",
    "close",
    "create_draft",
    "detach",
    "drop_draft",
    "drop_list",
    "issue",
    "issue_ready",
    "new_version",
    "note_meeting",
    "note_refused",
    "note_requirements",
    "open_attachment",
    "receive",
    "relay",
    "review",
    "save_draft",
    "save_list",
    "send_back",
    "set_letterhead",
    "sign",
    "take_meeting",
]
