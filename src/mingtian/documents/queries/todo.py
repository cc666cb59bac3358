"""What waits at documents for the holder of posts (core.todo)."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.documents.rules import HANDLERS, SIGNERS
from mingtian.org.queries import PostRow

_TEXTS = {
    "receive": lambda: _("Receive documents"),
    "relay": lambda: _("Pass documents on"),
    "sign": lambda: _("Sign documents"),
    "agree": lambda: _("Agree to joint documents"),
    "issue": lambda: _("Issue signed documents"),
}


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return what to receive, pass on, sign, agree to and issue: one item each. One statement."""
    handled = [post.unit.id for post in posts if post.role in HANDLERS]
    signing = [post.unit.id for post in posts if post.role in SIGNERS]
    if not handled and not signing:
        return []
    values: dict[str, list[int] | int] = {
        "handled": handled,
        "signing": signing,
        "reader": posts[0].user_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {**values})
        found = cursor.fetchall()
    todos = []
    for what, number, title, document, unit, due in found:
        due_at = None if due is None else datetime.combine(due, time(23, 59), SHANGHAI)
        overdue = due is not None and due < day_of(now)
        alone = number == 1
        todos.append(
            Todo(
                kind=f"document.{what}",
                text=_TEXTS[what](),
                about=title if alone else _("%(title)s and more") % {"title": title},
                address=_place(what, document, unit) if alone else reverse("documents:inbox"),
                when=When.OVERDUE if overdue else When.TODAY,
                due_at=due_at,
                number=number,
            )
        )
    return todos


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
    SELECT what, count(*), (array_agg(title ORDER BY due NULLS LAST, since))[1],
           (array_agg(public_id ORDER BY due NULLS LAST, since))[1],
           (array_agg(unit ORDER BY due NULLS LAST, since))[1], min(due)
    FROM waiting GROUP BY what
    ORDER BY array_position(ARRAY['receive', 'relay', 'sign', 'agree', 'issue'], what)
"""
