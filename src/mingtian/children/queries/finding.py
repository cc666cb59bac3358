"""Children as the desk's search finds them: by number alone, never by name."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.finding import Found
from mingtian.org.queries import PostRow
from mingtian.org.queries.tree import shown_name
from mingtian.vault.access import keep
from mingtian.vault.rules import CLERKS, REGISTERING, SUPERVISING, SUPERVISING_AT

_NUMBER = re.compile(r"[0-9a-z]{12}")


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return the child of this very number within reach; whatever is no number finds nothing."""
    number = words.strip().casefold()
    reaching = [post for post in posts if _reaches(post)]
    if not reaching or _NUMBER.fullmatch(number) is None:
        return []
    values: dict[str, Any] = {
        "number": number, "day": day_of(now),
        "paths": [post.subtree for post in reaching], "lines": [post.line.value for post in reaching],
    }  # fmt: skip
    with keep("find a child by number"), connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        return [
            Found(
                kind=_("Child in difficulty"), text=public_id, about=shown_name(name, name_en),
                address=reverse("children:child", args=[public_id]),
            )
            for public_id, name, name_en in cursor.fetchall()
        ]  # fmt: skip


def _reaches(post: PostRow) -> bool:
    supervises = post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT
    return supervises or post.role in REGISTERING | CLERKS


_FIND = """
    SELECT DISTINCT child.public_id, called.name, called.name_en
    FROM vault_child child
    JOIN org_placement place ON place.unit_id IN (child.unit_id, child.school_id)
     AND org_holds(place.starts_on, place.ends_on, %(day)s)
    JOIN unnest(%(paths)s::text[], %(lines)s::text[]) AS post (path, line)
      ON place.line = post.line AND place.path <@ post.path::ltree
    JOIN org_unit_name called ON called.unit_id = child.unit_id
     AND org_holds(called.starts_on, called.ends_on, %(day)s)
    WHERE child.public_id = %(number)s AND child.erased_at IS NULL
"""
