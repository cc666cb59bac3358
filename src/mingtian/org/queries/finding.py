"""Units as the desk's search finds them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from mingtian.core.clock import day_of
from mingtian.core.finding import MOST, Found
from mingtian.org.queries.posts import PostRow
from mingtian.org.queries.tree import shown_name
from mingtian.org.queries.words import kind_word
from mingtian.org.rules import IN_LECTURES, UnitKind


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return units within reach whose name holds the words; the highest in the tree first.

    Posts that serve single children reach none (``org.access``).
    """
    reaching = [post for post in posts if post.role in IN_LECTURES]
    values: dict[str, Any] = {
        "paths": [post.subtree for post in reaching],
        "lines": [post.line.value for post in reaching],
        "words": words,
        "day": day_of(now),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        return [
            Found(
                kind=kind_word(UnitKind(kind), UnitKind(over) if over else None),
                text=shown_name(name, name_en),
                about=shown_name(above or "", above_en or ""),
                address=f"{reverse('org:unit-list')}?unit={public_id}",
            )
            for public_id, kind, name, name_en, above, above_en, over in cursor.fetchall()
        ]


_FIND = """
    SELECT DISTINCT ON (nlevel(place.path), u.id)
           u.public_id, u.kind, called.name, called.name_en, above.name, above.name_en,
           superior.kind
    FROM unnest(%(paths)s::text[], %(lines)s::text[]) AS post (path, line)
    JOIN org_placement AS place
      ON place.line = post.line AND place.path <@ post.path::ltree
     AND org_holds(place.starts_on, place.ends_on, %(day)s)
    JOIN org_unit AS u ON u.id = place.unit_id
    JOIN org_unit_name AS called
      ON called.unit_id = u.id AND org_holds(called.starts_on, called.ends_on, %(day)s)
    LEFT JOIN org_unit AS superior ON superior.id = place.superior_id
    LEFT JOIN org_unit_name AS above
      ON above.unit_id = place.superior_id
     AND org_holds(above.starts_on, above.ends_on, %(day)s)
    WHERE strpos(lower(called.name), lower(%(words)s)) > 0
       OR strpos(lower(called.name_en), lower(%(words)s)) > 0
    ORDER BY nlevel(place.path), u.id
    LIMIT %(most)s
"""
