"""A home that watches and one that is erased, for tests of what stays and what goes."""

from datetime import datetime, time, timedelta

from mingtian.attendance.actions.forget import forget
from mingtian.attendance.queries.terms import list_term_homes, list_term_units
from mingtian.campaigns.models import Campaign, Lecture
from mingtian.core.clock import SHANGHAI
from mingtian.core.keeping import Term
from mingtian.people.actions import leaving
from mingtian.people.models import Person, Receipt
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import ACTOR, NOW


def home_of(child: Person) -> int:
    child.refresh_from_db()
    assert child.household_id is not None
    return child.household_id


def watch(hot: HotPath, evening: Evening, seat: str, slots: int = 10) -> None:
    hot.clock.now = evening.at(0)
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(slots)
    hot.post("/b", evening.beat(seat, (1 << slots) - 1))


def erase(household: int) -> Receipt:
    """Withdraw, forget in attendance, remove the home: the order of docs/decisions/0010."""
    leaving.withdraw(household, now=NOW, actor=ACTOR)
    persons = list(Person.objects.filter(household=household).values_list("pk", flat=True))
    rows = forget(persons, now=NOW, actor=ACTOR)
    return leaving.forget_household(household, now=NOW, actor=ACTOR, removed={"attendance": rows})


def term_of(campaign: Campaign) -> Term:
    """The campaign as its term's end sees it on the day after its last."""
    day = campaign.last_on + timedelta(days=1)
    units = list_term_units(campaign.pk, today=day, keep=timedelta())
    lectures = Lecture.objects.filter(campaign=campaign).order_by("pk")
    return Term(
        campaign=campaign.pk,
        public_id=campaign.public_id,
        last_on=campaign.last_on,
        ended_at=datetime.combine(day, time(), SHANGHAI),
        lectures=tuple(lectures.values_list("pk", flat=True)),
        homes=tuple(list_term_homes(campaign.pk, units)),
        units=tuple(units),
    )
