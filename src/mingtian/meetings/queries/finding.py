"""Meetings as the desk's search finds them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.finding import MOST, Found
from mingtian.meetings.rules import READERS, Kind
from mingtian.meetings.words import KIND_WORDS
from mingtian.org.queries import PostRow, shown_name


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return meetings within reach whose title holds the words, the latest first."""
    reading = [post for post in posts if post.role in READERS]
    values: dict[str, Any] = {
        "paths": [post.subtree for post in reading],
        "lines": [post.line.value for post in reading],
        "words": words.replace("\0", ""),
        "day": day_of(now),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        return [
            Found(
                kind=str(KIND_WORDS[Kind(kind)]),
                text=title,
                about=f"{shown_name(name, name_en)} · {held_at.astimezone(SHANGHAI):%Y-%m-%d}",
                address=reverse("meetings:meeting", args=[public_id]),
            )
            for public_id, kind, title, held_at, name, name_en in cursor.fetchall()
        ]


_FIND = """
    SELECT m.public_id, m.kind, m.title, m.held_at, called.name, called.name_en
    FROM meetings_meeting AS m
    JOIN org_unit_name AS called
      ON called.unit_id = m.unit_id AND org_holds(called.starts_on, called.ends_on, %(day)s)
    WHERE strpos(lower(m.title), lower(%(words)s)) > 0
      AND EXISTS (
        SELECT 1
        FROM unnest(%(paths)s::text[], %(lines)s::text[]) AS post (path, line)
        JOIN org_placement AS place
          ON place.line = post.line AND place.path <@ post.path::ltree
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
        WHERE place.unit_id = m.unit_id)
    ORDER BY m.held_at DESC, m.id DESC
    LIMIT %(most)s
"""
