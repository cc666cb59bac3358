"""Up to which amount the office decides: set by the director, from a day to come on (AID-5)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mingtian.aid import actions
from mingtian.aid.models import Limit, Listing
from mingtian.aid.queries.limits import limits_on
from mingtian.aid.queries.todo import SHOWN
from mingtian.aid.rules import LARGEST_LIMIT
from mingtian.aid.tests.conftest import TODAY, Office
from mingtian.aid.tests.test_pages import as_, at, at_the_desk, read
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.vault.access import enter
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import Purpose

__all__ = ["at_the_desk"]

DAY = day_of(TODAY)
TOMORROW = DAY + timedelta(days=1)
AT_FIRST = 50_000_00


def set_limit(office: Office, amount: int, valid_from: date = TOMORROW) -> Limit:
    by = Actor(username=office.director.username, user_id=office.director.pk)
    return actions.set_limit(office.fund, amount, valid_from=valid_from, now=TODAY, by=by)


def limit_on(office: Office, day: date) -> int:
    return limits_on([office.fund], day)[office.fund.pk]


def approve(office: Office, listing: Listing, now: datetime) -> int:
    roles = {office.fund.unit_id: frozenset({Role.OFFICE})}
    with enter(office.office, now=now, purpose=Purpose.AID) as door:
        return len(actions.approve(door, [listing.pk], roles))


def page(office: Office) -> str:
    return f"/desk/aid/funds/{office.fund.public_id}"


def test_another_limit_holds_from_its_day_on_and_not_before(office: Office) -> None:
    set_limit(office, 999_00)
    listing, other = office.enter(office.admit(2)), office.enter(office.admit(2))
    assert approve(office, listing, TODAY) == 1
    with pytest.raises(RuleBroken, match="aid_above_limit"):
        approve(office, other, TODAY + timedelta(days=1))
    assert office.approve(other, by=office.director)
    assert [limit_on(office, day) for day in (DAY, TOMORROW)] == [AT_FIRST, 999_00]


def test_of_two_limits_for_one_day_the_later_one_holds(office: Office) -> None:
    set_limit(office, 1_00)
    set_limit(office, 2_00)
    set_limit(office, 3_00, TOMORROW + timedelta(days=9))
    days = (DAY, TOMORROW, TOMORROW + timedelta(days=8), TOMORROW + timedelta(days=9))
    assert [limit_on(office, day) for day in days] == [AT_FIRST, 2_00, 2_00, 3_00]


@pytest.mark.parametrize("day", [DAY, DAY - timedelta(days=1)])
def test_no_limit_begins_on_a_day_that_has_begun(office: Office, day: date) -> None:
    with pytest.raises(RuleBroken, match="aid_limit_backwards") as refused:
        set_limit(office, 1_00, day)
    assert refused.value.facts == {"first": TOMORROW.isoformat()}


@pytest.mark.parametrize("amount", [-1, LARGEST_LIMIT + 1])
def test_a_limit_that_cannot_be_is_refused(office: Office, amount: int) -> None:
    with pytest.raises(RuleBroken, match="aid_limit_impossible"):
        set_limit(office, amount)


def test_who_set_which_limit_is_in_the_trail(office: Office) -> None:
    set_limit(office, 999_00)
    noted = AuditEntry.objects.get(action="aid.limit_set")
    assert noted.actor == office.director.username
    assert noted.detail == {"fen": 999_00, "until_now": AT_FIRST, "since": TOMORROW.isoformat()}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE aid_limit SET amount = 1",
        "UPDATE aid_limit SET valid_from = '2020-01-01'",
        "DELETE FROM aid_limit",
        "UPDATE aid_fund SET office_limit = 1",
        "INSERT INTO aid_limit (fund_id, amount, valid_from, set_by_id, set_at)"
        " SELECT fund_id, 1, '2023-10-16', set_by_id, set_at FROM aid_limit",
    ],
)
def test_the_database_keeps_limits_as_they_were(office: Office, statement: str) -> None:
    set_limit(office, 999_00)
    with (
        pytest.raises(DatabaseError, match=r"not changed|aid_limit_ahead"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_director_sets_it_on_the_funds_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    director = as_(office.director)
    sent = {"limit": "800", "valid_from": TOMORROW.isoformat()}
    assert "Set the limit" in read(director, page(office))
    assert director.post(f"{page(office)}/limit", sent).status_code == 302
    text = read(director, page(office))
    assert "¥800" in text
    assert "not in force yet" in text
    office.enter(office.admit(2))
    at(monkeypatch, TODAY + timedelta(days=1))
    assert "holds" in read(director, page(office))
    assert "for the director" in read(as_(office.office), "/desk/aid/approvals")
    assert "for the director" not in read(director, "/desk/aid/approvals")


def test_what_is_above_the_limit_waits_on_the_directors_desk_alone(office: Office) -> None:
    set_limit(office, 800_00)
    office.enter(office.admit(2))

    def waits(name: str, days: int) -> list[str]:
        user, now = getattr(office, name), TODAY + timedelta(days=days)
        posts = list_posts(user.pk, day_of(now))
        return [todo.kind for todo in list_waiting({"aid": SHOWN}, posts, now=now)]

    assert [waits("office", 0), waits("office", 1)] == [["aid.approve"], []]
    assert [waits("director", 0), waits("director", 1)] == [["aid.approve"]] * 2


def test_nobody_else_sets_it(office: Office) -> None:
    sent = {"limit": "800", "valid_from": TOMORROW.isoformat()}
    town = make_staff("town_director", office.tree.town, Role.DIRECTOR)
    for user in (office.office, office.clerk, office.cashier, town):
        assert as_(user).post(f"{page(office)}/limit", sent).status_code == 404
        assert "Set the limit" not in read(as_(user), page(office))
    assert not Limit.objects.exists()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"limit": "", "valid_from": "2023-10-17"}, "aid_limit_incomplete"),
        ({"limit": "800", "valid_from": "soon"}, "aid_limit_incomplete"),
        ({"limit": "800", "valid_from": "2023-10-16"}, "aid_limit_backwards"),
    ],
)
def test_a_limit_that_is_refused_keeps_what_was_typed(
    office: Office, sent: dict[str, str], code: str
) -> None:
    reply = as_(office.director).post(f"{page(office)}/limit", sent)
    assert reply.status_code == 422
    assert f'data-code="{code}"' in reply.content.decode()
    assert f'value="{sent["limit"]}"' in reply.content.decode() or not sent["limit"]
