"""What waits at the modules of care for the holder of posts, for all of them in one statement.

Each of these modules has an SQL function ``<module>_waits(who bigint, at timestamptz, day date)`` that
returns ``(kind, number, due)``, and ``one``, a public id, if a single thing has a page of its own. It
belongs to the keeper: it sees all rows and gives counts alone.
Its ``queries/todo.py`` says in ``SHOWN`` how each kind is told. The desk hands the names over, so that the
page asks once, however many modules there are (docs/mechanisms/vault.md).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.org.rules import IN_CARE
from mingtian.vault.rules import SUPERVISING, SUPERVISING_AT


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How a kind of thing that waits is told, and the name of the address where it is done.

    ``many`` tells more than one of it with ``%(number)s``; ``one_url`` is where a single one is done.
    ``query`` follows ``url``. Without ``when`` a thing is for today, or as soon as it is due.
    """

    text: str | Promise
    about: str | Promise
    url: str
    many: str | Promise = ""
    one_url: str = ""
    query: str = ""
    when: When | None = None


Row = dict[str, Any]

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
        # As JSON, because the functions differ in whether they name a single thing.
        sql.SQL(
            "SELECT to_jsonb(waits) FROM"
            " {}(%(who)s::bigint, %(at)s::timestamptz, %(day)s::date) AS waits"
        ).format(sql.Identifier(f"{module}_waits"))
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
        found = [_row(row) for (row,) in cursor.fetchall()]
    return [_todo(row, shown[row["kind"]], now) for row in found if row["number"]]


def _row(found: Row | str) -> Row:
    # psycopg hands JSON over as text where Django has taken its reader away.
    row: Row = json.loads(found) if isinstance(found, str) else found
    return row


def _todo(row: Row, how: Shown, now: datetime) -> Todo:
    due = datetime.fromisoformat(row["due"]) if row["due"] else None
    when = how.when or When.TODAY
    if due is not None and how.when is None:
        when = When.OVERDUE if due <= now else When.SOON
    number, one = row["number"], row.get("one")
    single = number == 1 and one and how.one_url
    text = str(how.many) % {"number": number} if how.many and number > 1 else str(how.text)
    day = _day_ending_at(due)
    return Todo(
        kind=row["kind"], text=text, about=str(how.about), number=number, when=when,
        due_at=None if day else due, due_on=day,
        address=reverse(how.one_url, args=[one]) if single else reverse(how.url) + how.query,
    )  # fmt: skip


def _day_ending_at(due: datetime | None) -> date | None:
    """Return the day that ends at this instant: nobody reads 00:00 of a day as the day before."""
    local = due and due.astimezone(SHANGHAI)
    return day_of(local) - timedelta(days=1) if local and local.time() == time.min else None
