"""The second wall of aid: raw SQL as the application's role equals what posts reach."""

from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection

from mingtian.aid import access
from mingtian.aid.tests.conftest import TODAY, Office
from mingtian.org.rules import POSTS_AT, Role
from mingtian.testing.cast import make_staff
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

TABLES = ("aid_list", "aid_grant", "aid_payee", "aid_batch", "aid_upload", "aid_export")


@pytest.fixture
def people(office: Office) -> dict[tuple[str, Role], User]:
    units = ("city", "county", "town", "village", "school", "other_school", "far_county")
    roles = (Role.OFFICE, Role.AID_CLERK, Role.CASHIER, Role.CASE_WORKER, Role.HELPER)
    return {
        (unit, role): make_staff(f"{unit}_{role}", getattr(office.tree, unit), role)
        for unit, role in product(units, roles)
        if getattr(office.tree, unit).kind in POSTS_AT[role]
    }


def raw(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int((cursor.fetchone() or (0,))[0])


def test_each_post_reads_the_lines_of_its_reach_and_no_other(
    office: Office, people: dict[tuple[str, Role], User]
) -> None:
    office.enter(office.admit(3))
    for (unit, role), user in people.items():
        with enter(user, now=TODAY, purpose=Purpose.AID):
            lines, payees = raw("aid_grant"), raw("aid_payee")
        sees = role is not Role.HELPER and unit in {"county", "school"}
        opens = role in {Role.AID_CLERK, Role.CASHIER} and unit in {"county", "town", "school"}
        assert lines == (3 if sees else 0), (unit, role)
        # The village's children live in the town, whose clerk keeps lists of them as well.
        assert payees == (3 if opens else 0), (unit, role)


@pytest.mark.parametrize("table", TABLES)
def test_without_the_door_there_is_an_empty_room(office: Office, table: str) -> None:
    office.paid(2)
    assert raw(table) == 0


def test_nobody_enters_in_another_name_or_for_another_unit(office: Office) -> None:
    listing = office.enter(office.admit(1))
    statement = """
        INSERT INTO aid_list (public_id, unit_id, fund_id, scheme_id, term, state, entered_by_id,
                              entered_at, reason, lines)
        SELECT 'x', %s, fund_id, scheme_id, term, 'entered', %s, entered_at, '', ''
        FROM aid_list WHERE id = %s
    """
    for unit, user in (
        (office.tree.school.pk, office.office.pk), (office.tree.far_school.pk, office.clerk.pk),
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            enter(office.clerk, now=TODAY, purpose=Purpose.AID),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [unit, user, listing.pk])


def test_a_clerk_cannot_touch_the_books(office: Office) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID),
    ):
        raw("ledger_line")


def test_the_steps_are_made_anew_over_themselves_by_an_ordinary_role(office: Office) -> None:
    """As in a database that has them in an earlier form; what waits is then still counted by the keeper."""
    office.enter(office.admit(1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute((Path(access.__file__).parent / "sql" / "steps.sql").read_text())
        cursor.execute(
            "SELECT kind, number FROM aid_waits(%s, %s, %s)",
            [office.office.pk, TODAY, TODAY.date()],
        )
        assert cursor.fetchall() == [("aid.approve", 1)]
