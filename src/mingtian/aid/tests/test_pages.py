"""Pages of aid as the three hands meet them: few queries, no name where none belongs."""

import csv
import io
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.aid.models import Export, Fund, Grant, Scheme
from mingtian.aid.queries.finding import find
from mingtian.aid.queries.todo import SHOWN
from mingtian.aid.rules import State
from mingtian.aid.tests.conftest import ACCOUNT, PAYEE, TERM, TODAY, Office
from mingtian.core.models import AuditEntry
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.roster_files import workbook
from mingtian.vault.access import keep
from mingtian.vault.models import Reading
from mingtian.vault.queries.todo import list_waiting
from mingtian.web import paging

MOST_QUERIES = 15
HEADINGS = ["姓名", "出生年", "学段", "住宿", "金额", "收款人", "账号", "开户行"]
CANARY = "欧阳金丝雀"
ROWS: list[list[object]] = [
    [CANARY, 2014, "小学", "是", 500, PAYEE, ACCOUNT, "农商银行"],
    ["何思远", 2013, "三年级", "否", "", PAYEE, ACCOUNT, "农商银行"],
]


@pytest.fixture(autouse=True)
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: TODAY)
    with translation.override("en"):
        yield


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: now)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["lang"] = "en"
    return client


def read(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, address
    return reply.content.decode()


def bring_in(client: Client, office: Office, content: bytes, name: str = "list.xlsx") -> str:
    """Upload a file and return the address of its preview, or the refusal's page."""
    reply = client.post("/desk/aid/lists/new", {
        "unit": office.tree.school.public_id, "fund": office.fund.public_id,
        "scheme": office.scheme.public_id, "term": TERM.code, "applications": "on",
        "file": SimpleUploadedFile(name, content),
    })  # fmt: skip
    return reply.headers.get("Location", "") or reply.content.decode()


def take_over(client: Client, preview: str) -> str:
    return str(client.post(f"{preview}/take").headers["Location"])


def test_from_the_file_to_the_receipt_through_the_pages(office: Office) -> None:
    clerk, approver, cashier = map(as_, (office.clerk, office.office, office.cashier))
    preview = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    text = read(clerk, preview)
    assert "Every row can be taken over." in text
    assert "750" in text
    listing = take_over(clerk, preview)
    assert CANARY in read(clerk, listing)

    assert "No. 1 Primary School" in read(approver, "/desk/aid/approvals")
    approver.post("/desk/aid/approvals", {"list": [listing.rpartition("/")[2]]})
    assert office.money[1] == 750_00

    batch = cashier.post(f"/desk/aid/funds/{office.fund.public_id}/batch").headers["Location"]
    cashier.post(f"{batch}/file", {"password": PASSWORD})
    text = read(cashier, batch)
    file = text[text.index("/desk/aid/files/") :].split('"')[0].replace("xlsx", "csv")
    sheet = list(csv.reader(io.StringIO(cashier.get(file).content.decode("utf-8-sig"))))
    assert [row[1:5] for row in sheet[1:]] == [
        [PAYEE, ACCOUNT, "农商银行", "500.00"], [PAYEE, ACCOUNT, "农商银行", "250.00"],
    ]  # fmt: skip
    cashier.post(f"{batch}/pay")
    assert office.money[2] == 750_00

    clerk.post(f"{listing}/receive", {"on": "2023-10-16", "who": "guardian"})
    with keep("look"):
        assert {each.state for each in Grant.objects.all()} == {State.RECEIVED}


def test_the_way_back_after_a_file_was_taken_over_leads_to_its_list(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    listing = take_over(clerk, preview)

    back = clerk.get(preview, follow=True)
    assert back.redirect_chain == [(listing, 302)]
    assert "This file was taken over already." in back.content.decode()

    at(monkeypatch, TODAY + timedelta(minutes=1))
    again = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    take_over(clerk, again)
    assert clerk.get(again).headers["Location"] == "/desk/aid/", "it became no list"
    assert as_(office.cashier).get(again).status_code == 404


@pytest.fixture
def standing(office: Office) -> str:
    """A list of two, entered through the pages; its address."""
    clerk = as_(office.clerk)
    return take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))


def approve(office: Office, standing: str) -> None:
    as_(office.office).post(f"{standing}/approve")


def test_an_office_reads_numbers_and_no_name(office: Office, standing: str) -> None:
    text = read(as_(office.office), standing)
    assert CANARY not in text
    assert PAYEE not in text
    assert "750" in text
    sheet = as_(office.office).get(f"{standing}/lines.csv").content.decode("utf-8-sig")
    assert CANARY not in sheet
    assert "500.00" in sheet


def test_accounts_are_masked_on_the_screen(office: Office, standing: str) -> None:
    clerk = as_(office.clerk)
    assert PAYEE not in read(clerk, standing)
    text = read(clerk, f"{standing}?show=payees")
    assert ACCOUNT not in text
    assert CANARY not in text
    assert "···· 3344" in text


def test_the_notice_shows_masked_names_and_comes_down_after_the_term(
    office: Office, standing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = as_(office.clerk)
    assert "approved lists only" in clerk.get(f"{standing}/notice").content.decode()
    approve(office, standing)
    text = read(clerk, f"{standing}/notice")
    assert "欧○○○○" in text
    assert "2024-02-29" in text
    for secret in (CANARY, PAYEE, ACCOUNT, "3344", "2014"):
        assert secret not in text
    by_number = read(clerk, f"{standing}/notice?show=number")
    assert "○" not in by_number
    sheet = clerk.get(f"{standing}/notice.csv").content.decode("utf-8-sig")
    assert CANARY not in sheet
    at(monkeypatch, TODAY + timedelta(days=180))
    over = clerk.get(f"{standing}/notice")
    assert over.status_code == 422
    assert "has come down" in over.content.decode()


def test_a_scheme_that_tells_of_hardship_has_no_notice(office: Office, standing: str) -> None:
    approve(office, standing)
    Scheme.objects.update(published=False)
    reply = as_(office.clerk).get(f"{standing}/notice")
    assert "not shown publicly" in reply.content.decode()


def test_the_file_needs_the_password_and_lasts_a_day(
    office: Office, standing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(office, standing)
    cashier = as_(office.cashier)
    batch = cashier.post(f"/desk/aid/funds/{office.fund.public_id}/batch").headers["Location"]
    refused = cashier.post(f"{batch}/file", {"password": "guess"})
    assert refused.status_code == 422
    assert "The password is not right" in refused.content.decode()
    assert 'data-code="aid_password_wrong"' in refused.content.decode()
    cashier.post(f"{batch}/file", {"password": PASSWORD})
    with keep("look"):
        export = Export.objects.get().public_id
        before = Reading.objects.filter(user=office.cashier.pk, classes="payment").count()
    file = f"/desk/aid/files/{export}.xlsx"
    assert "no-store" in cashier.get(file).headers["Cache-Control"]
    with keep("look"):
        read_now = Reading.objects.filter(user=office.cashier.pk, classes="payment").count()
    assert read_now - before == 2, "each payee is noted"
    other = make_staff("cashier_two", office.tree.county, Role.CASHIER)
    assert as_(other).get(file).status_code == 404
    at(monkeypatch, TODAY + timedelta(hours=24))
    assert cashier.get(file).status_code == 404
    cashier.post(f"{batch}/pay")
    late = cashier.post(f"{batch}/file", {"password": PASSWORD})
    assert "needs no file" in late.content.decode()
    at(monkeypatch, TODAY + timedelta(hours=23))
    assert "needs no file" in cashier.get(file).content.decode()


def test_cells_of_the_banks_file_are_no_formulas(office: Office) -> None:
    clerk = as_(office.clerk)
    row = [CANARY, 2014, "小学", "是", "", "=cmd()", ACCOUNT, "@bank"]
    standing = take_over(clerk, bring_in(clerk, office, workbook([row], HEADINGS)))
    approve(office, standing)
    cashier = as_(office.cashier)
    batch = cashier.post(f"/desk/aid/funds/{office.fund.public_id}/batch").headers["Location"]
    cashier.post(f"{batch}/file", {"password": PASSWORD})
    with keep("look"):
        export = Export.objects.get().public_id
    sheet = cashier.get(f"/desk/aid/files/{export}.csv").content.decode("utf-8-sig")
    assert "'=cmd()" in sheet
    assert "'@bank" in sheet


def test_the_rate_check_says_which_reading_fits(office: Office) -> None:
    asked: dict[str, str | int] = {
        "scheme": office.scheme.public_id, "term": "2023-2", "count": 295, "total": "146,125",
    }  # fmt: skip
    reply = as_(office.clerk).get("/desk/aid/check", asked)
    text = reply.content.decode()
    assert "295 lines come to at least ¥147,500, that is ¥1,375 more." in text
    assert "With at least 6 lines of children who live at home" in text
    meals = as_(office.clerk).get("/desk/aid/check", {**asked, "count": 118, "total": "23000"})
    assert "¥22,892 and ¥23,010" in meals.content.decode()
    none = as_(office.clerk).get("/desk/aid/check", {**asked, "count": 0})
    assert "Enter a count from 1" in none.content.decode()


def test_a_director_opens_a_fund_and_an_office_a_scheme(office: Office) -> None:
    director = as_(office.director)
    county = office.tree.county.public_id
    sent = {"unit": county, "name": "孤儿助学", "name_en": "", "office_limit": "50,000"}
    made = director.post("/desk/aid/funds/new", sent)
    assert Fund.objects.get(name="孤儿助学").office_limit == 50_000_00
    assert made.status_code == 302
    again = director.post("/desk/aid/funds/new", sent)
    assert "one of this name already" in again.content.decode()
    assert as_(office.office).get("/desk/aid/funds/new").status_code == 404
    assert "/desk/aid/funds/new" in read(director, "/desk/aid/")
    assert "/desk/aid/funds/new" not in read(as_(office.office), "/desk/aid/")
    approver = as_(office.office)
    approver.post("/desk/aid/schemes", {"unit": county, "name": "就餐补贴", "kind": "supplement"})
    meal = Scheme.objects.get(name="就餐补贴")
    assert not meal.published
    approver.post(f"/desk/aid/schemes/{meal.public_id}/rates", {
        "level": "any", "boarding": "", "per": "day", "amount": "5", "valid_from": "2023-09-01",
    })  # fmt: skip
    assert "¥5" in read(approver, "/desk/aid/schemes")


def test_a_deposit_is_entered_once_for_each_receipt(office: Office) -> None:
    cashier = as_(office.cashier)
    page = f"/desk/aid/funds/{office.fund.public_id}"
    for _ in range(2):
        cashier.post(f"{page}/deposit", {"amount": "1,000", "receipt": "R7"})
    assert office.money[0] == 101_000_00
    assert "entered before" in read(cashier, page)
    noted = AuditEntry.objects.filter(action="aid.money_came", actor=office.cashier.username)
    assert noted.count() == 1, "the trail does not say that money came twice"
    wrong = cashier.post(f"{page}/deposit", {"amount": "1", "receipt": "R 8"})
    assert "letters and digits only" in wrong.content.decode()


def test_a_list_goes_back_by_the_office_or_by_who_entered_it(office: Office) -> None:
    clerk = as_(office.clerk)
    first = take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    as_(office.office).post(f"{first}/back", {"reason": "wrong_payees"})
    assert clerk.get(first).status_code == 404
    second = take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    clerk.post(f"{second}/back")
    with keep("look"):
        assert Grant.objects.count() == 0


def test_money_that_came_back_is_entered_on_the_lines_page(office: Office, standing: str) -> None:
    approve(office, standing)
    office.pay(office.batch())
    with keep("look"):
        grant = Grant.objects.order_by("pk")[0].public_id
    page = f"/desk/aid/grants/{grant}"
    cashier = as_(office.cashier)
    assert "The money has come back" in read(cashier, page)
    cashier.post(f"{page}/return", {"reason": "account_wrong"})
    again = cashier.post(f"{page}/return", {"reason": "account_wrong"})
    assert "back in the fund already" in again.content.decode()
    assert office.money[2] == 250_00


def test_what_waits_is_told_on_the_desk(office: Office, standing: str) -> None:
    def kinds(user: User) -> dict[str, int]:
        posts = list_posts(user.pk, TODAY.date())
        todos = list_waiting({"aid": SHOWN}, posts, now=TODAY + timedelta(days=4))
        return {todo.kind: todo.number for todo in todos}

    assert kinds(office.office) == {"aid.approve": 1}
    approve(office, standing)
    assert kinds(office.cashier) == {"aid.pay": 2}
    batch = office.batch()
    assert kinds(office.cashier) == {"aid.batch": 1}
    office.pay(batch)
    assert kinds(office.clerk) == {"aid.receive": 2}
    assert kinds(office.office) == {}


def test_no_name_stands_in_logs_or_refusals(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    clerk = as_(office.clerk)
    row = [CANARY, 2014, "大学", "是", "", PAYEE, ACCOUNT, ""]
    text = read(clerk, bring_in(clerk, office, workbook([row, ROWS[1]], HEADINGS)))
    assert CANARY not in text
    standing = take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    approve(office, standing)
    said = "\n".join(record.getMessage() for record in caplog.records if "(0." not in record.msg)
    for secret in (CANARY, PAYEE, ACCOUNT):
        assert secret not in said


DOOR = 2
"""The door's transaction inside the test's: a savepoint and its release."""


@pytest.mark.parametrize("size", [2, 40])
def test_pages_ask_few_times_however_many_lines(
    office: Office, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk, cashier, approver = map(as_, (office.clerk, office.cashier, office.office))
    rows = [[f"何思{chr(0x4E00 + n * 7)}", 2014, "小学", "是", "", PAYEE, ACCOUNT, ""]
            for n in range(size)]  # fmt: skip
    listing = take_over(clerk, bring_in(clerk, office, workbook(rows, HEADINGS)))
    approve(office, listing)
    batch = cashier.post(f"/desk/aid/funds/{office.fund.public_id}/batch").headers["Location"]
    office.enter(office.admit(size))
    for client, page in (
        (clerk, "/desk/aid/"), (cashier, "/desk/aid/"), (approver, "/desk/aid/approvals"),
        (clerk, "/desk/aid/schemes"), (clerk, "/desk/aid/check"), (clerk, "/desk/aid/lists/new"),
        (clerk, listing), (clerk, f"{listing}?show=payees"), (approver, listing),
        (clerk, f"{listing}/notice"), (cashier, batch),
        (cashier, f"/desk/aid/funds/{office.fund.public_id}"),
    ):  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES + DOOR):
            read(client, page)


def test_the_desk_finds_funds_and_schemes_of_the_posts_alone(office: Office) -> None:
    def found(user: User) -> list[str]:
        return [each.text for each in find(list_posts(user.pk, TODAY.date()), "STUDENT", now=TODAY)]

    assert found(office.clerk) == found(office.cashier) == ["Student aid"]
    far = make_staff("far", office.tree.far_county, Role.OFFICE)
    assert found(far) == []
    city = make_staff("city", office.tree.city, Role.OFFICE)
    assert found(city) == []


def test_a_rate_that_is_refused_keeps_what_was_typed(office: Office) -> None:
    page = f"/desk/aid/schemes/{office.scheme.public_id}/rates"
    sent = {"level": "primary", "boarding": "yes", "per": "year", "amount": "1250.01",
            "valid_from": "2023-09-01"}  # fmt: skip
    reply = as_(office.office).post(page, sent)
    assert reply.status_code == 422
    assert 'value="1250.01"' in reply.content.decode()


def test_reason_and_day_are_asked_for(
    office: Office, standing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS", 1)
    back = as_(office.office).post(f"{standing}/back", {"reason": "by_entrant"})
    assert 'data-code="aid_reason_missing"' in back.content.decode()
    approve(office, standing)
    office.pay(office.batch())
    note = as_(office.clerk).post(f"{standing}/receive", {"on": "soon", "who": "guardian"})
    assert 'data-code="aid_day_missing"' in note.content.decode()
    for leads in ("page=2", "show=payees"):
        assert re.search(rf'href="{standing}\?{leads}', note.content.decode()), leads


def test_days_are_filled_in_whatever_the_readers_language(office: Office, standing: str) -> None:
    """A date field takes one form only; a Chinese reader's must not stay empty."""
    approve(office, standing)
    office.pay(office.batch())
    clerk = as_(office.clerk)
    clerk.cookies["lang"] = "zh-hans"
    assert 'value="2023-10-16"' in read(clerk, standing)
    director = as_(office.director)
    director.cookies["lang"] = "zh-hans"
    assert 'value="2023-10-17"' in read(director, f"/desk/aid/funds/{office.fund.public_id}")


def test_a_batch_says_before_the_payment_that_its_file_was_not_fetched(office: Office) -> None:
    clerk, approver, cashier = map(as_, (office.clerk, office.office, office.cashier))
    listing = take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    approver.post("/desk/aid/approvals", {"list": [listing.rpartition("/")[2]]})
    batch = cashier.post(f"/desk/aid/funds/{office.fund.public_id}/batch").headers["Location"]
    unfetched = "The file for the bank has not been fetched yet."
    assert unfetched in read(cashier, batch)
    cashier.post(f"{batch}/file", {"password": PASSWORD})
    address = re.search(r"/desk/aid/files/[^\"]+[.]csv", read(cashier, batch))
    assert address is not None
    cashier.get(address[0])
    assert unfetched not in read(cashier, batch)
