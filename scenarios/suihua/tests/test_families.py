"""A crowd made of the plan's families enters over the real path and finds its homes."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from scenarios.suihua.build import build
from scenarios.suihua.city import Options, Sitting
from scenarios.suihua.families import Family, families_of
from scenarios.suihua.register import EVENINGS

from mingtian.attendance.models import Seat
from mingtian.attendance.queries import differences, recount
from mingtian.core.clock import milliseconds
from mingtian.people.models import Household, Person
from mingtian.people.rules import CONSENT_VERSION
from mingtian.testing.hotpath import HotPath

TODAY = date(2026, 9, 18)
NOW = datetime(2026, 9, 18, 11, 0, tzinfo=UTC)


def come(hot: HotPath, family: Family, lecture: int) -> None:
    """Let a family enter and say at the end what it played."""
    for entry in family.entries:
        people = [{"number": number, "name": name} for number, name in entry.people]
        consent = {"version": CONSENT_VERSION, "by": entry.agrees}
        body = {
            "code": entry.code,
            "phone": family.phone,
            "people": people,
            "kin": [*entry.kin],
            "consent": consent,
        }
        seated = hot.post("/enter", body)
        assert seated.status == 200, seated.json
    answer = hot.post("/b", {"seat": seated.json["seat"], "lecture": lecture, "live": "0"})
    assert answer.status == 200, answer.json


@pytest.mark.django_db(transaction=True)
def test_the_crowd_of_an_evening_meets_its_target_and_founds_nothing_new(tmp_path: Path) -> None:
    sitting = Sitting(starts_at=NOW + timedelta(minutes=5), length=timedelta(minutes=10))
    options = Options(password="dawn", scale=Fraction(1, 500), tonight=sitting)
    city = build(options=options, today=TODAY, actor="system:test", now=NOW)
    tonight = city.evenings[EVENINGS - 1]
    before = (Household.objects.count(), Person.objects.count(), Seat.objects.count())

    with HotPath(tmp_path / "pages", now=milliseconds(NOW)) as hot:
        for family in families_of(city, tonight.index):
            come(hot, family, tonight.lecture_id)

    assert (Household.objects.count(), Person.objects.count(), Seat.objects.count()) == before
    counted = recount(tonight.lecture_id)
    arrived = sum(counts.arrived for (_unit, kind), counts in counted.items() if kind <= 7)
    assert arrived == sum(each.evenings[tonight.index] for each in city.plan.counties)
    assert differences(tonight.lecture_id) == []
