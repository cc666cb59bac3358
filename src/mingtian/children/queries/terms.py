"""Children whose files have been closed for as long as files are kept (PIPL 19)."""

from datetime import datetime

from django.db import connection

from mingtian.children.rules import KEPT_AFTER_CLOSING
from mingtian.vault.access import keep


def list_over(now: datetime) -> list[tuple[int, str]]:
    """Return key and number of each child whose term is over, the longest closed first.

    One selection for the count of a dry run and for the erasure itself.
    """
    with keep("list children whose term is over"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, public_id FROM vault_child"
            " WHERE erased_at IS NULL AND state = 'closed' AND closed_at <= %s"
            " ORDER BY closed_at, id",
            [now - KEPT_AFTER_CLOSING],
        )
        return [(child, number) for child, number in cursor.fetchall()]
