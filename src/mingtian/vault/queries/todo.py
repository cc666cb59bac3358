"""What waits at the modules of care for the holder of posts, for all of them in one statement.

Each of these modules has an SQL function ``<module>_waits(who bigint, at timestamptz, day date)`` that
returns ``(kind, number, due)`` and belongs to the keeper: it sees all rows and gives counts alone.
Its ``queries/todo.py`` says in ``SHOWN`` how each kind is told. The desk hands the names over, so that the
page asks once, however many modules there are (docs/mechanisms/vault.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.org.rules import IN_CARE
from mingtian.vault.rules import SUPERVISING, SUPERVISING_AT


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How a kind of thing that waits is told, and the name of the address where it is done."""

    text: str | Promise
    about: str | Promise
    url: str


CHILDREN = _("Children in difficulty")

SHOWN: Mapping[str, Shown] = {
    "vault.glass": Shown(
        text=_("Look at a file that was opened in an emergency"), about=CHILDREN,
        url="vault:requests",
    ),
    "vault.request": Shown(
        text=_("Decide a request about a child"), about=CHILDREN, url="vault:requests"
    ),
}  # fmt: skip


def list_waiting(
    offering: Mapping[str, Mapping[str, Shown]], posts: Sequence[PostRow], *, now: datetime
) -> list[Todo]:
    """Return what waits at these modules: ``{"vault": SHOWN, …}``.

    One statement, and none when no post has to do with children.
    """
    concerned = [
        post for post in posts
        if post.role in IN_CARE
        or (post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT)
    ]  # fmt: skip
    if not concerned or not offering:
        return []
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT * FROM {}(%(who)s::bigint, %(at)s::timestamptz, %(day)s::date)").format(
            sql.Identifier(f"{module}_waits")
        )
        for module in offering
    )
    shown = {kind: how for module in offering.values() for kind, how in module.items()}
    values: dict[str, int | datetime | date] = {
        "who": concerned[0].user_id,
        "at": now,
        "day": day_of(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(asked.as_string(), values)
        return [
            _todo(kind, number, due, shown[kind], now)
            for kind, number, due in cursor.fetchall()
            if number
        ]


def _todo(kind: str, number: int, due: datetime | None, how: Shown, now: datetime) -> Todo:
    when = When.TODAY
    if due is not None:
        when = When.OVERDUE if due <= now else When.SOON
    return Todo(
        kind=kind, text=str(how.text), about=str(how.about), number=number, when=when, due_at=due,
        address=reverse(how.url),
    )  # fmt: skip
