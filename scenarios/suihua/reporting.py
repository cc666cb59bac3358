"""What was reported: numbers set right, bulletins and notes, and who was invited to a post."""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from scenarios.suihua.doing import Doing, at, day_of_evening
from scenarios.suihua.names import invented_name
from scenarios.suihua.places import CITY
from scenarios.suihua.register import ZHAODONG

from mingtian.bulletins.access import Place
from mingtian.bulletins.actions import begin, issue, post_to_groups
from mingtian.bulletins.rules import Kind
from mingtian.closings.actions import ask, correct
from mingtian.closings.actions.confirm import Wish
from mingtian.closings.queries import DayRow, list_sums
from mingtian.closings.rules import Column, Reason
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.people.rules import PersonKind
from mingtian.staff.actions import InviteSpec, invite

AFTER_CLOSING = timedelta(minutes=40)
"""A day is frozen when its last phones may have come; its papers follow."""


def report(doing: Doing, *, rng: Random) -> None:
    """Ask about oddities, correct a class, issue papers of the last two days, invite somebody."""
    _look_closely(doing)
    _issue_papers(doing)
    _invite(doing, rng)


def _look_closely(doing: Doing) -> None:
    """Ask the schools about last night; Shangjia's corrects its first class by one pupil."""
    evening = doing.past[-1]
    day, now = day_of_evening(evening), evening.ends_at + timedelta(minutes=14)
    ask(day=day, path=doing.subtree(CITY), now=now)
    room = doing.city.plan.shangjia.rooms[0].key
    rows = list_sums(day, doing.subtree(room))
    completed = sum(row.completed for row in rows if row.kind == PersonKind.PUPIL.value)
    wish = Wish(
        kind=PersonKind.PUPIL.value, column=Column.COMPLETED, new=completed - 1,
        reason=Reason.COUNTED_TWICE.value, note="借邻居手机又看了一遍",
    )  # fmt: skip
    correct(day=day, unit=doing.unit(room), wish=wish, by=doing.by("principal"), now=now)


def _issue_papers(doing: Doing) -> None:
    """Issue the bulletins of frozen days, the notes of the latest; of last night drafts stand."""
    *frozen, last = doing.past
    for key, who in ((CITY, "city"), (ZHAODONG, "county")):
        by = doing.by(who)
        for evening in frozen:
            place = _place(doing, key, day_of_evening(evening))
            now = place.day.closes_at + AFTER_CLOSING
            latest = evening is frozen[-1]
            for kind in Kind if latest else [Kind.BULLETIN]:
                made = begin(place=place, kind=kind, by=by, now=now)
                issue(place=place, bulletin_id=made.pk, by=by, now=now)
                if latest and kind is Kind.BULLETIN:
                    post_to_groups(place=place, bulletin_id=made.pk, by=by, now=now)
        place = _place(doing, key, day_of_evening(last))
        for kind in (Kind.NOTE,) if key == CITY else Kind:
            begin(place=place, kind=kind, by=by, now=last.ends_at + timedelta(minutes=80))


def _place(doing: Doing, key: str, day: DayRow) -> Place:
    return Place(day=day, unit=doing.unit(key), path=doing.path(key), own=frozenset({Role.OFFICE}))


def _invite(doing: Doing, rng: Random) -> None:
    """Invite to three posts; nobody has followed the links yet."""
    wanted = (
        (CITY, UnitKind.CITY, Role.CLERK, "city"),
        (ZHAODONG, UnitKind.COUNTY, Role.CLERK, "county"),
        (doing.city.plan.shangjia.rooms[-1].key, UnitKind.CLASS, Role.CLASS_TEACHER, "principal"),
    )
    for key, kind, role, who in wanted:
        spec = InviteSpec(
            unit_id=doing.city.units[key], kind=kind, role=role, line=Line.LEADS,
            name=invented_name(rng), starts_on=doing.past[-1].held_on,
        )  # fmt: skip
        inviter = User.objects.get(username=who)
        invite(spec=spec, inviter=inviter, actor=who, now=at(doing.past[-1].held_on, 11))
