"""What waits in cases for the holder of posts (vault.queries.todo): numbers, never a child's name."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtian.care.statements import rows
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow
from mingtian.org.rules import Role
from mingtian.vault.queries.todo import CHILDREN, Shown

WITH_CASES = frozenset({Role.CASE_WORKER, Role.COUNSELLOR, Role.HELPER})

SHOWN: Mapping[str, Shown] = {
    "care.due": Shown(
        text=gettext_lazy("Do what is due in a case"),
        many=gettext_lazy("Do what is due in %(number)s cases"),
        about=CHILDREN, url="care:own", one_url="care:case",
    ),
    "care.silent": Shown(
        text=gettext_lazy("Ask whether a child's parents kept in touch"),
        many=gettext_lazy("Ask whether the parents of %(number)s children kept in touch"),
        about=CHILDREN, url="care:own", one_url="care:case", when=When.OVERDUE,
    ),
    "care.returned": Shown(
        text=gettext_lazy("Change a plan that the office gave back"),
        many=gettext_lazy("Change %(number)s plans that the office gave back"),
        about=CHILDREN, url="care:own", one_url="care:case",
    ),
    "care.transfer": Shown(
        text=gettext_lazy("Say whether you take over a case"),
        many=gettext_lazy("Say whether you take over %(number)s cases"),
        about=CHILDREN, url="care:own", one_url="care:case", when=When.NOW,
    ),
    "care.handover": Shown(
        text=gettext_lazy("Nobody has said yes to a hand-over: ask again"),
        many=gettext_lazy("Nobody has said yes to %(number)s hand-overs: ask again"),
        about=CHILDREN, url="care:own", one_url="care:case",
    ),
    "care.unanswered": Shown(
        text=gettext_lazy("Ask what became of a referral"),
        many=gettext_lazy("Ask what became of referrals in %(number)s cases"),
        about=CHILDREN, url="care:own", one_url="care:case", when=When.OVERDUE,
    ),
    "care.answered": Shown(
        text=gettext_lazy("Read the office's answer to a problem"),
        many=gettext_lazy("Read the office's answers to %(number)s problems"),
        about=CHILDREN, url="care:own", one_url="care:ticket",
    ),
    "care.plan": Shown(
        text=gettext_lazy("Decide on a child's plan"),
        many=gettext_lazy("Decide on %(number)s children's plans"),
        about=CHILDREN, url="care:cases", query="?show=plan", one_url="care:case", when=When.NOW,
    ),
    "care.ticket": Shown(
        text=gettext_lazy("Answer a child's timely problem"),
        many=gettext_lazy("Answer %(number)s children's timely problems"),
        about=CHILDREN, url="care:own", one_url="care:ticket",
    ),
    "care.unasked": Shown(
        text=gettext_lazy("Look at what was done without a consent"),
        many=gettext_lazy("Look at %(number)s things done without a consent"),
        about=CHILDREN, url="care:own", query="#unasked-title",
    ),
    "care.report": Shown(
        text=gettext_lazy("Look at a report of harm or danger"),
        many=gettext_lazy("Look at %(number)s reports of harm or danger"),
        about=CHILDREN, url="care:own", one_url="care:report", when=When.OVERDUE,
    ),
}  # fmt: skip


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
