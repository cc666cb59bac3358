"""Recounts the log of readings, for ``mingtian audit verify``."""

from collections.abc import Iterator

from django.db import connection

from mingtian.vault.access import keep

SUBJECT = "readings of children's files"


def verify() -> Iterator[str]:
    """Yield a sentence for each reading or link that is not as it was; nothing when all is well.

    One pass in PostgreSQL: each link is worked out again from the one before it and from its reading.
    """
    with keep("verify the log of readings"), connection.cursor() as cursor:
        cursor.execute(_WRONG)
        for number, reading, why in cursor.fetchall():
            yield f"link {number}, reading {reading}: {why}."
        cursor.execute(_HEAD)
        if not (cursor.fetchone() or (True,))[0]:
            yield "the end of the log: links after the last are missing."
        cursor.execute(_LOOSE)
        for (reading,) in cursor.fetchall():
            yield f"reading {reading}: has no link."


_WRONG = """
    SELECT number, reading_id, why FROM (
        SELECT link.number, link.reading_id, CASE
                   WHEN link.number <> coalesce(lag(link.number) OVER w, 0) + 1
                       THEN 'a link before it is missing'
                   WHEN reading.id IS NULL THEN 'the reading is missing'
                   WHEN link.digest <> sha256(coalesce(lag(link.digest) OVER w, '')
                                              || convert_to(vault_text(reading), 'UTF8'))
                       THEN 'changed since it was written' END AS why
        FROM vault_link link LEFT JOIN vault_reading reading ON reading.id = link.reading_id
        WINDOW w AS (ORDER BY link.number)
    ) AS looked_at WHERE why IS NOT NULL ORDER BY number LIMIT 100
"""

_HEAD = """
    SELECT (head.number, head.digest) = (coalesce(last.number, 0), coalesce(last.digest, ''))
    FROM vault_head head
    LEFT JOIN (SELECT number, digest FROM vault_link ORDER BY number DESC LIMIT 1) AS last ON true
"""

_LOOSE = """
    SELECT reading.id FROM vault_reading reading
    LEFT JOIN vault_link link ON link.reading_id = reading.id
    WHERE link.number IS NULL ORDER BY reading.id LIMIT 100
"""
