"""What a desk costs: at most so many statements, as many for ten classes as for a city's 2,250."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtian.closings.tests.conftest import Night, make_night
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, NOW
from mingtian.testing.matrix import POSTS, Who

MOST_QUERIES = 15
FEW, CITY = 10, 2_250

OF_SCHOOL = (Who.PRINCIPAL, Who.SCHOOL_OFFICE, Who.DUTY_TEACHER)
DESKS = (
    Who.CITY, Who.CITY_DIRECTOR, Who.CITY_CLERK, Who.CITY_AUDITOR, Who.CITY_EDUCATION, Who.COUNTY,
    Who.COUNTY_EDUCATION, Who.TOWN, Who.VILLAGE, *OF_SCHOOL, Who.TEACHER,
)  # fmt: skip


def add_classes(night: Night, number: int) -> None:
    """Put so many more classes below the grade, each with pupils expected, a code and arrivals."""
    values = {
        "grade": night.evening.tree.grade.pk, "number": number,
        "campaign": night.evening.campaign.pk, "lecture": night.evening.lecture.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in ADDED:
            cursor.execute(statement, values)
        cursor.execute("ANALYZE org_unit, org_placement, campaigns_denominator, attendance_tally")


@pytest.fixture
def desks(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Night, dict[Who, Client]]:
    """Ten classes in all, ten minutes after the lecture, and everybody's signed-in browser."""
    night = make_night()
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.over)
    add_classes(night, FEW - Unit.objects.filter(kind="class").count())
    clients = {}
    for who in DESKS:
        unit, role, line = POSTS[who]
        user = make_staff(who.value, getattr(night.evening.tree, unit), role, line=line)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        clients[who] = Client(headers={"accept-language": "en"})
        clients[who].force_login(user)
    return night, clients


def prices(clients: dict[Who, Client], address: str = "/desk") -> dict[Who, int]:
    """Return how many statements each desk takes, once the first look has warmed what is kept."""
    found = {}
    for who, client in clients.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[who] = len(asked)
    return found


@pytest.mark.parametrize("second_factor", ["offered", "required"])
def test_a_desk_costs_at_most_fifteen_statements_from_ten_classes_to_a_citys_2250(
    desks: tuple[Night, dict[Who, Client]], monkeypatch: pytest.MonkeyPatch, second_factor: str
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", second_factor)
    night, clients = desks

    few = prices(clients)
    add_classes(night, CITY - FEW)
    many = prices(clients)

    assert Unit.objects.filter(kind="class").count() == CITY
    assert many == few
    assert max(many.values()) <= MOST_QUERIES, many


def test_two_posts_cost_no_more_than_the_dearer_of_them(
    desks: tuple[Night, dict[Who, Client]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "required")
    night, clients = desks
    both = make_staff("both", night.evening.tree.city, Role.OFFICE)
    Authenticator.objects.create(user=both, type=Authenticator.Type.TOTP, data={})
    spec = PostSpec(user=both, unit=night.evening.tree.school, role=Role.PRINCIPAL)
    give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)
    clients[Who.NO_POST] = Client()
    clients[Who.NO_POST].force_login(both)

    found = prices(clients)

    assert found[Who.NO_POST] <= MOST_QUERIES


def test_a_search_costs_the_same_however_many_units_are_within_reach(
    desks: tuple[Night, dict[Who, Client]],
) -> None:
    night, clients = desks

    few = prices(clients, "/desk/search?q=Class")
    add_classes(night, 290)

    assert prices(clients, "/desk/search?q=Class") == few
    assert max(few.values()) <= MOST_QUERIES, few


ADDED = (
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS added_class (id int, number int) ON COMMIT DROP
    """,
    """
    TRUNCATE added_class
    """,
    """
    WITH made AS (
        INSERT INTO org_unit (public_id, kind, name, name_en, opened_on)
        SELECT substr(md5(random()::text), 1, 12), 'class', n || '班', 'Class ' || n, '2020-01-01'
        FROM generate_series(1, %(number)s) AS n
        RETURNING id
    )
    INSERT INTO added_class SELECT id, row_number() OVER () FROM made
    """,
    """
    INSERT INTO org_unit_name (unit_id, name, name_en, starts_on)
    SELECT u.id, u.name, u.name_en, u.opened_on FROM added_class JOIN org_unit AS u USING (id)
    """,
    """
    INSERT INTO org_placement (unit_id, line, superior_id, path, starts_on)
    SELECT added.id, grade.line, grade.unit_id, grade.path || added.id::text, '2020-01-01'
    FROM added_class AS added
    JOIN org_placement AS grade ON grade.unit_id = %(grade)s AND grade.ends_on IS NULL
    """,
    """
    INSERT INTO campaigns_denominator (campaign_id, unit_id, kind, persons)
    SELECT %(campaign)s, id, 1, 40 FROM added_class
    """,
    """
    INSERT INTO campaigns_learning_code (code, campaign_id, unit_id, audience, issued_at)
    SELECT substr(md5(random()::text), 1, 8), %(campaign)s, id, 'class', now() FROM added_class
    """,
    """
    INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots)
    SELECT %(lecture)s, id, 1, 36, 30, 1200 FROM added_class
    """,
)
