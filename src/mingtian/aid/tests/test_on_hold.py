"""A child moves out of the county between approval and payment: its line alone waits, the rest is paid."""

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mingtian.aid import actions
from mingtian.aid.models import Batch, Grant
from mingtian.aid.queries.todo import SHOWN
from mingtian.aid.rules import FOLLOWS, ReturnReason, State
from mingtian.aid.tests.conftest import PAYEE, TODAY, Office
from mingtian.aid.tests.test_pages import as_, at_the_desk, read
from mingtian.aid.verifying import verify
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import list_posts
from mingtian.testing.cast import PASSWORD
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.models import Child
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import Purpose

__all__ = ["at_the_desk"]

FULL = 100_000_00


def move(office: Office, child: int, *, back: bool = False) -> None:
    """Let a child live and learn in the other county, or here again."""
    tree = office.tree
    place = {"unit": tree.village, "school": tree.school}
    if not back:
        place = {"unit": tree.far_county, "school": tree.far_school}
    with keep("move"):
        Child.objects.filter(pk=child).update(**place)


@pytest.fixture
def batch(office: Office) -> Batch:
    """Three approved lines in a batch; the child of the first has moved since."""
    listing = office.enter(office.admit(3))
    office.approve(listing)
    made = office.batch()
    move(office, office.children[0])
    return made


def hold_back(office: Office, batch: Batch) -> int:
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        return actions.hold_back(door, batch)


def held(office: Office) -> Grant:
    with keep("look"):
        return Grant.objects.get(state=State.HELD)


def states(batch: Batch) -> list[State]:
    with keep("look"):
        return sorted(State(state) for state in Grant.objects.values_list("state", flat=True))


def pages(office: Office, batch: Batch) -> tuple[Client, str]:
    return as_(office.cashier), f"/desk/aid/batches/{batch.public_id}"


def test_the_page_says_so_and_the_rest_is_paid(office: Office, batch: Batch) -> None:
    cashier, page = pages(office, batch)
    assert "1 grant is for a child that has moved out of your reach" in read(cashier, page)
    for way in ("file", "pay"):
        refused = cashier.post(f"{page}/{way}", {"password": PASSWORD})
        assert 'data-code="aid_child_moved"' in refused.content.decode()
    cashier.post(f"{page}/hold")
    text = read(cashier, page)
    assert "moved out" not in text
    cashier.post(f"{page}/file", {"password": PASSWORD})
    text = read(cashier, page)
    file = text[text.index("/desk/aid/files/") :].split('"')[0].replace("xlsx", "csv")
    sheet = list(csv.reader(io.StringIO(cashier.get(file).content.decode("utf-8-sig"))))
    assert [row[1] for row in sheet[1:]] == [PAYEE, PAYEE]
    cashier.post(f"{page}/pay")
    assert states(batch) == [State.HELD, State.PAID, State.PAID]
    assert office.money == (FULL - 1_500_00, 500_00, 1_000_00)
    assert list(verify()) == []


def test_a_file_opened_before_the_move_is_not_given_out_after_it(office: Office) -> None:
    office.approve(office.enter(office.admit(2)))
    cashier, page = pages(office, office.batch())
    cashier.post(f"{page}/file", {"password": PASSWORD})
    text = read(cashier, page)
    file = text[text.index("/desk/aid/files/") :].split('"')[0]
    move(office, office.children[0])
    refused = cashier.get(file)
    assert refused.status_code == 422
    assert 'data-code="aid_child_moved"' in refused.content.decode()


def test_what_the_bank_was_given_before_the_move_is_paid(office: Office) -> None:
    office.approve(office.enter(office.admit(2)))
    made = office.batch()
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        actions.give_file(door, made)
    move(office, office.children[0])
    cashier, page = pages(office, made)
    assert "If the bank has it, note the payment as usual" in read(cashier, page)
    cashier.post(f"{page}/pay")
    assert states(made) == [State.PAID, State.PAID]


def test_a_batch_of_which_nothing_is_left_is_taken_apart(office: Office) -> None:
    office.approve(office.enter(office.admit(1)))
    made = office.batch()
    move(office, office.children[0])
    assert hold_back(office, made) == 1
    assert hold_back(office, made) == 0
    with keep("look"):
        assert Batch.objects.get(pk=made.pk).dissolved_at == TODAY


def test_who_has_stayed_is_never_put_on_hold(office: Office) -> None:
    office.approve(office.enter(office.admit(2)))
    made = office.batch()
    assert hold_back(office, made) == 0
    assert states(made) == [State.BATCHED, State.BATCHED]
    office.pay(made)
    with pytest.raises(RuleBroken, match="aid_paid_already"):
        hold_back(office, made)


def test_the_fund_shows_what_is_on_hold_and_the_money_goes_back(
    office: Office, batch: Batch
) -> None:
    hold_back(office, batch)
    line = held(office)
    cashier = as_(office.cashier)
    posts = list_posts(office.cashier.pk, TODAY.date())
    todos = {todo.kind: todo.number for todo in list_waiting({"aid": SHOWN}, posts, now=TODAY)}
    assert todos == {"aid.batch": 1, "aid.held": 1}
    assert line.public_id in read(cashier, f"/desk/aid/funds/{office.fund.public_id}")
    page = f"/desk/aid/grants/{line.public_id}"
    assert "Let the money go back to the fund" in read(cashier, page)
    cashier.post(f"{page}/return", {"reason": "child_left"})
    assert office.money == (FULL - 1_000_00, 1_000_00, 0)
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        with pytest.raises(RuleBroken, match="aid_reversed_already"):
            actions.give_back(door, line, ReturnReason.CHILD_LEFT)
        with pytest.raises(RuleBroken, match="aid_not_on_hold"):
            actions.take_up(door, line)
    assert list(verify()) == []


def test_a_child_that_comes_back_is_paid_after_all(office: Office, batch: Batch) -> None:
    hold_back(office, batch)
    page = f"/desk/aid/grants/{held(office).public_id}/take-up"
    cashier = as_(office.cashier)
    refused = cashier.post(page)
    assert 'data-code="aid_still_away"' in refused.content.decode()
    move(office, office.children[0], back=True)
    for _ in range(2):
        assert cashier.post(page).status_code == 302
    office.pay(office.batch())
    assert states(batch) == [State.BATCHED, State.BATCHED, State.PAID]
    assert list(verify()) == []


def test_lines_of_children_that_moved_stay_on_their_list(office: Office, batch: Batch) -> None:
    """What is summed up is shown: no line vanishes with its child."""
    with keep("look"):
        line = Grant.objects.select_related("listing").order_by("pk")[0]
    page = f"/desk/aid/lists/{line.listing.public_id}"
    for user in (office.clerk, office.office, office.cashier):
        text = read(as_(user), page)
        assert text.count("/desk/aid/grants/") == 3
        assert "moved away" in text
        sheet = as_(user).get(f"{page}/lines.csv").content.decode("utf-8-sig")
        assert len(sheet.splitlines()) == 1 + 3
    assert "moved away" in read(as_(office.office), f"/desk/aid/grants/{line.public_id}")
    notice = as_(office.clerk).get(f"{page}/notice.csv?show=number").content.decode("utf-8-sig")
    assert len(notice.splitlines()) == 1 + 2, "who learns elsewhere hangs on no notice here"


def test_an_erasure_does_not_wait_for_a_grant_on_hold(office: Office, batch: Batch) -> None:
    hold_back(office, batch)
    erase(office.children[0], basis="guardian", now=TODAY, actor="system:test")
    line = held(office)
    assert line.payee_id is None
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        with pytest.raises(RuleBroken, match="aid_still_away"):
            actions.take_up(door, line)
        actions.give_back(door, line, ReturnReason.CHILD_LEFT)
    assert office.money == (FULL - 1_000_00, 1_000_00, 0)


def test_the_database_knows_the_same_steps_as_the_rules(office: Office) -> None:
    """Tried on a copy of the table without its other checks: steps are the trigger's own."""
    office.enter(office.admit(1))
    with keep("copy"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE none")
        cursor.execute("CREATE TEMPORARY TABLE tried (LIKE aid_grant)")
        cursor.execute("GRANT ALL ON tried TO mingtian_keeper")
        cursor.execute("SET LOCAL ROLE mingtian_keeper")
        cursor.execute("INSERT INTO tried SELECT * FROM aid_grant")
        cursor.execute("SET LOCAL ROLE none")
        cursor.execute(
            "CREATE TRIGGER step BEFORE UPDATE ON tried FOR EACH ROW"
            " EXECUTE FUNCTION aid_grant_step()"
        )
        taken = {(before, after) for before in State for after in State if steps(before, after)}
    assert taken == {(before, after) for before in State for after in FOLLOWS[before]}


def steps(before: State, after: State) -> bool:
    """Say whether the trigger lets a line of the copy go from one state to another."""
    if before is after:
        return False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tried DISABLE TRIGGER step")
        cursor.execute("UPDATE tried SET state = %s", [before])
        cursor.execute("ALTER TABLE tried ENABLE TRIGGER step")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE tried SET state = %s", [after])
    except DatabaseError:
        return False
    return True
