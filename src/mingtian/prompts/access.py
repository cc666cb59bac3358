"""Who stands in the chain of an evening: the holders of posts at the very unit, nobody above.

At a school, on the day of the evening, so does whoever is on duty for it (SUP-5).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, UnitRow, list_posts, path_on, unit_rows
from mingtian.org.rules import Line, Role
from mingtian.prompts.evenings import EveningRow, find_evening
from mingtian.prompts.rules import ACTING, LOOKING
from mingtian.readiness.queries.duty import charges_of

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A link of the chain at one evening. ``path`` is along ``line``, the line of the post.

    ``duties`` are other schools where the reader is on duty for this evening.
    """

    evening: EveningRow
    unit: UnitRow
    line: Line
    path: tuple[int, ...]
    may_act: bool
    duties: tuple[UnitRow, ...] = ()

    @property
    def subtree(self) -> str:
        return ".".join(map(str, self.path))


def own_posts(reader: Reader, now: datetime) -> list[PostRow]:
    """Return the reader's posts that stand in the chain, or look on."""
    if not reader.is_authenticated:
        return []
    return [post for post in list_posts(reader.pk, day_of(now)) if acts(post) or looks_on(post)]


def acts(post: PostRow) -> bool:
    """Say whether the post passes prompts on."""
    return post.role in ACTING.get(post.unit.kind, frozenset())


def looks_on(post: PostRow) -> bool:
    """Say whether the post sees what the office beside it does."""
    return post.unit.kind in ACTING and post.role in LOOKING


def duties_of(user_id: int, now: datetime) -> list[tuple[int, PostRow]]:
    """Return the lectures of today for which somebody is on duty, with what stands for a post.

    Duty makes a duty teacher of the school, for that evening, of whoever holds only a post in it,
    as class teachers do. One statement for whoever is named for nothing today.
    """
    today = day_of(now)
    charges = charges_of(user_id, today)
    schools = unit_rows([each.unit_id for each in charges], today, in_full=True) if charges else {}
    return [
        (
            each.lecture_id,
            PostRow(
                id=0, user_id=user_id, username=each.account, name=each.name,
                unit=schools[each.unit_id], role=Role.DUTY_TEACHER, line=Line.LEADS,
                path=tuple(path_on(each.unit_id, today)),
            ),
        )
        for each in charges
        if each.unit_id in schools
    ]  # fmt: skip


def get_place_for(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the reader's own link at the evening, by a post or by duty, or 404."""
    duties = duties_of(reader.pk, now) if reader.is_authenticated else []
    tonight = [post for lecture, post in duties if lecture == lecture_id]
    posts = [
        post for post in (*own_posts(reader, now), *tonight) if post.unit.public_id == public_id
    ]
    evening = find_evening(lecture_id) if posts else None
    if evening is None:
        raise Http404
    post = next((each for each in posts if acts(each)), posts[0])
    path, unit = _standing(post, evening.held_on, now)
    leading = path if post.line is Line.LEADS else path_on(post.unit.id, evening.held_on)
    if unit is None or not path or evening.scope_id not in leading:
        raise Http404
    others = tuple(each.unit for each in tonight if each.unit.id != unit.id)
    return Place(
        evening=evening, unit=unit, line=post.line, path=path, may_act=acts(post), duties=others
    )


def get_place_to_act(reader: Reader, lecture_id: int, public_id: str, now: datetime) -> Place:
    """Return the reader's own link at which the reader passes prompts on, or 404."""
    place = get_place_for(reader, lecture_id, public_id, now)
    if not place.may_act:
        raise Http404
    return place


def _standing(post: PostRow, day: date, now: datetime) -> tuple[tuple[int, ...], UnitRow | None]:
    """Return where the post's unit stood on the day of the evening and what it was called."""
    if day == day_of(now):
        return post.path, post.unit
    return (
        tuple(path_on(post.unit.id, day, post.line)),
        unit_rows([post.unit.id], day, in_full=True).get(post.unit.id),
    )
