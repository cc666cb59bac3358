"""A campaign of four evenings that are over, with people who came to some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from mingtian.attendance.actions import Attended, bring_in
from mingtian.attendance.models import ByHand
from mingtian.campaigns.models import Lecture
from mingtian.campaigns.queries import CampaignRow, campaign_row
from mingtian.people.models import Household, Person
from mingtian.people.rules import Kin, PersonKind
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import ACTOR, NOW

FULL = (1 << 60) - 1
AFTER = NOW + timedelta(days=4)
"""When all four evenings have closed."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Four lectures; ``campaign`` needs 40 slots, ``evening`` holds the small world."""

    evening: Evening
    lectures: list[Lecture]
    campaign: CampaignRow

    @property
    def pupils(self) -> list[Person]:
        return self.evening.pupils

    def attend(
        self, person: Person, lives: Sequence[int | None], replays: Sequence[int] = ()
    ) -> None:
        """Bring in the person's maps, evening by evening; None stays away."""
        replays = [*replays, *[0] * (len(lives) - len(replays))]
        for lecture, live, replay in zip(self.lectures, lives, replays, strict=False):
            if live is None and not replay:
                continue
            row = Attended(
                person=person.pk, unit=person.unit_id, kind=person.kind, live=live, replay=replay
            )
            bring_in(lecture_id=lecture.pk, needed_slots=40, attended=[row], actor=ACTOR, now=NOW)

    def note(self, person: Person, *numbers: int) -> list[ByHand]:
        """Note evenings (counted from 1) by hand."""
        return [
            ByHand.objects.create(
                lecture=self.lectures[number - 1], person=person, unit_id=person.unit_id,
                kind=person.kind, how="telephone", recorded_at=NOW,
            )
            for number in numbers
        ]  # fmt: skip

    def relative(self, child: Person, kin: Kin = Kin.MOTHER) -> Person:
        """Give the child a home with one relative."""
        home = Household.objects.create(created_at=NOW)
        Person.objects.filter(pk=child.pk).update(household=home)
        return Person.objects.create(
            kind=PersonKind.PARENT, unit_id=child.unit_id, household=home, kin=kin.value,
            created_at=NOW,
        )  # fmt: skip


def make_series() -> Series:
    evening = make_evening()
    first = evening.lecture
    later = [
        Lecture.objects.create(
            campaign=evening.campaign, number=number, held_on=first.held_on + shift,
            title=f"第{number}讲", title_en=f"Lecture {number}", doors_at=first.doors_at + shift,
            starts_at=first.starts_at + shift, ends_at=first.ends_at + shift,
            closes_at=first.closes_at + shift,
        )
        for number, shift in ((n, timedelta(days=n - 1)) for n in (2, 3, 4))
    ]  # fmt: skip
    return Series(
        evening=evening, lectures=[first, *later], campaign=campaign_row(evening.campaign)
    )


@pytest.fixture
def series(db: None) -> Series:
    return make_series()


@pytest.fixture
def after() -> datetime:
    return AFTER
