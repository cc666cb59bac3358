"""Reads of families' questions about an evening (CER-1), with their texts opened.

For the family itself. The class teacher reads through ``actions.appeals.read_appeals``, which
records it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from mingtian.attendance.models import Appeal
from mingtian.attendance.rules import AppealState
from mingtian.attendance.sealing import place_of_appeal, sealer


@dataclass(frozen=True, kw_only=True, slots=True)
class AppealRow:
    """A question and what became of it; ``answer`` is empty until there are words."""

    id: int
    public_id: str
    lecture_id: int
    person_id: int
    unit_id: int
    text: str
    state: AppealState
    opened_at: datetime
    answer: str
    answered_at: datetime | None


def list_appeals_of(person_ids: Iterable[int]) -> list[AppealRow]:
    """Return every question about these persons, the newest first."""
    found = Appeal.objects.filter(person_id__in=list(person_ids))
    return [appeal_row(each) for each in found.order_by("-opened_at", "-pk")]


def count_open_appeals(*, unit_id: int, lecture_ids: Collection[int]) -> int:
    """Return how many questions of a class wait for an answer."""
    return Appeal.objects.filter(
        unit_id=unit_id, lecture_id__in=list(lecture_ids), state=AppealState.OPEN.value
    ).count()


def find_appeal(*, public_id: str, unit_id: int) -> int | None:
    """Return the key of a question of this class, or None."""
    return (
        Appeal.objects.filter(public_id=public_id, unit_id=unit_id)
        .values_list("pk", flat=True)
        .first()
    )


def appeal_row(appeal: Appeal) -> AppealRow:
    """Return a loaded question with its texts opened."""
    return AppealRow(
        id=appeal.pk,
        public_id=appeal.public_id,
        lecture_id=appeal.lecture_id,
        person_id=appeal.person_id,
        unit_id=appeal.unit_id,
        text=_opened(appeal, "text", appeal.text_sealed),
        state=AppealState(appeal.state),
        opened_at=appeal.opened_at,
        answer=_opened(appeal, "answer", appeal.answer_sealed),
        answered_at=appeal.answered_at,
    )


def _opened(appeal: Appeal, column: str, sealed: bytes | memoryview | None) -> str:
    if sealed is None:
        return ""
    return sealer().open(bytes(sealed), place_of_appeal(column, appeal.public_id))
