"""What waits at documents for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.documents.rules import HANDLERS, SIGNERS
from mingtian.org.queries import PostRow

_TEXTS = {
    "receive": lambda: _("Receive documents"),
    "relay": lambda: _("Pass documents on"),
    "sign": lambda: _("Sign documents"),
    "agree": lambda: _("Agree to joint documents"),
    "issue": lambda: _("Issue signed documents"),
    "behind": lambda: _("Ask who has not passed a document on"),
}


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return what to receive, pass on, sign, agree to and issue, and whom to ask: one item each.

    One statement. Whom to ask are units right below that let the day of passing on go by.
    """
    handled = [post.unit.id for post in posts if post.role in HANDLERS]
    signing = [post.unit.id for post in posts if post.role in SIGNERS]
    if not handled and not signing:
        return []
    lines = [post.line.value for post in posts if post.role in HANDLERS]
    with connection.cursor() as cursor:
        cursor.execute(
            _TODOS,
            {"handled": handled, "lines": lines, "signing": signing, "reader": posts[0].user_id,
             "today": day_of(now)},
        )  # fmt: skip
        found = cursor.fetchall()
    return [_todo(each, now) for each in found]


def _todo(found: Sequence[Any], now: datetime) -> Todo:
    what, number, documents, title, document, unit, due = found
    alone = documents == 1
    overdue = due is not None and due < day_of(now) and what != "behind"
    return Todo(
        kind=f"document.{what}",
        text=_TEXTS[what](),
        about=title if alone else _("%(title)s and more") % {"title": title},
        address=_place(what, document, unit) if alone else reverse("documents:inbox"),
        when=When.OVERDUE if overdue else When.TODAY,
        due_on=due,
        number=number,
    )


def _place(what: str, document: str, unit: str | None) -> str:
    """Return the very page where it is done."""
    if what == "relay":
        return reverse("documents:handle", args=[document, unit])
    return reverse("documents:document", args=[document])


_WAITING = """
    WITH waiting AS (
        SELECT CASE WHEN r.received_at IS NULL THEN 'receive' ELSE 'relay' END AS what,
               d.title, d.public_id, u.public_id AS unit, d.relay_by AS due, r.sent_at AS since
        FROM documents_receipt AS r JOIN documents_document AS d ON d.id = r.document_id
        JOIN org_unit AS u ON u.id = r.unit_id
        WHERE r.unit_id = ANY(%(handled)s) AND d.state = 'issued' AND r.relayed_at IS NULL
        UNION ALL
        SELECT CASE d.state WHEN 'reviewed' THEN 'sign' ELSE 'issue' END,
               d.title, d.public_id, NULL, NULL, d.drafted_at
        FROM documents_document AS d
        WHERE d.unit_id = ANY(%(signing)s) AND d.state IN ('reviewed', 'signed')
          AND (d.state = 'reviewed' AND d.drafted_by_id IS DISTINCT FROM %(reader)s
               OR d.state = 'signed' AND NOT EXISTS (
                   SELECT FROM documents_partner AS p
                   WHERE p.document_id = d.id AND p.agreed_at IS NULL))
        UNION ALL
        SELECT 'agree', d.title, d.public_id, NULL, NULL, d.drafted_at
        FROM documents_partner AS p JOIN documents_document AS d ON d.id = p.document_id
        WHERE p.unit_id = ANY(%(signing)s) AND p.agreed_at IS NULL
          AND d.state IN ('reviewed', 'signed')
    )
    SELECT what, count(*), count(*), (array_agg(title ORDER BY due NULLS LAST, since))[1],
           (array_agg(public_id ORDER BY due NULLS LAST, since))[1],
           (array_agg(unit ORDER BY due NULLS LAST, since))[1], min(due)
    FROM waiting GROUP BY what
    ORDER BY array_position(ARRAY['receive', 'relay', 'sign', 'agree', 'issue'], what)
"""
_BEHIND = """
    WITH own AS (
        SELECT * FROM unnest(%(handled)s::int[], %(lines)s::text[]) AS own (unit, line)
    ), behind AS (
        SELECT DISTINCT r.id, d.id AS document, d.title, d.public_id, d.relay_by AS due
        FROM documents_document AS d
        JOIN documents_receipt AS r ON r.document_id = d.id AND r.relayed_at IS NULL
        JOIN org_placement AS p
          ON p.unit_id = r.unit_id AND org_holds(p.starts_on, p.ends_on, %(today)s)
        JOIN own ON own.unit = p.superior_id AND own.line = p.line
        WHERE d.state = 'issued' AND d.relay_by < %(today)s AND (
            d.unit_id = own.unit
            OR EXISTS (SELECT FROM documents_partner AS o
                       WHERE o.document_id = d.id AND o.unit_id = own.unit)
            OR EXISTS (SELECT FROM documents_receipt AS o
                       WHERE o.document_id = d.id AND o.unit_id = own.unit))
    )
    SELECT 'behind', count(*), count(DISTINCT document), (array_agg(title ORDER BY due))[1],
           (array_agg(public_id ORDER BY due))[1], NULL, min(due)
    FROM behind HAVING count(*) > 0
"""
_TODOS = f"SELECT * FROM ({_WAITING}) AS waiting UNION ALL SELECT * FROM ({_BEHIND}) AS behind"  # noqa: S608
