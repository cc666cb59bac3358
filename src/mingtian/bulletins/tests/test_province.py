"""A province: its cities side by side, and its bulletin to the cities (RNK-1, SUP-1)."""

from datetime import timedelta

import pytest
from django.db import connection

from mingtian.bulletins.access import Place, get_place_for
from mingtian.bulletins.actions import begin, issue, switch
from mingtian.bulletins.lists import Indicator
from mingtian.bulletins.queries import list_units
from mingtian.bulletins.rules import Kind
from mingtian.bulletins.tests.conftest import BY
from mingtian.campaigns.models import Campaign, Denominator, LearningCode, Lecture
from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import STARTS
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON

OVER = STARTS + timedelta(hours=1)
CITIES = {"east": ("东山市", 50), "west": ("西河市", 60), "south": ("南湖市", 50)}
K = UnitKind


@pytest.fixture
def place(db: None) -> Place:
    """Three cities with one class each, on an evening that is over."""
    specs = [UnitSpec(key="province", kind=K.PROVINCE, name="青原省", root_of=(Line.LEADS,))]
    for key, (name, _arrived) in CITIES.items():
        specs += [
            UnitSpec(key=key, kind=K.CITY, name=name, leads="province"),
            UnitSpec(key=f"{key}-county", kind=K.COUNTY, name=f"{name}一区", leads=key),
            UnitSpec(key=f"{key}-school", kind=K.SCHOOL, name=f"{name}小学", leads=f"{key}-county"),
            UnitSpec(key=f"{key}-class", kind=K.CLASS, name="一班", leads=f"{key}-school"),
        ]
    units = create_tree(specs=specs, opened_on=OPENED_ON, actor=ACTOR, now=NOW)
    campaign = Campaign.objects.create(
        name="普法先行", scope_id=units["province"], mandate_issuer="中国关工委", mandate_number=3,
        mandate_year=DAY.year, mandate_on=DAY, first_on=DAY, last_on=DAY, kinds=[1], state="open",
        opened_at=NOW,
    )  # fmt: skip
    lecture = Lecture.objects.create(
        campaign=campaign, number=1, held_on=DAY, title="宪法在身边",
        doors_at=STARTS - timedelta(minutes=10), starts_at=STARTS, ends_at=OVER,
        closes_at=OVER + timedelta(hours=15),
    )  # fmt: skip
    for number, (key, (_name, arrived)) in enumerate(CITIES.items()):
        unit = units[f"{key}-class"]
        LearningCode.objects.create(
            code=f"c1ass00{number}", campaign=campaign, unit_id=unit, audience="class",
            issued_at=NOW,
        )  # fmt: skip
        Denominator.objects.create(campaign=campaign, unit_id=unit, kind=1, persons=80)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots)"
                " VALUES (%s, %s, 1, %s, 0, 0)",
                [lecture.pk, unit, arrived],
            )
    province = Unit.objects.get(pk=units["province"])
    office = make_staff("province", province, Role.OFFICE)
    return get_place_for(office, lecture.pk, province.public_id, OVER)


def test_cities_stand_side_by_side(place: Place) -> None:
    switch(
        campaign=place.day.campaign, on=True, ground="superior", words="来函要求", by=BY, now=OVER
    )

    [(kind, entries)] = list_units(place.day, place.unit, place.path, Indicator.RATE, OVER).groups

    assert kind is UnitKind.CITY
    assert [(e.title, e.of, e.place, e.shared) for e in entries] == [
        ("西河市", 80, 1, False), ("东山市", 80, 2, True), ("南湖市", 80, 2, True),
    ]  # fmt: skip


def test_the_bulletin_goes_to_the_cities_with_a_line_for_each(place: Place) -> None:
    found = begin(place=place, kind=Kind.BULLETIN, by=BY, now=OVER)

    made = issue(place=place, bulletin_id=found.pk, by=BY, now=OVER)

    grid = next(block for block in made.body if "rows" in block)
    assert [row[0] for row in grid["rows"]] == ["单位", "东山市", "西河市", "南湖市"]
    assert made.reference == "青原关工委〔2023〕1号"
