"""What waits at prompts for the holder of posts (core.todo)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.clock import day_of
from mingtian.core.todo import Todo, When
from mingtian.org.queries import PostRow, shown_name
from mingtian.org.rules import UnitKind
from mingtian.prompts.access import acts, duties_of
from mingtian.prompts.rules import (
    OPENS,
    SUMMARY_ASKED_FOR,
    Kind,
    Times,
    may_offer_summary,
)
from mingtian.prompts.statements import rows
from mingtian.readiness.queries.duty import on_duty


@dataclass(frozen=True, kw_only=True, slots=True)
class _Waiting:
    what: str
    post: PostRow
    lecture_id: int
    about: str
    times: Times
    kinds: Collection[str]

    @property
    def key(self) -> tuple[int, int]:
        """The evening and the unit."""
        return self.lecture_id, self.post.unit.id


def list_todos(posts: Sequence[PostRow], *, now: datetime) -> list[Todo]:
    """Return prompts to pass on, and summaries for the class's group.

    One statement; for class teachers one more, whether they are on duty at their school, and while
    something waits at a school another: who is.
    """
    own = {post.unit.id: post for post in posts if acts(post)}
    duties = {
        (lecture, duty.unit.id): duty
        for lecture, duty in _duties(posts, now)
        if duty.unit.id not in own
    }
    by_unit = {duty.unit.id: duty for duty in duties.values()} | own
    if not by_unit:
        return []
    found = [
        each
        for each in _waiting(by_unit, now)
        if _is_timely(each, now) and (each.post.unit.id in own or each.key in duties)
    ]
    others = _on_duty_instead(found, now)
    return [_todo(each) for each in found if each.key not in others]


def _duties(posts: Sequence[PostRow], now: datetime) -> list[tuple[int, PostRow]]:
    """Return tonight's duties. Who holds a post at a school itself is asked there in any case."""
    kinds = {post.unit.kind for post in posts}
    if UnitKind.CLASS not in kinds or UnitKind.SCHOOL in kinds:
        return []
    return duties_of(posts[0].user_id, now)


def _waiting(by_unit: dict[int, PostRow], now: datetime) -> list[_Waiting]:
    values: dict[str, object] = {
        "units": list(by_unit),
        "classes": [key for key, post in by_unit.items() if post.unit.kind is UnitKind.CLASS],
        "kinds": [kind.value for kind in OPENS],
        "opens": list(OPENS.values()),
        "now": now,
        "after": now - SUMMARY_ASKED_FOR,
    }
    return [
        _Waiting(
            what=str(what),
            post=by_unit[cast("int", unit)],
            lecture_id=cast("int", lecture),
            about=_("Evening %(number)s · %(title)s")
            % {"number": number, "title": shown_name(str(title), str(title_en))},
            times=Times(starts_at=cast("datetime", starts), ends_at=cast("datetime", ends)),
            kinds=cast("list[str]", kinds or []),
        )
        for what, unit, lecture, number, title, title_en, starts, ends, kinds in rows(
            "waiting", values
        )
    ]


def _is_timely(each: _Waiting, now: datetime) -> bool:
    """Say whether it is still, or already, the hour for it: families are left in peace at night."""
    if each.what == "summary":
        return may_offer_summary(each.times, now)
    if each.post.unit.kind is UnitKind.CLASS:
        return each.times.may_address_families(now)
    return True


def _on_duty_instead(found: Sequence[_Waiting], now: datetime) -> set[tuple[int, int]]:
    """Return the evenings and schools at which somebody else has charge of the prompts."""
    schools = {each.post.unit.id for each in found if each.post.unit.kind is UnitKind.SCHOOL}
    if not schools:
        return set()
    named = on_duty(schools, day_of(now))
    holders = {each.post.unit.id: each.post for each in found}
    others: dict[tuple[int, int], set[int]] = {}
    for unit_id, people in named.items():
        for person in people:
            others.setdefault((person.lecture_id, unit_id), set()).add(person.user_id)
    return {
        (lecture, unit)
        for (lecture, unit), people in others.items()
        if holders[unit].user_id not in people
    }


def _todo(each: _Waiting) -> Todo:
    unit, is_class = each.post.unit, each.post.unit.kind is UnitKind.CLASS
    keys = [each.lecture_id, unit.public_id]
    if each.what == "summary":
        return Todo(
            kind="prompt.summary", text=_("Take the evening's summary into the group"),
            about=each.about, address=reverse("closings:summary", args=keys), when=When.TODAY,
        )  # fmt: skip
    due = each.times.starts_at
    if Kind.MISSING.value in each.kinds:
        due = each.times.families_until
    return Todo(
        kind="prompt.pass_on",
        text=_("Remind the class") if is_class else _("Pass the prompt on"),
        about=each.about,
        address=reverse("prompts:page", args=keys),
        when=When.NOW,
        due_at=due,
    )
