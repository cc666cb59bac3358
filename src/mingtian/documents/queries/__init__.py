"""Reads of documents, as frozen rows: for pages, and for modules that list or cite them."""

from mingtian.documents.queries.cascade import (
    CascadeRow,
    ReceiverRow,
    StepRow,
    cascade_below,
    list_beside,
    steps_of,
)
from mingtian.documents.queries.documents import (
    DocumentRow,
    LetterheadRow,
    ReceivedRow,
    find_by_source,
    find_document,
    letterhead_of,
    list_citable,
    list_lower,
    list_of_campaign,
    list_received,
    list_register,
    list_unissued,
    rows_of,
)

__all__ = [
    "CascadeRow",
    "DocumentRow",
    "LetterheadRow",
    "ReceivedRow",
    "ReceiverRow",
    "StepRow",
    "cascade_below",
    "find_by_source",
    "find_document",
    "letterhead_of",
    "list_beside",
    "list_citable",
    "list_lower",
    "list_of_campaign",
    "list_received",
    "list_register",
    "list_unissued",
    "rows_of",
    "steps_of",
]
