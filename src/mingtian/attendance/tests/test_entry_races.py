"""Guests of a community have neither number nor name: two requests of theirs at once, and leaving."""

import json
import threading
from typing import Any

import psycopg
from django.db import connection, transaction

from mingtian.attendance.ingest.entries import Admitted, request_of
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.ingest.store import QUERIES
from mingtian.attendance.ingest.wire import ENTRIES
from mingtian.attendance.models import Seat
from mingtian.people.actions import leaving
from mingtian.people.models import Departed, Household, Person
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath, url_of_tests
from mingtian.testing.leaving import home_of
from mingtian.testing.locks import PATIENCE, until_somebody_waits
from mingtian.testing.make import ACTOR, NOW


def guests(evening: Evening, **changes: Any) -> dict[str, Any]:
    return evening.entry(code="v111age1", people=[], kin=["resident", "resident"], **changes)


def batch_of(hot: HotPath, entry: dict[str, Any]) -> dict[str, str]:
    """Return the batch of one entry as another server would send it."""
    code = hot.run(hot.service.codes.find(entry["code"], hot.clock.now))
    known = hot.service.mint.open_seat(entry["seat"]) if "seat" in entry else None
    request = request_of(
        ENTRIES.decode(json.dumps(entry)), code, known=known, sealer=hot.service.sealer,
        language="en", now=hot.clock.now,
    )  # fmt: skip
    return {"entries": f"[{request.body.decode()}]"}


class Other(threading.Thread):
    """Another server that sends a batch; ``outcome`` when it is answered."""

    def __init__(self, batch: dict[str, str]) -> None:
        super().__init__()
        self.batch = batch
        self.outcome = ""

    def run(self) -> None:
        with psycopg.connect(url_of_tests(), autocommit=True) as other:
            row = other.execute(QUERIES["enter"], self.batch).fetchone()
            assert row is not None
            self.outcome = Admitted(*row).outcome


def test_a_phone_of_guests_that_asks_two_servers_at_once_has_one_home(
    hot: HotPath, evening: Evening
) -> None:
    batch = batch_of(hot, guests(evening))
    other = Other(batch)
    with psycopg.connect(url_of_tests()) as one:
        one.execute(QUERIES["enter"], batch)
        other.start()
        until_somebody_waits()
    other.join(PATIENCE)

    assert other.outcome == "seated"
    assert Household.objects.count() == 1
    assert Seat.objects.count() == 1
    assert Person.objects.filter(kin__startswith="resident").count() == 2


def test_a_guest_who_comes_while_the_home_is_leaving_is_asked_again(
    hot: HotPath, evening: Evening
) -> None:
    entry = guests(evening)
    token = hot.post("/enter", entry).json["seat"]
    more = entry | {"kin": ["resident"] * 3, "seat": token, "consent": None}
    other = Other(batch_of(hot, more))
    with transaction.atomic():
        leaving.withdraw(Household.objects.get().pk, now=NOW, actor=ACTOR)
        other.start()
        until_somebody_waits()
    other.join(PATIENCE)

    assert other.outcome == Reason.CONSENT_NEEDED
    assert Person.objects.filter(kin__startswith="resident").count() == 2


def test_who_enters_while_the_home_is_leaving_leaves_with_it(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    """The father's phone enters him in the moment in which the mother withdraws the home."""
    home = home_of(evening.pupils[0])
    failed: list[BaseException] = []

    def leave() -> None:
        try:
            leaving.withdraw(home, now=NOW, actor=ACTOR)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    thread = threading.Thread(target=leave)
    with psycopg.connect(url_of_tests()) as one:
        one.execute(QUERIES["enter"], batch_of(hot, evening.entry(0, kin=["father"])))
        thread.start()
        until_somebody_waits()
    thread.join(PATIENCE)

    assert not failed
    father = Person.objects.get(kin="father")
    assert set(Departed.objects.values_list("person", flat=True)) == {
        evening.pupils[0].pk,
        father.pk,
    }
