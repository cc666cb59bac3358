"""Reads of groups, posts, receipts, boards and tips, as frozen rows."""

from mingtian.groups.queries.boards import TipRow, list_entries, list_tips
from mingtian.groups.queries.posts import (
    list_receipts,
    list_received,
    list_sent,
    list_to_paste,
)
from mingtian.groups.queries.register import (
    ListRow,
    campaign_called,
    count_members,
    list_groups,
    list_groups_with,
    list_lists,
    list_usable,
    proposed_names,
)
from mingtian.groups.rows import (
    DeliveryRow,
    EntryRow,
    GroupRow,
    NoteRow,
    PostRow,
    ReceiptRow,
    find_group,
    find_post,
    list_deliveries,
)

__all__ = [
    "DeliveryRow",
    "EntryRow",
    "GroupRow",
    "ListRow",
    "NoteRow",
    "PostRow",
    "ReceiptRow",
    "TipRow",
    "campaign_called",
    "count_members",
    "find_group",
    "find_post",
    "list_deliveries",
    "list_entries",
    "list_groups",
    "list_groups_with",
    "list_lists",
    "list_receipts",
    "list_received",
    "list_sent",
    "list_tips",
    "list_to_paste",
    "list_usable",
    "proposed_names",
]
