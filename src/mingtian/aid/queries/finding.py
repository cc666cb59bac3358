"""Funds and schemes as the desk's search finds them. No list and no child is searched."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.aid.rules import APPROVERS, FUNDS_AT
from mingtian.core.finding import MOST, Found
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import Line, Role


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return funds and schemes whose name holds the words, of the posts' units and those above.

    One statement, and none for posts that have nothing to do with aid.
    """
    del now
    units = sorted({unit for post in posts if _concerned(post) for unit in post.path})
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"units": units, "words": words, "most": MOST})
        return [
            Found(
                kind=_("Fund") if kind == "fund" else _("Scheme"),
                text=shown_name(name, name_en),
                about=_("Student aid"),
                address=reverse("aid:fund", args=[public_id])
                if kind == "fund"
                else reverse("aid:schemes"),
            )
            for kind, public_id, name, name_en in cursor.fetchall()
        ]


def _concerned(post: PostRow) -> bool:
    if post.line is not Line.LEADS:
        return False
    return post.role in {Role.AID_CLERK, Role.CASHIER} or (
        post.role in APPROVERS and post.unit.kind in FUNDS_AT
    )


_FIND = """
    SELECT kind, public_id, name, name_en FROM (
        SELECT 'fund' AS kind, public_id, name, name_en, unit_id FROM aid_fund
        UNION ALL
        SELECT 'scheme', public_id, name, name_en, unit_id FROM aid_scheme
    ) AS called
    WHERE unit_id = ANY (%(units)s)
      AND (strpos(lower(name), lower(%(words)s)) > 0 OR strpos(lower(name_en), lower(%(words)s)) > 0)
    ORDER BY kind, name LIMIT %(most)s
"""
