"""Reads of the switch and of the pictures that wait for a tally, without the pictures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from mingtian.campaigns.queries import LectureRow, list_lectures
from mingtian.core.keeping import Kept, Term
from mingtian.core.sql import each
from mingtian.org.queries import shown_name
from mingtian.screenshots.models import Picture, Switch
from mingtian.screenshots.rules import alike, time_refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchRow:
    """Whether a campaign takes screenshots; ``changed_at`` is None while nobody has decided."""

    on: bool
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureRow:
    """A picture as the class teacher's page lists it.

    ``number`` counts within the evening, ``alike`` names the numbers of those that resemble it.
    """

    public_id: str
    household_id: int
    sent_at: datetime
    delete_at: datetime
    number: int
    alike: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """One lecture of which a class has pictures that wait for its tally."""

    lecture_id: int
    campaign: str
    number: int
    title: str
    delete_at: datetime
    pictures: tuple[PictureRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UploadRow:
    """An evening for which a home may send a picture now; ``sent_at`` of the one it has sent."""

    number: int
    title: str
    until: datetime
    sent_at: datetime | None


def switch_of(campaign_id: int) -> SwitchRow:
    """Return the campaign's switch; off while nobody has turned it."""
    found = Switch.objects.filter(pk=campaign_id).first()
    if found is None:
        return SwitchRow(on=False)
    return SwitchRow(on=found.on, changed_at=found.changed_at, changed_by=found.changed_by)


def uploads_open(*, campaign_id: int, household_id: int, now: datetime) -> list[UploadRow]:
    """Return the evenings for which the home may send a picture; none where it is off."""
    if not switch_of(campaign_id).on:
        return []
    sent = dict(
        Picture.objects.filter(household_id=household_id).values_list("lecture_id", "sent_at")
    )
    return [
        UploadRow(
            number=each.number,
            title=each.title,
            until=each.closes_at,
            sent_at=sent.get(each.id),
        )
        for each in list_lectures(campaign_id)
        if takes_pictures(each, now)
    ]


def takes_pictures(lecture: LectureRow, now: datetime) -> bool:
    """Say whether a picture of this evening may be sent at this instant."""
    return time_refusal(now, starts_at=lecture.starts_at, closes_at=lecture.closes_at) is None


def count_waiting(unit: str, now: datetime) -> int:
    """Return how many pictures of a class, by its public id, wait for a tally."""
    return Picture.objects.filter(unit__public_id=unit, delete_at__gt=now).count()


def list_evenings(unit_id: int, now: datetime) -> list[EveningRow]:
    """Return the evenings of a class that have pictures waiting, the latest first.

    Alike ones are sought within one class and evening only.
    """
    kept = (
        Picture.objects.filter(unit_id=unit_id, delete_at__gt=now)
        .select_related("lecture__campaign")
        .defer("content_sealed")
        .order_by("-lecture__starts_at", "lecture_id", "sent_at", "pk")
    )
    return [_evening(list(pictures)) for _, pictures in groupby(kept, lambda one: one.lecture_id)]


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return every picture of the homes of these persons; a picture belongs to the home."""
    pictures = (
        Picture.objects.filter(household__persons__in=list(person_ids))
        .select_related("lecture")
        .defer("content_sealed")
        .distinct()
        .order_by("sent_at", "pk")
    )
    return [
        Kept(
            what="screenshot",
            person_id=None,
            at=one.sent_at,
            facts={
                "lecture": one.lecture.title,
                "day": one.lecture.held_on.isoformat(),
                "deleted_at": one.delete_at.isoformat(),
            },
        )
        for one in pictures
    ]


def count_term(term: Term) -> dict[str, int]:
    """Count the pictures of a campaign's evenings that are still there."""
    return {"screenshots": pictures_of(term).count()}


def pictures_of(term: Term) -> QuerySet[Picture]:
    """Return the pictures that go with a campaign, and with the homes that go."""
    return Picture.objects.filter(Q(lecture__in=term.lectures) | Q(household__in=each(term.homes)))


def _evening(pictures: list[Picture]) -> EveningRow:
    lecture = pictures[0].lecture
    marks = [bytes(one.fingerprint) for one in pictures]
    return EveningRow(
        lecture_id=lecture.pk,
        campaign=lecture.campaign.public_id,
        number=lecture.number,
        title=shown_name(lecture.title, lecture.title_en),
        delete_at=min(one.delete_at for one in pictures),
        pictures=tuple(
            PictureRow(
                public_id=one.public_id,
                household_id=one.household_id,
                sent_at=one.sent_at,
                delete_at=one.delete_at,
                number=place + 1,
                alike=tuple(
                    other + 1
                    for other, mark in enumerate(marks)
                    if other != place and alike(mark, marks[place])
                ),
            )
            for place, one in enumerate(pictures)
        ),
    )
