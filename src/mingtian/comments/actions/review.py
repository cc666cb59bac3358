"""Read the queue of a house or class, decide, refer, take back. Every reading is recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Q, When

from mingtian.campaigns.queries.evenings import evenings_by_id
from mingtian.comments.access import comments_open_to
from mingtian.comments.models import Comment
from mingtian.comments.queries.kept import text_of
from mingtian.comments.queries.waiting import class_titles
from mingtian.comments.rules import URGENT, Concern, State, ToldTo, read_concerns
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken

SHOWN = 50
UNDOABLE = (State.APPROVED, State.DECLINED, State.REFERRED)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRow:
    """One text for its reviewer, opened."""

    public_id: str
    text: str
    kind: int
    kin: str
    unit: str
    lecture: str
    at: datetime
    state: State
    concerns: tuple[Concern, ...]
    told: tuple[ToldTo, ...]

    @property
    def urgent(self) -> bool:
        return bool(URGENT & set(self.concerns))

    @property
    def plain(self) -> bool:
        """Whether nothing asks for a closer look, so that it may be approved with others."""
        return not self.concerns


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """The texts that are shown, opened, and how many more there are."""

    rows: list[ReviewRow]
    more: int


def read_queue(*, user: User, states: Collection[State], now: datetime) -> Queue:
    """Return texts in these states, at most 50 at a time.

    Those that wait, or were referred, come urgent ones first and then in order; those that were
    decided come with the latest decision first, so that it can be taken back.
    """
    today = day_of(now)
    open_to = comments_open_to(user, today).filter(state__in=[state.value for state in states])
    if State.APPROVED in states:
        found = list(open_to.order_by("-decided_at", "public_id")[:SHOWN])
    else:
        urgent = Q(concerns__contains=Concern.HARM.value)
        ordered = open_to.annotate(is_usual=Case(When(urgent, then=0), default=1))
        found = list(ordered.order_by("is_usual", "at", "public_id")[:SHOWN])
    rows = review_rows(found, today)
    if rows:
        audit.record(
            actor=user.get_username(),
            action="comments.queue_read",
            subject=f"user:{user.pk}",
            now=now,
            comments=len(rows),
        )
    more = open_to.count() - len(rows) if len(rows) == SHOWN else 0
    return Queue(rows=rows, more=more)


def review_rows(comments: Sequence[Comment], day: date) -> list[ReviewRow]:
    """Return opened rows; the units are named as on the day."""
    lectures = evenings_by_id({one.lecture for one in comments})
    units = class_titles({one.unit for one in comments}, day)
    return [
        ReviewRow(
            public_id=one.public_id,
            text=text_of(one),
            kind=one.kind,
            kin=one.kin if "-" not in one.kin else "",
            unit=units[one.unit],
            lecture=lectures[one.lecture].title if one.lecture in lectures else "",
            at=one.at,
            state=State(one.state),
            concerns=tuple(read_concerns(one.concerns)),
            told=tuple(ToldTo(word) for word in one.told),
        )
        for one in comments
    ]


def decide(
    *, comment: Comment, state: State, actor: User, now: datetime, told: Sequence[ToldTo] = ()
) -> None:
    """Approve, decline or refer a text that waits; what was decided already stays.

    A referral names the offices that were told. It stops spreading and stays in the school.
    """
    if state is State.REFERRED and not told:
        raise RuleBroken("nobody_told")
    with transaction.atomic():
        done = Comment.objects.filter(
            public_id=comment.public_id, state=State.WAITING.value
        ).update(
            state=state.value,
            decided_by=actor.get_username(),
            decided_at=now,
            told=[each.value for each in told],
        )
        if not done:
            raise RuleBroken("comment_decided")
        _note(comment.public_id, f"comments.{state.value}", actor, now, " ".join(told))


def take_back(*, comment: Comment, actor: User, now: datetime) -> None:
    """Undo a decision: the text waits again, and is shown to nobody."""
    with transaction.atomic():
        done = Comment.objects.filter(
            public_id=comment.public_id, state__in=[state.value for state in UNDOABLE]
        ).update(state=State.WAITING.value, decided_by="", decided_at=None, told=[])
        if not done:
            raise RuleBroken("comment_waits")
        _note(comment.public_id, "comments.taken_back", actor, now, comment.state)


def approve_plain(*, public_ids: Collection[str], actor: User, now: datetime) -> int:
    """Approve several texts at once, those that wait and raise no concern; return how many."""
    today = day_of(now)
    with transaction.atomic():
        open_to = comments_open_to(actor, today).filter(
            public_id__in=list(public_ids), state=State.WAITING.value, concerns=""
        )
        chosen = list(open_to.values_list("public_id", flat=True))
        done = Comment.objects.filter(public_id__in=chosen, state=State.WAITING.value).update(
            state=State.APPROVED.value, decided_by=actor.get_username(), decided_at=now
        )
        for public_id in chosen:
            _note(public_id, "comments.approved", actor, now, "batch")
    return done


def _note(public_id: str, action: str, actor: User, now: datetime, detail: str) -> None:
    audit.record(
        actor=actor.get_username(),
        action=action,
        subject=f"comment:{public_id}",
        now=now,
        detail=detail,
    )
