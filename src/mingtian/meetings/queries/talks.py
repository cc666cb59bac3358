"""Reads of talks as frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from mingtian.meetings.models import Talk
from mingtian.meetings.rules import State, Way
from mingtian.meetings.words import WAY_WORDS
from mingtian.org.queries import person_name, shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkRow:
    """A talk with another body."""

    id: int
    public_id: str
    unit: str
    post: str
    with_whom: str
    with_role: str
    held_at: datetime
    way: Way
    agreed: str
    recorded_by: str
    open_follow_ups: int
    late_follow_ups: int

    @property
    def way_word(self) -> str:
        return str(WAY_WORDS[self.way])


def search_talks(visible: QuerySet[Talk], *, unit_id: int, words: str) -> QuerySet[Talk]:
    """Narrow the log to a unit, and to talks in which every word occurs, the latest first."""
    found = visible.filter(unit_id=unit_id)
    for word in words.replace("\0", "").split():
        found = found.filter(
            Q(with_whom__icontains=word)
            | Q(with_role__icontains=word)
            | Q(post__icontains=word)
            | Q(agreed__icontains=word)
        )
    return found.order_by("-held_at", "-pk")


def talk_rows(talks: QuerySet[Talk], day: date) -> list[TalkRow]:
    """Return rows of talks with their follow-ups counted. One statement."""
    is_open = Q(follow_ups__state=State.OPEN.value)
    counted = talks.select_related("unit", "recorded_by").annotate(
        waiting=Count("follow_ups", filter=is_open),
        late=Count("follow_ups", filter=is_open & Q(follow_ups__due_on__lt=day)),
    )
    return [
        TalkRow(
            id=each.pk,
            public_id=each.public_id,
            unit=shown_name(each.unit.name, each.unit.name_en),
            post=each.post,
            with_whom=each.with_whom,
            with_role=each.with_role,
            held_at=each.held_at,
            way=Way(each.way),
            agreed=each.agreed,
            recorded_by=person_name(each.recorded_by),
            open_follow_ups=each.waiting,
            late_follow_ups=each.late,
        )
        for each in counted
    ]
