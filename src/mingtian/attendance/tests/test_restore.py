"""After a restore, no token from before speaks for a family that entered afterwards."""

import pytest
from django.db import connection

from mingtian.attendance.access import open_seat
from mingtian.attendance.models import Seat
from mingtian.people.models import Household, Person
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import NOW

KEYS = ("people_person", "people_household", "attendance_seat")


def keys_given() -> dict[str, tuple[int, bool]]:
    """Return the state of each sequence: its last key, and whether that one was given."""
    found = {}
    with connection.cursor() as cursor:
        for table in KEYS:
            cursor.execute(f"SELECT last_value, is_called FROM {table}_id_seq")
            found[table] = cursor.fetchone()
    return found


def lose_the_latest(before: dict[str, tuple[int, bool]]) -> None:
    """Leave the tables as a restore to an earlier point leaves them, under another epoch."""
    Person.objects.exclude(kin="").delete()
    Seat.objects.all().delete()
    Person.objects.update(household=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_consent")
        cursor.execute("DELETE FROM people_household")
        for table, state in before.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [f"{table}_id_seq", *state])
        cursor.execute("UPDATE attendance_epoch SET epoch = '1:00000001'")


@pytest.mark.parametrize("hears_of_it_first", ["schedule", "entry"])
def test_a_token_of_a_home_that_was_lost_opens_nobody_elses(
    hot: HotPath, evening: Evening, hears_of_it_first: str
) -> None:
    before = keys_given()
    lost = hot.post("/enter", evening.entry(0, kin=["mother"])).json["seat"]
    lose_the_latest(before)
    if hears_of_it_first == "schedule":
        hot.run(hot.service.reload())

    hot.post("/enter", evening.entry(1, kin=["mother"]))

    assert open_seat(lost, NOW) is None
    hot.clock.now = evening.at(0)
    hot.post("/b", evening.beat(lost, 1))
    told = hot.service.mint.open_seat(lost)
    assert told is not None
    assert not Person.objects.filter(kin="mother", pk__in=[one for one, _, _ in told.members])
    assert not Household.objects.filter(pk=told.household)


def test_keys_go_on_as_ever_while_the_epoch_stays(hot: HotPath, evening: Evening) -> None:
    hot.post("/enter", evening.entry(0))
    before = keys_given()
    hot.run(hot.service.reload())
    hot.post("/enter", evening.entry(1))

    assert keys_given()["people_household"][0] == before["people_household"][0] + 1
