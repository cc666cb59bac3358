"""Reads of lectures by key, whatever campaign they belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingtian.campaigns.models import Lecture
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """A lecture as a family may read of it, in the reader's language."""

    number: int
    title: str
    starts_at: datetime


def evenings_by_id(lecture_ids: Collection[int]) -> dict[int, Evening]:
    """Return lectures by primary key; unknown keys are left out."""
    return {
        lecture.pk: Evening(
            number=lecture.number,
            title=shown_name(lecture.title, lecture.title_en),
            starts_at=lecture.starts_at,
        )
        for lecture in Lecture.objects.filter(pk__in=lecture_ids)
    }
