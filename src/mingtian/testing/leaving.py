"""A home that watches and one that is erased, for tests of what stays and what goes."""

from mingtian.attendance.actions.forget import forget
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
