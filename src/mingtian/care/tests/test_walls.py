"""The second wall: what raw SQL sees as the role that acts for people, table by table."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mingtian.care import actions
from mingtian.care.actions import Alarm, Met
from mingtian.care.models import Case
from mingtian.care.tests.conftest import TODAY, County
from mingtian.care.tests.test_referrals import referred
from mingtian.care.tests.test_talks import counselled, talk
from mingtian.org.rules import Role
from mingtian.vault.access import keep

TABLES = [
    "case", "assignment", "transfer", "assessment", "plan", "service", "review", "milestone",
    "contact", "liaison", "report", "seen", "talk", "note", "ticket", "referral", "look",
]  # fmt: skip


def full(county: County) -> Case:
    """Return a case with something in nearly every table."""
    from mingtian.care import access

    case = counselled(county)
    county.assess(case)
    county.plan(case)
    county.approve(case)
    county.service(case)
    county.act(county.worker, case, actions.reach_milestone, kind="applied", on=TODAY)
    county.act(county.worker, case, actions.note_contact, way="call", on=TODAY)
    met = Met(kind="home_visit", held_on=TODAY, reached=True, words="家访")
    county.act(county.worker, case, actions.note_liaison, met)
    county.act(
        county.worker, case, actions.ask_transfer, user_id=county.town_worker.pk, words="祖母耳背"
    )
    made = county.act(county.worker, case, actions.refer, referred(leave="danger"))
    with county.enter(county.town) as door:
        actions.look_at_referral(door, made)  # type: ignore[arg-type]
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        actions.report_duty(door, place, Alarm(told=["police"]))
        problem = actions.Problem(topic="school", words="没有书包", names=[])
        actions.open_ticket(door, place, problem)
    talk(county)
    return case


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM care_{table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_each_person_sees_the_rows_that_its_parts_and_posts_open(county: County) -> None:
    full(county)
    one = {**dict.fromkeys(TABLES, 1), "assignment": 2, "review": 0, "seen": 0}
    seen = {**one, "note": 0}
    helper = county.person("helper", county.tree.village, Role.HELPER)
    city = county.person("city", county.tree.city, Role.OFFICE)
    school = county.person("school", county.tree.school, Role.OFFICE)
    clerk = county.person("clerk", county.tree.school, Role.AID_CLERK)
    cashier = county.person("cashier", county.tree.county, Role.CASHIER)
    none = dict.fromkeys(TABLES, 0)
    expected = [
        (county.worker, seen),
        (county.town, seen),
        (county.county, seen),
        (school, seen),
        (county.town_worker, seen),
        (county.counsellor, {**none, "assignment": 1, "talk": 1, "note": 1}),
        (county.far_worker, none),
        (helper, none),
        (clerk, none),
        (cashier, none),
        (city, none),
    ]
    for user, rows in expected:
        with county.enter(user):
            assert counts() == rows, user.username
    assert counts() == none, "without the door there is an empty room"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_case SET risk = 'low'",
        "UPDATE care_case SET planned_at = now()",
        "UPDATE care_case SET unit_id = 1",
        "UPDATE care_talk SET kind = 'family'",
        "UPDATE care_talk SET urgency = ''",
        "UPDATE care_referral SET passed = '{}', leave = ''",
        "DELETE FROM care_referral",
        "DELETE FROM care_assessment",
        "UPDATE care_assessment SET score = 0",
    ],
)
def test_what_is_derived_or_written_once_is_not_set_by_hand(county: County, statement: str) -> None:
    full(county)
    with county.enter(county.worker):  # noqa: SIM117 - the try is inside the transaction
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_service SET outcome = 'done'",
        "UPDATE care_milestone SET reached_on = now()::date",
        "UPDATE care_case SET version = 99",
        "UPDATE care_note SET handed_to_id = by_id",
        "UPDATE care_referral SET answer = 'helped'",
    ],
)
def test_an_office_and_a_stranger_change_no_row(county: County, statement: str) -> None:
    full(county)
    for user in (county.county, county.far_worker):
        with county.enter(user), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0


def test_an_office_decides_on_a_plan_and_writes_none(county: County) -> None:
    full(county)
    with county.enter(county.county):  # noqa: SIM117 - the try is inside the transaction
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE care_plan SET areas = '{morals}'")


def test_every_table_of_cases_is_guarded(county: County) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relname LIKE 'care\\_%' AND relkind = 'r'"
        )
        found = dict(cursor.fetchall())
    assert found == {f"care_{table}": True for table in TABLES}


def test_no_words_about_a_child_stand_in_the_clear(county: County) -> None:
    full(county)
    with keep("look"), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM care_{table} t")
            text = cursor.fetchone()[0]
            for secret in (
                "祖母",
                "哮喘",
                "读半小时",
                "家访",
                "想妈妈",
                "何思远",
                "屋顶漏雨",
                "耳背",
            ):
                assert secret not in text, table
                assert secret.encode().hex() not in text, table
