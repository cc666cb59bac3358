"""What waits in cases for the holder of posts (core.todo): numbers, never a child's name."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.care.rules import ANSWER_WITHIN
from mingtian.care.statements import rows
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.vault.rules import SUPERVISING, SUPERVISING_AT

WITH_CASES = frozenset({Role.CASE_WORKER, Role.COUNSELLOR, Role.HELPER})
DECIDING_AT = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE})
"""Who answers and approves first; the county where nobody did within three days."""


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return what is due, silent, handed over, returned, reported or asked. One statement."""
    above = [
        post for post in posts
        if post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT and post.line is Line.LEADS
    ]  # fmt: skip
    if not above and not any(post.role in WITH_CASES for post in posts):
        return []
    values = {
        "user": posts[0].user_id,
        "day": day_of(now),
        "now": now,
        "seen": [post.subtree for post in above],
        "near": [post.subtree for post in above if post.unit.kind in DECIDING_AT],
        "deciding": [post.subtree for post in above if post.unit.kind is not UnitKind.SCHOOL],
        "late": now - ANSWER_WITHIN,
    }
    return [
        _todo(what, number, first, one, now) for what, number, first, one in rows("waiting", values)
    ]


def list_in_hand(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:  # noqa: ARG001 - core.todo
    """Return the cases of a case worker, to be handed over before the post ends. One statement."""
    if not any(post.role is Role.CASE_WORKER for post in posts):
        return []
    ((number,),) = rows("in_hand", {"user": posts[0].user_id})
    if not number:
        return []
    return [
        Todo(
            kind="care.case", text=_("Case worker of children in difficulty"),
            about=_("%(number)s open cases") % {"number": number}, address=reverse("care:own"),
            when=When.SOON, number=number,
        )
    ]  # fmt: skip


def _todo(what: str, number: int, first: date, one: str, now: datetime) -> Todo:
    return Todo(
        kind=f"care.{what}",
        text=_text(what, number),
        about=_("Children in difficulty"),
        address=_address(what, number, one),
        when=_when(what, first, day_of(now)),
        due_at=datetime.combine(first, time(18), SHANGHAI) if what in {"due", "ticket"} else None,
        number=number,
    )


def _text(what: str, number: int) -> str:
    one, many = {
        "due": (_("Do what is due in a case"), _("Do what is due in %(number)s cases")),
        "silent": (
            _("Ask whether a child's parents kept in touch"),
            _("Ask whether the parents of %(number)s children kept in touch"),
        ),
        "returned": (
            _("Change a plan that the office gave back"),
            _("Change %(number)s plans that the office gave back"),
        ),
        "transfer": (
            _("Say whether you take over a case"),
            _("Say whether you take over %(number)s cases"),
        ),
        "answered": (
            _("Read the office's answer to a problem"),
            _("Read the office's answers to %(number)s problems"),
        ),
        "plan": (_("Decide on a child's plan"), _("Decide on %(number)s children's plans")),
        "ticket": (
            _("Answer a child's timely problem"),
            _("Answer %(number)s children's timely problems"),
        ),
        "report": (
            _("Look at a report of harm or danger"),
            _("Look at %(number)s reports of harm or danger"),
        ),
    }[what]
    return one if number == 1 else many % {"number": number}


def _when(what: str, first: date, today: date) -> When:
    if what == "report":
        return When.OVERDUE
    if what in {"due", "silent", "ticket"} and first < today:
        return When.OVERDUE
    if what == "due" and first > today:
        return When.SOON
    return When.NOW if what in {"transfer", "plan"} else When.TODAY


def _address(what: str, number: int, one: str) -> str:
    if what in {"ticket", "answered"}:
        return reverse("care:ticket", args=[one]) if number == 1 else reverse("care:own")
    if what == "report":
        return reverse("care:report", args=[one]) if number == 1 else reverse("care:own")
    if number == 1:
        return reverse("care:case", args=[one])
    return f"{reverse('care:cases')}?show=plan" if what == "plan" else reverse("care:own")
