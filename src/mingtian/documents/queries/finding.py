"""Documents as the desk's search finds them."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from mingtian.core.clock import SHANGHAI
from mingtian.core.finding import MOST, Found
from mingtian.documents.access import units_of
from mingtian.documents.queries.documents import list_register, rows_of
from mingtian.documents.words import GENRES
from mingtian.org.queries import PostRow


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:  # noqa: ARG001 - as all who find
    """Return what was issued or received at the reader's units, by title and number, the latest first.

    One statement; none for posts that read no documents.
    """
    units = units_of(posts)
    if not units:
        return []
    return [
        Found(
            kind=str(GENRES[row.genre]),
            text=row.title,
            about=" · ".join(
                [row.reference, row.unit]
                + ([f"{row.issued_at.astimezone(SHANGHAI):%Y-%m-%d}"] if row.issued_at else [])
            ),
            address=reverse("documents:document", args=[row.public_id]),
        )
        for row in rows_of(list_register(units, words)[:MOST])
    ]
