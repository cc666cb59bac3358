"""A family asks its class teacher to look at an evening again, and is answered (CER-1).

Both texts are sealed; they are opened for the class teacher, who leaves an audit entry, and
for the family itself.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, transaction
from django.http import Http404

from mingtian.attendance.actions import by_hand
from mingtian.attendance.models import Appeal
from mingtian.attendance.queries.appeals import AppealRow, appeal_row
from mingtian.attendance.rules import AppealState, How
from mingtian.attendance.sealing import place_of_appeal, sealer
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.org.queries import UnitRow
from mingtian.org.rules import UnitKind
from mingtian.people.access import can_read_names
from mingtian.people.rules import personal_number_fault

LONGEST_TEXT = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the class teacher says. Granted makes a note by hand; declined needs words."""

    granted: bool
    text: str = ""
    how: How = How.OTHER_SCREEN


def open_appeal(*, person_id: int, lecture_id: int, text: str, now: datetime, actor: str) -> Appeal:
    """Bring a family's question about one evening of one person before the class teacher.

    One at a time for a person and a lecture. Refused before the doors opened, after the
    campaign, for a family that has withdrawn, and where no class teacher would see it.
    """
    words = _checked_words(text)
    with transaction.atomic():
        before = by_hand.check_person(person_id=person_id, lecture_id=lecture_id, now=now)
        if before.unit_kind is not UnitKind.CLASS:
            raise RuleBroken("appeal_without_class")
        own_id = public_id()
        try:
            with transaction.atomic():
                appeal = Appeal.objects.create(
                    public_id=own_id,
                    lecture_id=lecture_id,
                    person_id=person_id,
                    unit_id=before.unit_id,
                    text_sealed=sealer().seal(words, place_of_appeal("text", own_id)),
                    opened_at=now,
                )
        except IntegrityError as error:
            raise RuleBroken("appeal_open_already") from error
        audit.record(
            actor=actor,
            action="attendance.appeal_opened",
            subject=f"appeal:{own_id}",
            now=now,
            lecture=lecture_id,
        )
    return appeal


def answer_appeal(
    *, appeal_id: int, answer: Answer, now: datetime, actor: str, by: int | None = None
) -> Appeal:
    """Grant or decline an open question, once. Granted leaves a note by hand where none stands."""
    words = _checked_words(answer.text) if answer.text.strip() else ""
    if not answer.granted and not words:
        raise RuleBroken("answer_missing")
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update(no_key=True, of=("self",)).get(pk=appeal_id)
        if appeal.state != AppealState.OPEN:
            raise RuleBroken("appeal_answered")
        if answer.granted:
            _grant(appeal, answer.how, now=now, actor=actor, by=by)
        state = AppealState.GRANTED if answer.granted else AppealState.DECLINED
        appeal.state = state.value
        appeal.answer_sealed = (
            sealer().seal(words, place_of_appeal("answer", appeal.public_id)) if words else None
        )
        appeal.answered_by_id, appeal.answered_at = by, now
        appeal.save(update_fields=["state", "answer_sealed", "answered_by", "answered_at"])
        audit.record(
            actor=actor,
            action=f"attendance.appeal_{state.value}",
            subject=f"appeal:{appeal.public_id}",
            now=now,
            lecture=appeal.lecture_id,
        )
    return appeal


def read_appeals(
    *, user: User | AnonymousUser, unit: UnitRow, lecture_ids: Collection[int], now: datetime
) -> list[AppealRow]:
    """Return the questions of a class with their texts opened, open ones first, and record it.

    404 for everybody but the class teacher of this very class. Nothing is recorded where
    nothing was there to read.
    """
    if not can_read_names(user, unit.id, day_of(now)):
        raise Http404
    found = Appeal.objects.filter(unit_id=unit.id, lecture_id__in=list(lecture_ids))
    rows = [appeal_row(each) for each in found.order_by("-opened_at", "-pk")]
    if rows:
        with transaction.atomic():
            audit.record(
                actor=user.get_username(),
                action="attendance.appeals_read",
                subject=f"unit:{unit.public_id}",
                now=now,
                appeals=len(rows),
            )
    return sorted(rows, key=lambda row: row.state is not AppealState.OPEN)


def _grant(appeal: Appeal, how: How, *, now: datetime, actor: str, by: int | None) -> None:
    person_id, lecture_id = appeal.person_id, appeal.lecture_id
    before = by_hand.check_person(person_id=person_id, lecture_id=lecture_id, now=now, late=True)
    if by_hand.write_note(person_id, lecture_id, before, how, now=now, by=by) is not None:
        by_hand.record("attendance.noted", before, lecture_id, how, now=now, actor=actor)


def _checked_words(text: str) -> str:
    """Return the words without spaces around them, or refuse them."""
    words = text.strip()
    if not words:
        raise RuleBroken("appeal_empty")
    if len(words) > LONGEST_TEXT:
        raise RuleBroken("appeal_too_long", most=LONGEST_TEXT)
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in "\r\n\t" for each in words):
        raise RuleBroken("appeal_unprintable")
    if personal_number_fault(words) is not None:
        raise RuleBroken("appeal_holds_number")
    return words
