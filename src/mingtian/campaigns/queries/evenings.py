"""Reads of lectures by key, whatever campaign they belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.campaigns.models import Lecture
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """A lecture in the reader's language. ``id`` is the number in addresses."""

    id: int
    number: int
    title: str
    held_on: date
    starts_at: datetime


def evenings_by_id(lecture_ids: Collection[int]) -> dict[int, Evening]:
    """Return lectures by primary key; unknown keys are left out."""
    return {
        lecture.pk: Evening(
            id=lecture.pk,
            number=lecture.number,
            title=shown_name(lecture.title, lecture.title_en),
            held_on=lecture.held_on,
            starts_at=lecture.starts_at,
        )
        for lecture in Lecture.objects.filter(pk__in=lecture_ids)
    }
